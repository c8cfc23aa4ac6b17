import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, onTestFinished } from 'vitest'
import type { Sync } from '../../src/shared/syncs.ts'
import { type Ended, ended, query, startApp, type TestApp, untilSync } from './app.ts'
import { folderType } from './drive-server/world.ts'
import { startGoogle } from './google.ts'
import { quickPacing } from './quick-pacing.ts'
import { until } from './watched-rooms.ts'

export type DriveApp = Awaited<ReturnType<typeof startDriveApp>>

/** An app with a Google account that is connected, and an empty folder of its Drive. Nothing waits for real. */
export async function startDriveApp() {
  const google = await startGoogle()
  onTestFinished(google.stop)
  const pacing = quickPacing()
  const config = { ...google.config, pacing }
  const app = await startApp({ google: config })
  const account = await app.handlers['account.connect']({})
  const { drive, world } = google
  const folderId = world.addFolder('Studio')
  const begin = async () => (await app.handlers['drive.import']({ accountId: account.id, folderId })).syncId
  const sync = async (): Promise<Ended> => {
    const syncId = await begin()
    const { state, error } = await untilSync(app, syncId, ({ state }) => state !== 'running')
    expect({ state, error }).toEqual({ state: 'completed', error: null })
    return ended(app, syncId)
  }
  return { google, config, pacing, drive, world, app, account, folderId, begin, sync }
}

/** Every body that was sent of a file: the file's name; of a part with its bytes, as `name 0-99`. */
export function sentBodies({ drive }: Pick<DriveApp, 'drive'>): string[] {
  return drive.seen
    .flatMap(({ sent }) => (sent && sent.sizeBytes > 0 ? [sent] : []))
    .map(({ name, fromByte, sizeBytes, isWhole }) =>
      isWhole ? name : `${name} ${fromByte}-${fromByte + sizeBytes - 1}`,
    )
    .sort()
}

/** Pictures below a folder of Drive as they are now: path and SHA-256. */
export function picturesOfDrive({ world, folderId }: Pick<DriveApp, 'world' | 'folderId'>): string[] {
  const below = (id: string, path: string): string[] =>
    world.childrenOf(id).flatMap(({ id, name, mimeType, bytes, isTrashed }) => {
      if (isTrashed) return []
      if (mimeType === folderType) return below(id, `${path}${name}/`)
      return mimeType.startsWith('image/') ? [`${path}${name} ${sha256(bytes)}`] : []
    })
  return below(folderId, '').sort()
}

/** Pictures of the library that are not missing: path, and SHA-256 of the original that is kept. */
export async function picturesOfLibrary(app: TestApp): Promise<string[]> {
  return describe(app, 'missing_since IS NULL')
}

export async function missingOfLibrary(app: TestApp): Promise<string[]> {
  return describe(app, 'missing_since IS NOT NULL')
}

async function describe(app: TestApp, which: string): Promise<string[]> {
  const rows = query(app, `SELECT id FROM media WHERE ${which}`)
  const lines = rows.map(async ({ id }) => {
    const { path } = await app.handlers['media.get']({ id: Number(id) })
    const original = app.serverParts.pictures.find(Number(id), 'original')
    return `${path} ${original?.path ? sha256(await readFile(original.path)) : 'is not kept'}`
  })
  return (await Promise.all(lines)).sort()
}

/** Hex. */
export function sha256(bytes: Uint8Array = Buffer.alloc(0)): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Waits until the sync stands still, which it has to. */
export async function untilPaused(app: TestApp, syncId: number): Promise<Sync> {
  const sync = await untilSync(app, syncId, ({ state }) => state !== 'running')
  expect(sync.state).toBe('paused')
  return sync
}

/** What is asked of a file is held back until all others of its sync are done, and `act` has been after that. */
export function holdToTheLast({ drive, app }: DriveApp, fileId: string, act: () => unknown = () => {}): void {
  const isLast = () => app.library.syncs.active().every(({ isListed, pending }) => isListed && pending === 1)
  let held: Promise<unknown> | undefined
  drive.watch(({ path }) => {
    if (!path.endsWith(fileId)) return
    held ??= until(isLast).then(act)
    return held
  })
}
