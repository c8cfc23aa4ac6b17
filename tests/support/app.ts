import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, onTestFinished, vi } from 'vitest'
import { type App, type AppConfig, createApp } from '../../src/main/app.ts'
import type { Outcome } from '../../src/shared/outcomes.ts'
import type { LedgerEntry, Sync } from '../../src/shared/syncs.ts'
import { noGoogle } from './google.ts'
import { hills } from './pictures.ts'
import { makeTempFolder } from './temp-folder.ts'
import { resetWatch, watch, watchedAnalyser, watchedFileSystem, watchedSource } from './watched-rooms.ts'

vi.mock('../../src/main/sources/index.ts', async original => {
  const room = await original<typeof import('../../src/main/sources/index.ts')>()
  return {
    ...room,
    createFolderSource: (options: Parameters<typeof room.createFolderSource>[0]) =>
      watchedSource(room.createFolderSource({ ...options, fileSystem: watchedFileSystem })),
  }
})
vi.mock('../../src/main/analysis/index.ts', async original => {
  const room = await original<typeof import('../../src/main/analysis/index.ts')>()
  return { ...room, createBuiltinAnalyser: () => watchedAnalyser(room.createBuiltinAnalyser()) }
})
vi.mock('../../src/main/engine/index.ts', async original => {
  const room = await original<typeof import('../../src/main/engine/index.ts')>()
  return {
    ...room,
    createEmbeddedEngine: (options: Parameters<typeof room.createEmbeddedEngine>[0]) =>
      room.createEmbeddedEngine({
        ...options,
        ...(watch.engineClock && { clock: watch.engineClock }),
        ...(watch.engineStopTimeoutMs && { stopTimeoutMs: watch.engineStopTimeoutMs }),
      }),
  }
})
afterEach(resetWatch)

export interface TestApp extends App {
  libraryFolder: string
  /** Unexpected errors so far, which are then expected ones: any other makes the test fail at its end. */
  reported(): unknown[]
}

/** The real app on a library of its own (or a given one), started; stopped after the test unless it was before. */
export async function startApp(
  given: Partial<Pick<AppConfig, 'libraryFolder' | 'google' | 'analysis' | 'samplesFolder'>> = {},
): Promise<TestApp> {
  const libraryFolder = given.libraryFolder ?? join(await makeTempFolder('library'), 'Library')
  const errors: unknown[] = []
  const app = await createApp({
    libraryFolder,
    pageFolder: libraryFolder,
    samplesFolder: given.samplesFolder ?? null,
    google: given.google ?? noGoogle,
    ...(given.analysis && { analysis: given.analysis }),
    report: error => errors.push(error),
  })
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await app.stop()
    expect(errors).toEqual([])
  }
  onTestFinished(stop)
  checkCountsAtEveryEvent(app)
  await app.start()
  return { ...app, stop, libraryFolder, reported: () => errors.splice(0) }
}

/** `found = imported + duplicates + skipped + failed + pending`, and each of them is what the ledger holds. */
function checkCountsAtEveryEvent({ library }: App): void {
  const wrong: unknown[] = []
  library.changes.on('sync', syncId => {
    const sync = library.syncs.get(syncId)
    if (!sync) return
    const { found, imported, duplicates, skipped, failed, pending } = sync
    const counted = { imported: 0, duplicate: 0, skipped: 0, failed: 0, pending: 0 }
    const entries = library.files.ledger(syncId, { after: 0, limit: -1 })
    for (const { outcome } of entries) counted[outcome] += 1
    const said = { imported, duplicate: duplicates, skipped, failed, pending }
    // Files that a later import has met since are in its ledger.
    const isWhole = entries.length === found
    const isSame = Object.entries(counted).every(([outcome, count]) =>
      isWhole || outcome === 'pending' ? said[outcome as Outcome] === count : said[outcome as Outcome] >= count,
    )
    if (!isSame || found !== imported + duplicates + skipped + failed + pending) wrong.push({ sync, counted })
  })
  onTestFinished(() => expect(wrong, 'counts that do not add up').toEqual([]))
}

