import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openProgramState } from '../../../src/main/desktop/program-state.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const bounds = { x: 10, y: 20, width: 900, height: 700, isMaximized: true, isFullScreen: false }
const fresh = {
  libraryFolder: null,
  window: null,
  zoomLevel: 0,
  theme: 'dark',
  preferences: { goesOnInBackground: null, startsAtLogin: false, updateChannel: 'latest' },
}

async function statePath() {
  return join(await makeTempFolder('program'), 'deeper', 'program.json')
}

function open(path: string) {
  const reported: unknown[] = []
  return { state: openProgramState(path, error => reported.push(error)), reported }
}

test('what is set is there at the next start', async () => {
  const path = await statePath()
  const { state, reported } = open(path)
  expect(state).toMatchObject(fresh)
  state.set({ window: bounds, theme: 'light', libraryFolder: '/studio', zoomLevel: 1.5 })
  state.setPreferences({ goesOnInBackground: true })
  state.setPreferences({ updateChannel: 'beta', startsAtLogin: undefined })
  expect(open(path).state).toMatchObject({
    window: bounds,
    theme: 'light',
    libraryFolder: '/studio',
    zoomLevel: 1.5,
    preferences: { goesOnInBackground: true, startsAtLogin: false, updateChannel: 'beta' },
  })
  expect(reported).toEqual([])
})

test.for(['', '{', '[]', 'null', '7', '{"window":{"x":"left"},"theme":"pink","zoomLevel":1e9,"preferences":7}'])(
  'a file that says %j is as none',
  async text => {
    const path = await statePath()
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
    expect(open(path).state).toMatchObject(fresh)
  },
)

test('one part that is wrong does not take the others with it', async () => {
  const path = await statePath()
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, JSON.stringify({ window: { ...bounds, width: -3 }, theme: 'light' }))
  expect(open(path).state).toMatchObject({ ...fresh, theme: 'light' })
})

test('where it cannot be kept, that is reported and the program goes on with it', async () => {
  const path = await statePath()
  writeFileSync(join(path, '../..', 'deeper'), 'a file where the folder should be')
  const { state, reported } = open(path)
  state.set({ theme: 'light' })
  expect(state.theme).toBe('light')
  expect(reported).toHaveLength(1)
})

test('nothing of it is half written', async () => {
  const path = await statePath()
  const { state, reported } = open(path)
  state.set({ theme: 'light' })
  const before = readFileSync(path, 'utf8')
  mkdirSync(`${path}.new`)
  chmodSync(`${path}.new`, 0o700)
  state.set({ theme: 'dark' })
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect(reported).toHaveLength(1)
})
