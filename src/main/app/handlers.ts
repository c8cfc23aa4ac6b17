import { basename } from 'node:path'
import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Host } from '../../shared/host.ts'
import type { Sync } from '../../shared/syncs.ts'
import type { SyncRow } from '../library/index.ts'
import { browseFolder, SourceUnavailable } from '../sources/index.ts'
import { type AnalysisHandlerParts, createAnalysisHandlers } from './analysis-handlers.ts'
import { createArtworksHandlers } from './artworks-handlers.ts'
import { createCollectionHandlers } from './collection-handlers.ts'
import { createDropHandlers, type DropHandlerParts } from './drop-handlers.ts'
import { createEngineHandlers, type EngineHandlerParts } from './engine-handlers.ts'
import { createExportsHandlers, type ExportsHandlerParts } from './exports-handlers.ts'
import { createFileHandlers, type FileHandlerParts } from './file-handlers.ts'
import { createGoogleHandlers, type GoogleHandlerParts } from './google-handlers.ts'
import { createHostHandlers } from './host-handlers.ts'
import { createMarksHandlers } from './marks-handlers.ts'
import { createSidecarsHandlers, type SidecarsHandlerParts } from './sidecars-handlers.ts'
import { createStorageHandlers, type StorageHandlerParts } from './storage-handlers.ts'
import { createTableHandlers, type TableHandlerParts } from './table-handlers.ts'
import { createWordsHandlers, type WordsHandlerParts } from './words-handlers.ts'
import { createWorkHandlers, type WorkHandlerParts } from './work-handlers.ts'

export interface HandlerParts
  extends GoogleHandlerParts,
    AnalysisHandlerParts,
    DropHandlerParts,
    EngineHandlerParts,
    ExportsHandlerParts,
    FileHandlerParts,
    SidecarsHandlerParts,
    StorageHandlerParts,
    TableHandlerParts,
    WordsHandlerParts,
    WorkHandlerParts {
  host: Host
  describe(row: SyncRow): Sync
  /** Null where this copy of the program has none. */
  samplesFolder: string | null
}

/** What the app answers to each call of the contract. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { library, imports, feed, describe, samplesFolder } = parts
  const { accounts, ask, detail, files, folders, records, settings, syncs } = library

  function syncOf(syncId: number): SyncRow {
    const sync = syncs.get(syncId)
    if (!sync) throw new CallFailed('not-found', 'There is no such import.')
    return sync
  }

  async function startImport(path: string, keepsCopies?: boolean): Promise<{ syncId: number }> {
    try {
      return { syncId: await imports.start('folder', path, keepsCopies) }
    } catch (cause) {
      if (cause instanceof SourceUnavailable) throw new CallFailed('folder-unavailable', cause.message, { cause })
      throw cause
    }
  }

  return {
    ...createAnalysisHandlers(parts),
    ...createArtworksHandlers(library),
    ...createCollectionHandlers(library),
    ...createDropHandlers(parts),
    ...createEngineHandlers(parts),
    ...createExportsHandlers(parts),
    ...createFileHandlers(parts),
    ...createGoogleHandlers(parts),
    ...createMarksHandlers(library),
    ...createSidecarsHandlers(parts),
    ...createStorageHandlers(parts),
    ...createTableHandlers(parts),
    ...createWordsHandlers(parts),
    ...createWorkHandlers(parts),
    ...createHostHandlers(parts.host),
    'library.overview': () => ({
      name: basename(library.layout.folder),
      path: library.layout.folder,
      problem: library.problem(),
      counts: {
        shown: records.countShown(),
        byStatus: records.countByStatus(),
        missing: records.countMissing(),
        toReview: records.countUnmarked(),
        recent: records.countNew(),
      },
      folders: folders.list(),
      accounts: accounts.list().map(({ id, email, state }) => ({ id, email, state })),
      activeSyncs: syncs.active().map(describe),
      hasSamples: samplesFolder !== null,
    }),
    'media.index': ({ filter, sort, group, pageSize, hasShapes, hasFirst }) =>
      ask.index({ filter, sort, group }, pageSize, hasShapes, hasFirst),
    'media.page': ({ filter, sort, group, after, limit }) => ask.page({ filter, sort, group }, after, limit),
    'media.get': ({ id }) => {
      const media = detail(id)
      if (!media) throw new CallFailed('not-found', 'This picture is not in the library.')
      return media
    },
    'media.facets': ({ filter }) => ask.facets(filter),
    'tags.suggest': ({ prefix, limit }) => ask.suggestTags(prefix, limit),
    'values.suggest': ({ field, prefix, limit }) => ask.suggestValues(field, prefix, limit),
    'sync.list': ({ limit }) => syncs.list(limit).map(describe),
    'sync.files': ({ syncId, outcome, after, limit }) => {
      syncOf(syncId)
      const items = files.ledger(syncId, { outcome, after, limit })
      return { items, nextAfter: items.length === limit ? (items.at(-1)?.fileId ?? null) : null }
    },
    'folder.browse': async ({ path }) => {
      try {
        return await browseFolder(path)
      } catch (cause) {
        if (cause instanceof SourceUnavailable) throw new CallFailed('folder-unavailable', cause.message, { cause })
        throw cause
      }
    },
    'settings.get': () => settings.get(),

    'folder.import': ({ path, copyOriginals }) => startImport(path, copyOriginals),
    'folder.watch': ({ folderId, isWatched }) => {
      if (!folders.get(folderId)) throw new CallFailed('not-found', 'There is no such folder.')
      folders.setWatched(folderId, isWatched)
      library.changes.emit('library')
      return {}
    },
    'samples.import': () => {
      if (samplesFolder === null) throw new CallFailed('not-found', 'This copy of Burg Ink came without samples.')
      // Where a packaged program keeps them may be another place at its next start.
      return startImport(samplesFolder, true)
    },
    'sync.pause': async ({ syncId }) => {
      syncOf(syncId)
      await imports.pause(syncId)
      return {}
    },
    'sync.resume': async ({ syncId }) => {
      syncOf(syncId)
      await imports.resume(syncId)
      return {}
    },
    'sync.cancel': async ({ syncId }) => {
      syncOf(syncId)
      await imports.cancel(syncId)
      return {}
    },
    'sync.retry': async ({ syncId, fileId }) => {
      syncOf(syncId)
      return { count: await imports.retry(syncId, fileId ?? null) }
    },
    'media.retry': async ({ id }) => {
      const file = files.failedOf(id)
      if (!file) throw new CallFailed('conflict', 'This picture has not failed, or is being worked on again already.')
      await imports.retry(file.syncId, file.id)
      return {}
    },
    'settings.set': changes => {
      const changed = settings.set(changes)
      feed.saySettings(changed)
      return changed
    },
  }
}
