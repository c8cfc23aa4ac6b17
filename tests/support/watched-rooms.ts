import { vi } from 'vitest'
import type { Analyser, AnalysisSubject } from '../../src/main/analysis/index.ts'
import { type FolderFileSystem, nodeFileSystem } from '../../src/main/sources/folder/file-system.ts'
import type { MediaSource } from '../../src/main/sources/index.ts'
import type { ManualClock } from './engine.ts'

/**
 * Where tests look into a running app and hold it up: `vi.mock` puts these around the real adapters (see `app.ts` beside
 * this file). A hook that returns a promise holds the call until that resolves; one that throws makes the call fail.
 */
interface Watch {
  /** `sourceId`s in the order they were opened. */
  opened: string[]
  pagesListed: number
  /** Files that are being opened now. */
  opening: number
  beforeOpen: (sourceId: string) => unknown
  beforeListing: (page: number) => unknown
  beforeAnalysis: (subject: AnalysisSubject) => unknown
  /** Files of one page; the app's own size when it is null. */
  pageSize: number | null
  /** Folders that cannot be read, by the ends of their paths: permissions would not stop a test that runs as root. */
  unreadableFolders: string[]
  /** Of the engine, where its sleeps are to pass when a test says so. */
  engineClock: ManualClock | null
  /** Where a step is to outlast the engine that began it. */
  engineStopTimeoutMs: number | null
}

const untouched = (): Watch => ({
  opened: [],
  pagesListed: 0,
  opening: 0,
  beforeOpen: () => {},
  beforeListing: () => {},
  beforeAnalysis: () => {},
  pageSize: null,
  unreadableFolders: [],
  engineClock: null,
  engineStopTimeoutMs: null,
})

export const watch: Watch = untouched()

export function resetWatch(): void {
  Object.assign(watch, untouched())
}

export const watchedFileSystem: FolderFileSystem = {
  ...nodeFileSystem,
  async readFolder(path) {
    if (watch.unreadableFolders.some(end => path.toString().endsWith(end))) {
      throw Object.assign(new Error('EACCES: made by a test'), { code: 'EACCES' })
    }
    return nodeFileSystem.readFolder(path)
  },
}

export function watchedSource(source: MediaSource): MediaSource {
  return {
    kind: source.kind,
    isRemote: source.isRemote,
    resolveRoot: source.resolveRoot,
    localPath: source.localPath,
    async listPage(root, cursor, limit) {
      watch.pagesListed += 1
      await watch.beforeListing(watch.pagesListed)
      return source.listPage(root, cursor, watch.pageSize ?? limit)
    },
    async listChosen(root, sourceIds) {
      watch.pagesListed += 1
      await watch.beforeListing(watch.pagesListed)
      return source.listChosen?.(root, sourceIds) ?? []
    },
    async open(root, sourceId) {
      watch.opened.push(sourceId)
      watch.opening += 1
      try {
        await watch.beforeOpen(sourceId)
        return await source.open(root, sourceId)
      } finally {
        watch.opening -= 1
      }
    },
  }
}

export function watchedAnalyser(analyser: Analyser): Analyser {
  return {
    name: analyser.name,
    version: analyser.version,
    needsPicture: analyser.needsPicture,
    async analyse(subject) {
      await watch.beforeAnalysis(subject)
      return analyser.analyse(subject)
    },
  }
}

/** Something to wait for, and to hold others up with. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}

/** Waits until `holds` says so, asking each time the event loop comes round: no time is involved. */
export function until(holds: () => boolean): Promise<void> {
  return vi.waitUntil(holds, { timeout: 30_000, interval: 1 }).then(() => {})
}
