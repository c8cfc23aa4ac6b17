import { queryClient, transport } from './api.ts'
import { runCommand } from './commands.ts'
import { connection } from './connection.ts'
import type { EventData, EventName, Output, Sync } from './contract.ts'
import { refreshArtworks } from './refresh-artworks.ts'
import { go, parseRoute } from './route.ts'
import { throttle } from './throttle.ts'
import type { LiveEvent } from './transport.ts'

export type MediaChange = EventData<'media.changed'>

const mediaListeners = new Set<(change: MediaChange) => void>()
const progressListeners = new Set<(sync: Sync) => void>()
const runsListeners = new Set<() => void>()

export function onMediaChanged(listener: (change: MediaChange) => void): () => void {
  mediaListeners.add(listener)
  return () => mediaListeners.delete(listener)
}

export function onSyncProgress(listener: (sync: Sync) => void): () => void {
  progressListeners.add(listener)
  return () => progressListeners.delete(listener)
}

/** Pieces of work began, went on or ended; at most one call a second. */
export function onRunsChanged(listener: () => void): () => void {
  runsListeners.add(listener)
  return () => runsListeners.delete(listener)
}

/** Tiles in view are asked for again: something of them changed by what was done here, and waits to be shown. */
export function lookAgain(): void {
  for (const listener of mediaListeners) listener({ mediaIds: null, areListsChanged: false })
}

/** Several changes as one. More than can be named is "everything". */
export function mergeChanges(a: MediaChange | null, b: MediaChange): MediaChange {
  if (!a) return b
  return {
    mediaIds: a.mediaIds && b.mediaIds ? [...new Set([...a.mediaIds, ...b.mediaIds])] : null,
    areListsChanged: a.areListsChanged || b.areListsChanged,
  }
}

const isActive = (sync: Sync): boolean => sync.state === 'running' || sync.state === 'paused'

/** The list with the new state of one sync in it, in its place or in front. */
export function mergeSync(syncs: readonly Sync[], sync: Sync): Sync[] {
  const isKnown = syncs.some(each => each.id === sync.id)
  return isKnown ? syncs.map(each => (each.id === sync.id ? sync : each)) : [sync, ...syncs]
}

function rememberSync(sync: Sync): void {
  const known = queryClient.getQueryData<Output<'library.overview'>>(['library.overview', {}])
  queryClient.setQueryData<Output<'library.overview'>>(
    ['library.overview', {}],
    old => old && { ...old, activeSyncs: mergeSync(old.activeSyncs, sync).filter(isActive) },
  )
  queryClient.setQueriesData<Output<'sync.list'>>({ queryKey: ['sync.list'] }, old => old && mergeSync(old, sync))
  // A folder that is new, or counts that changed while it ended.
  const isNewFolder = known?.folders.every(folder => folder.id !== sync.folderId) ?? true
  if (!isNewFolder && isActive(sync)) return
  refreshOverview()
  void refresh('folders.absent')
}

const refresh = (name: string): Promise<void> => queryClient.invalidateQueries({ queryKey: [name] })
const refreshAll = (...names: string[]): Promise<unknown> => Promise.all(names.map(refresh))
const refreshOverview = throttle(() => refreshAll('library.overview', 'collections.list', 'views.list'), 1000)
const refreshAnalysis = throttle(() => {
  refreshEstimates()
  return refreshAll('analysis.overview', 'analysis.failures')
}, 300)
// An estimate looks at every picture it is of.
const refreshEstimates = throttle(() => refresh('analysis.estimate'), 10_000)
const refreshAlike = throttle(() => refreshAll('suggestions.common', 'media.similar', 'media.nearDuplicates'), 3000)
// All that is paused, or no more, says so by what it is: an import, a run, originals on their way.
const refreshWork = throttle(() => refresh('work.state'), 500)
// Counts of the filters read much of the library and change little from one picture to the next.
const refreshFacets = throttle(() => refresh('media.facets'), 3000)

const refreshRuns = throttle(() => {
  for (const listener of runsListeners) listener()
  return refreshAll('runs.get', 'runs.counts')
}, 1000)

const refreshPages = throttle(() => refresh('media.page'), 300)

let waitingChange: MediaChange | null = null
const announceChange = throttle(() => {
  const change = waitingChange
  if (!change) return
  waitingChange = null
  for (const listener of mediaListeners) listener(change)
  if (change.areListsChanged) {
    refreshOverview()
    refreshAnalysis()
    refreshPages()
  }
  refreshFacets()
  refreshAlike()
  return refreshDetails(change.mediaIds)
}, 300)

function refreshDetails(mediaIds: readonly number[] | null): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) =>
      ['media.get', 'media.history'].includes(queryKey[0] as string) &&
      (!mediaIds || mediaIds.includes((queryKey[1] as { id: number }).id)),
  })
}

let lastAsked = Promise.resolve()

/** What the program asks of the page is done in the order of asking: the place that was asked for last stays. */
function inTurn(ask: () => void | Promise<void>): void {
  lastAsked = lastAsked.then(ask).catch(cause => {
    // Told as every failure that nobody expected; what is asked next is done all the same.
    void Promise.reject(cause)
  })
}

function knowsOfFolders(): boolean {
  const overview = queryClient.getQueryData<Output<'library.overview'>>(['library.overview', {}])
  return overview !== undefined && overview.folders.length > 0
}

/** What follows from each event. */
const follow: { [N in EventName]: (data: EventData<N>) => void } = {
  'media.changed': change => {
    waitingChange = mergeChanges(waitingChange, change)
    announceChange()
  },
  'sync.progress': sync => {
    rememberSync(sync)
    refreshWork()
    for (const listener of progressListeners) listener(sync)
  },
  'library.changed': refreshOverview,
  'settings.changed': settings => void queryClient.setQueryData(['settings.get', {}], settings),
  'accounts.changed': () => {
    void refresh('accounts.list')
    refreshOverview()
  },
  'host.changed': () => void refresh('host.get'),
  'page.show': ({ route }) =>
    inTurn(async () => {
      // Whoever leads to pictures may have just begun their import: a page that takes the library for empty shows first steps.
      if (!knowsOfFolders()) await refresh('library.overview')
      go(parseRoute(`#${route}`))
    }),
  'page.run': ({ command }) => inTurn(() => runCommand(command)),
  'runs.changed': () => refreshRuns(),
  'engine.changed': () => void refresh('engine.get'),
  'storage.changed': () => {
    void refresh('storage.overview')
    refreshWork()
  },
  'artworks.changed': refreshArtworks,
  'analysis.changed': () => {
    refreshAnalysis()
    refreshWork()
  },
  'history.changed': () => {
    void refresh('history.state')
    void refresh('media.history')
  },
  'export.changed': () => void refresh('export.state'),
  'table.changed': () => void refresh('table.state'),
  'sidecars.changed': () => void refresh('sidecars.state'),
}

export function hear({ name, data }: LiveEvent): void {
  const react = follow[name] as (data: unknown) => void
  react(data)
}

/** Brings what the app says by itself into everything that is shown. Once for the life of the page. */
export function startLive(): void {
  transport.subscribe({
    onConnection: connection.set,
    onReady: () => {
      void queryClient.invalidateQueries()
      waitingChange = { mediaIds: null, areListsChanged: true }
      announceChange()
    },
    onEvent: hear,
  })
}
