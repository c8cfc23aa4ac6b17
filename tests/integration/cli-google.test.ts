import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createApp } from '../../src/main/app.ts'
import { accountsCommand, syncCommand } from '../../src/main/cli/google.ts'
import { openLibrary } from '../../src/main/library/index.ts'
import { run } from '../support/command-line.ts'
import { noGoogle, startGoogle } from '../support/google.ts'
import { hills } from '../support/pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const host = vi.hoisted(() => ({ google: undefined as unknown }))
vi.mock('../../src/main/cli/program.ts', async original => ({
  ...(await original<typeof import('../../src/main/cli/program.ts')>()),
  createHeadlessApp: (libraryFolder: string) =>
    createApp({
      libraryFolder,
      pageFolder: libraryFolder,
      samplesFolder: null,
      google: host.google as typeof noGoogle,
      report: error => {
        throw error
      },
    }),
}))

const files = { pageFolder: '', samplesFolder: '' }
let library: string
let printed: string[]

beforeEach(async () => {
  host.google = noGoogle
  library = join(await makeTempFolder('library'), 'Library')
  printed = []
  vi.spyOn(console, 'log').mockImplementation(line => void printed.push(String(line)))
  onTestFinished(() => void vi.restoreAllMocks())
})

describe('burg-ink accounts and sync', () => {
  test('connect an account, bring in a folder, bring in what changed, and let the account go', async () => {
    const google = await startGoogle()
    onTestFinished(google.stop)
    host.google = google.config
    const folderId = google.world.addFolder('Studio')
    google.world.addFile('Boat.png', await hills(60, 40, 1).png().toBuffer(), folderId)

    expect(await accountsCommand('add', undefined, { library, json: false }, files)).toBe(0)
    expect(printed.splice(0)).toEqual(['1  anna@example.com  Anna Öl  connected'])

    expect(await syncCommand(folderId, { library, json: true }, files)).toBe(0)
    expect(JSON.parse(printed.splice(0).at(-1) ?? '')).toMatchObject({ found: 1, imported: 1, failed: 0, failures: [] })

    google.world.addFile('Quay.png', await hills(60, 40, 2).png().toBuffer(), folderId)
    const address = `https://drive.google.com/drive/folders/${folderId}?usp=sharing`
    expect(await syncCommand(address, { library, json: true, account: 'anna@example.com' }, files)).toBe(0)
    expect(JSON.parse(printed.splice(0).at(-1) ?? '')).toMatchObject({ found: 1, imported: 1 })

    for (const [options, isWatched] of [
      [{ watch: true }, true],
      [{}, true],
      [{ watch: false }, false],
    ] as const) {
      expect(await syncCommand(folderId, { library, json: true, ...options }, files)).toBe(0)
      const opened = await openLibrary(library)
      expect(opened.folders.list()).toMatchObject([{ isWatched }])
      await opened.close()
    }

    expect(await accountsCommand('remove', 'anna@example.com', { library, json: true }, files)).toBe(0)
    expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({ accounts: [] })
    await expect(syncCommand(folderId, { library, json: true }, files)).rejects.toThrow(/burg-ink accounts add/)
  })

  test('say which accounts there are when one has to be named', async () => {
    const google = await startGoogle()
    onTestFinished(google.stop)
    host.google = google.config
    await accountsCommand('add', undefined, { library, json: false }, files)
    google.auth.behaviour.person = { subject: '2', email: 'ben@example.com', name: 'Ben' }
    await accountsCommand('add', undefined, { library, json: false }, files)
    await expect(syncCommand('x', { library, json: true }, files)).rejects.toThrow(
      'Several accounts are connected: name one of anna@example.com, ben@example.com.',
    )
    await expect(syncCommand('x', { library, json: true, account: 'eve@example.com' }, files)).rejects.toThrow(
      'No account eve@example.com is connected. "burg-ink accounts" lists them.',
    )
  })

  test('say what is missing to connect one', async () => {
    await expect(accountsCommand('add', undefined, { library, json: false }, files)).rejects.toThrow(
      'Burg Ink has no Google client yet.',
    )
  })

  test('explain themselves', async () => {
    for (const command of ['accounts', 'sync']) {
      const { code, stdout } = await run([command, '--help'])
      expect(code).toBe(0)
      expect(stdout).toMatch(new RegExp(`^Usage: burg-ink ${command} `))
    }
  })
})
