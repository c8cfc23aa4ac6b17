import type { Settings } from '../../shared/contract.ts'
import type { MediaId } from '../../shared/media.ts'
import type { Sync } from '../../shared/syncs.ts'
import type { Library } from '../library/index.ts'
import type { AppEvent, EventListener } from '../server/index.ts'

/** Changes are gathered for this long, so that an import of thousands a minute sends a few events a second. */
const gatherMs = 250
/** With more than this the page asks for what it shows instead of picking out ids. */
const namedIdsMax = 500

/** Gathers what changed in the library into the events of the contract. */
export function createFeed(library: Library, describe: (syncId: number) => Sync | null) {
  const listeners = new Set<EventListener>()
  const mediaIds = new Set<MediaId>()
  const syncIds = new Set<number>()
  let areListsChanged = false
  let isStorageChanged = false
  let isAnalysisChanged = false
  let timer: NodeJS.Timeout | undefined

  const say = (event: AppEvent) => {
    for (const listener of listeners) listener(event)
  }

  function flush(): void {
    timer = undefined
    for (const id of syncIds) {
      const sync = describe(id)
      if (sync) say({ name: 'sync.progress', data: sync })
    }
    if (mediaIds.size > 0) {
      const named = mediaIds.size <= namedIdsMax ? [...mediaIds] : null
      say({ name: 'media.changed', data: { mediaIds: named, areListsChanged } })
    }
    if (isStorageChanged) say({ name: 'storage.changed', data: {} })
    isStorageChanged = false
    if (isAnalysisChanged) say({ name: 'analysis.changed', data: {} })
    isAnalysisChanged = false
    syncIds.clear()
    mediaIds.clear()
    areListsChanged = false
  }

  function gather(): void {
    timer ??= setTimeout(flush, gatherMs)
  }

  const onMedia = ({ id, isListed }: { id: number; isListed: boolean }) => {
    // One above the bound is enough to know that it was passed.
    if (mediaIds.size <= namedIdsMax) mediaIds.add(id)
    areListsChanged ||= isListed
    gather()
  }
  const onSync = (id: number) => {
    syncIds.add(id)
    gather()
  }
  const onStorage = () => {
    isStorageChanged = true
    gather()
  }
  const onAnalysis = () => {
    isAnalysisChanged = true
    gather()
  }
  const onLibrary = () => say({ name: 'library.changed', data: {} })
  const onHistory = () => say({ name: 'history.changed', data: {} })
  const onAccounts = () => say({ name: 'accounts.changed', data: {} })
  library.changes.on('accounts', onAccounts)
  library.changes.on('analysis', onAnalysis)
  library.changes.on('history', onHistory)
  library.changes.on('library', onLibrary)
  library.changes.on('media', onMedia)
  library.changes.on('storage', onStorage)
  library.changes.on('sync', onSync)

  return {
    subscribe(listener: EventListener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    say,
    saySettings(settings: Settings): void {
      say({ name: 'settings.changed', data: settings })
    },
    stop(): void {
      clearTimeout(timer)
      library.changes.off('accounts', onAccounts)
      library.changes.off('analysis', onAnalysis)
      library.changes.off('history', onHistory)
      library.changes.off('library', onLibrary)
      library.changes.off('media', onMedia)
      library.changes.off('storage', onStorage)
      library.changes.off('sync', onSync)
      listeners.clear()
    },
  }
}
