import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { importFolder, makePictures, startApp } from '../support/app.ts'
import { faultsOf, filesBelow } from '../support/library-facts.ts'
import { hashIn, putsOf, secret, settledContents, startStore } from '../support/storage.ts'
import { until } from '../support/watched-rooms.ts'

const count = 60
const kills = 3

type Store = Awaited<ReturnType<typeof startStore>>

/** A library with originals on its disk, and a store that answers slowly enough to be in the middle of it. */
async function begin(): Promise<{ libraryFolder: string; store: Store }> {
  const store = await startStore({ latencyMs: 15 })
  const app = await startApp({ google: store.google })
  const pictures = Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}.png`, i]))
  await importFolder(app, await makePictures(pictures), true)
  await app.stop()
  return { libraryFolder: app.libraryFolder, store }
}

function run(libraryFolder: string, { settings }: Store, direction = ''): ChildProcess {
  const child = spawn(
    process.execPath,
    ['tests/support/storage-child.ts', libraryFolder, JSON.stringify(settings), direction],
    { env: { ...process.env, STORAGE_SECRET_ACCESS_KEY: secret }, stdio: ['ignore', 'inherit', 'inherit'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function runToItsEnd(libraryFolder: string, store: Store, direction?: string): Promise<void> {
  const [exitCode] = await once(run(libraryFolder, store, direction), 'exit')
  expect(exitCode).toBe(0)
}

/** Kills it once the store has been asked `requests` times more. */
async function runAndKill(libraryFolder: string, store: Store, requests: number, direction?: string): Promise<void> {
  const before = store.proxy.seen.length
  const child = run(libraryFolder, store, direction)
  await until(() => store.proxy.seen.length >= before + requests || child.exitCode !== null)
  expect(child.exitCode).toBeNull()
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const onDisk = (libraryFolder: string) => filesBelow(join(libraryFolder, 'originals'))

function expectSound(paths: string[]): void {
  for (const path of paths) {
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(hashIn(path))
  }
}

test('killed again and again while it sends, it sends nothing again that the store has', async () => {
  const { libraryFolder, store } = await begin()
  const { server, proxy } = store
  for (let kill = 1; kill <= kills; kill++) {
    await runAndKill(libraryFolder, store, 20)
    // What was on its way may arrive yet.
    const there = new Set((await settledContents(server)).map(hashIn))
    const seenUntilNow = proxy.seen.length
    if (kill < kills) await runAndKill(libraryFolder, store, 5)
    else await runToItsEnd(libraryFolder, store)
    const again = [...putsOf({ seen: proxy.seen.slice(seenUntilNow) }).keys()].filter(hash => there.has(hash))
    expect(again).toEqual([])
  }
  expect(await server.contents()).toHaveLength(count)
  expect(proxy.count('put')).toBeLessThanOrEqual(count + 2 * kills * 8)
  expect(faultsOf(libraryFolder)).toEqual([])
}, 120_000)

for (const direction of ['to-cloud', 'to-disk'] as const) {
  test(`killed again and again while originals move ${direction}, each is somewhere at every moment`, async () => {
    const { libraryFolder, store } = await begin()
    await runToItsEnd(libraryFolder, store)
    if (direction === 'to-disk') await runToItsEnd(libraryFolder, store, 'to-cloud')
    // A move to the cloud asks for each object once, one to the disk twice.
    const requests = direction === 'to-cloud' ? 6 : 15
    const settings = { ...store.settings, keepsIn: direction === 'to-disk' ? 'disk' : 'cloud' } as const
    for (let kill = 1; kill <= kills; kill++) {
      await runAndKill(libraryFolder, kill === 1 ? store : { ...store, settings }, requests, direction)
      expectSound(onDisk(libraryFolder))
      const there = [...onDisk(libraryFolder), ...(await store.server.contents())].map(hashIn)
      expect(new Set(there).size).toBe(count)
    }
    await runToItsEnd(libraryFolder, { ...store, settings }, direction)
    const objects = await store.server.contents()
    const atEnd = [onDisk(libraryFolder).length, objects.length]
    expect(atEnd).toEqual(direction === 'to-cloud' ? [0, count] : [count, 0])
    expectSound(onDisk(libraryFolder))
    expect(faultsOf(libraryFolder)).toEqual([])
  }, 120_000)
}
