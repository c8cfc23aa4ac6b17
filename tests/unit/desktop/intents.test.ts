import { describe, expect, it } from 'vitest'
import { argumentsToStartAnew, intentsOf, intentsOfSecond, isForBackground } from '../../../src/main/desktop/intents.ts'

const installed = (...words: string[]) => ({
  argv: ['/opt/burg-ink', ...words],
  workingFolder: '/home/anna',
  programFolder: null,
})
const developed = (...words: string[]) => ({
  argv: ['/usr/bin/electron', ...words],
  workingFolder: '/home/anna',
  programFolder: '/src/burg-ink',
})

describe('what the program is opened with', () => {
  it('takes folders from where it was called', () => {
    expect(intentsOf(installed('Pictures', '/mnt/disk', '../bert'))).toEqual([
      { kind: 'paths', paths: ['/home/anna/Pictures', '/mnt/disk', '/home/bert'] },
    ])
  })

  it('takes the addresses that file managers give', () => {
    const words = ['file:///home/anna/A%20b', 'file://elsewhere/x', 'file:%']
    expect(intentsOf(installed(...words))).toEqual([{ kind: 'paths', paths: ['/home/anna/A b'] }])
  })

  it('takes links, and knows flags that are not its own for Chromium’s', () => {
    const words = ['--no-sandbox', '--user-data-dir=/x', 'burg-ink://activity', '-psn_0_1']
    expect(intentsOf(installed(...words))).toEqual([{ kind: 'link', url: 'burg-ink://activity' }])
  })

  it('takes the samples, and nothing for nothing', () => {
    expect(intentsOf(installed('--samples'))).toEqual([{ kind: 'samples' }])
    expect(intentsOf(installed())).toEqual([])
  })

  it('does not take the program for a folder to import, nor what stands before it', () => {
    expect(intentsOf(developed('-r', '/x/hook.cjs', '--inspect=0', '/src/burg-ink', '--no-sandbox'))).toEqual([])
    expect(intentsOf(developed('../../src/burg-ink', 'Pictures'))).toEqual([
      { kind: 'paths', paths: ['/home/anna/Pictures'] },
    ])
    expect(intentsOf(developed('Pictures'))).toEqual([])
  })
})

describe('a second start', () => {
  it('without anything shows the window', () => {
    expect(intentsOfSecond(installed())).toEqual([{ kind: 'show' }])
  })

  it('by the system at login leaves the person alone', () => {
    expect(intentsOfSecond(installed('--background'))).toEqual([])
    expect(isForBackground(['x', '--background'])).toBe(true)
    expect(isForBackground(['x', '--background-color=red'])).toBe(false)
  })
})

describe('to start anew', () => {
  it('nothing is imported a second time', () => {
    const { argv } = installed('--no-sandbox', '--samples', '--background', '/mnt/disk', 'burg-ink://activity')
    expect(argumentsToStartAnew({ argv, programFolder: null })).toEqual(['--no-sandbox'])
  })

  it('Electron is told again what to run', () => {
    const { argv, programFolder } = developed('-r', '/x/hook.cjs', '.', '--user-data-dir=/x', 'Pictures')
    expect(argumentsToStartAnew({ argv, programFolder })).toEqual(['/src/burg-ink', '--user-data-dir=/x'])
  })
})