/** Waits for the sync's events until `holds`. */
export function untilSync(app: App, syncId: number, holds: (sync: Sync) => boolean): Promise<Sync> {
  const { library } = app
  return new Promise(resolve => {
    const look = () => {
      const sync = library.syncs.get(syncId) as unknown as Sync
      if (!holds(sync)) return
      library.changes.off('sync', look)
      resolve(sync)
    }
    library.changes.on('sync', look)
    look()
  })
}

/** Waits for the end of an import. */
function untilEnd(app: App, syncId: number): Promise<Sync> {
  return untilSync(app, syncId, sync => sync.state !== 'running' && sync.state !== 'paused')
}

export async function beginImport(app: App, path: string, copyOriginals?: boolean): Promise<number> {
  return (await app.handlers['folder.import']({ path, copyOriginals })).syncId
}

export interface Ended {
  syncId: number
  sync: Sync
  /** `path: outcome code`, by path. */
  ledger: string[]
  /** The same, whole. */
  entries: LedgerEntry[]
}

/** Imports a folder to its end. */
export async function importFolder(app: App, path: string, copyOriginals?: boolean): Promise<Ended> {
  return ended(app, await beginImport(app, path, copyOriginals))
}

export async function ended(app: App, syncId: number): Promise<Ended> {
  const sync = await untilEnd(app, syncId)
  const entries = ledgerOf(app, syncId).sort((a, b) => (a.path < b.path ? -1 : 1))
  return { syncId, sync, entries, ledger: entries.map(describeEntry) }
}

export function ledgerOf(app: App, syncId: number): LedgerEntry[] {
  return app.library.files.ledger(syncId, { after: 0, limit: -1 })
}

function describeEntry({ path, outcome, reason }: LedgerEntry): string {
  return `${path}: ${outcome}${reason ? ` ${reason.code}` : ''}`
}

export function countsOf({ found, imported, duplicates, skipped, failed, pending }: Sync) {
  return { found, imported, duplicates, skipped, failed, pending }
}

/** The picture a path of that import belongs to. */
export function mediaIdOf(entries: LedgerEntry[], path: string): number {
  const mediaId = entries.find(entry => entry.path === path)?.mediaId
  if (!mediaId) throw new Error(`${path} has no picture`)
  return mediaId
}

export async function detailOf(app: App, id: number) {
  return app.handlers['media.get']({ id })
}

export async function tilesOf(app: App, filter = {}) {
  return (await app.handlers['media.page']({ filter, sort: 'oldest', after: null, limit: 500 })).items
}

/** A small picture that no other seed gives, as PNG. */
export function pictureBytes(seed: number): Promise<Buffer> {
  return hills(48, 32, seed).png({ compressionLevel: 1 }).toBuffer()
}

/** Times of written files, each a second after the one before: a changed file never has the time it had. */
let nextTimeSeconds = 1_600_000_000

export async function put(folder: string, path: string, bytes: Buffer | string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), bytes)
  await touch(folder, path)
}

/** Gives a file a new time. */
export async function touch(folder: string, path: string): Promise<void> {
  nextTimeSeconds += 1
  await utimes(join(folder, path), nextTimeSeconds, nextTimeSeconds)
}

export async function move(folder: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(folder, to)), { recursive: true })
  await rename(join(folder, from), join(folder, to))
}

export async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { recursive: true })
}

/** A fresh folder with one picture at each path; the number is the picture, so that equal numbers are equal bytes. */
export async function makePictures(pictures: Record<string, number> = {}): Promise<string> {
  const folder = await makeTempFolder('pictures')
  for (const [path, seed] of Object.entries(pictures)) await put(folder, path, await pictureBytes(seed))
  return folder
}

/** Changes or reads the library from beside the app, as nothing of it does yet: a rating, for one. */
export function query(app: App, sql: string, ...parameters: unknown[]): Record<string, unknown>[] {
  const db = new Database(app.library.layout.database)
  try {
    const statement = db.prepare(sql)
    if (statement.reader) return statement.all(...parameters) as Record<string, unknown>[]
    statement.run(...parameters)
    return []
  } finally {
    db.close()
  }
}
