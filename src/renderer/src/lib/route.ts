import { useSyncExternalStore } from 'react'
import { withoutFormer } from '../../../shared/find/former.ts'
import { type ArtworkSpot, formatArtworkSpot, parseArtworkSpot } from './artwork-spot.ts'
import {
  type MediaFilter,
  type MediaGroup,
  type MediaId,
  type MediaSort,
  mediaFilterSchema,
  mediaGroupSchema,
  mediaSortSchema,
  type Outcome,
  outcomes,
  type SyncId,
} from './contract.ts'
import { type DriveSpot, formatSpot, parseSpot } from './drive-spot.ts'
import { formatRunsSpot, parseRunsSpot, type RunsSpot } from './runs-spot.ts'

export const screens = [
  'library',
  'artworks',
  'activity',
  'import',
  'import-table',
  'drive',
  'describe',
  'duplicates',
  'export',
  'sidecars',
  'welcome',
  'settings',
] as const
export type Screen = (typeof screens)[number]

/** Settings with a page of their own. */
export const settingsParts = ['storage'] as const
export type SettingsPart = (typeof settingsParts)[number]
/** The parts of the screen of descriptions. */
export const describeParts = ['runs', 'setup', 'prompts', 'words'] as const
export type DescribePart = (typeof describeParts)[number]

/** What the address says: the screen and what it shows. Back, forward and reload lead to the same place. */
export interface Route {
  screen: Screen
  filter: MediaFilter
  sort: MediaSort
  /** What the list is cut into sections by. */
  group: MediaGroup
  /** The picture open in review. */
  openId: MediaId | null
  /** Two to four that are seen side by side, the open one among them; else none. */
  compared: readonly MediaId[]
  syncId: SyncId | null
  outcome: Outcome | null
  /** On the screen of activity: pieces of work; null: imports. */
  runs: RunsSpot | null
  /** The folder that the import screen begins with. */
  importPath: string | null
  /** Null: all of them. */
  artworks: ArtworkSpot | null
  /** Null: where an account begins. */
  drive: DriveSpot | null
  /** Null: the page of all settings. */
  settingsPart: SettingsPart | null
  describe: DescribePart
}

export const homeRoute: Route = {
  screen: 'library',
  filter: {},
  sort: 'newest',
  group: 'none',
  openId: null,
  compared: [],
  syncId: null,
  outcome: null,
  runs: null,
  importPath: null,
  artworks: null,
  drive: null,
  settingsPart: null,
  describe: 'runs',
}

const positive = (text: string | null | undefined): number | null =>
  /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : null

function filterOf(params: URLSearchParams): MediaFilter {
  const lists = { tags: params.getAll('tag'), colours: params.getAll('colour') }
  const given = withoutFormer({
    status: params.get('status') ?? undefined,
    source: params.get('source') ?? undefined,
    folderId: positive(params.get('folder')) ?? undefined,
    tags: lists.tags.length > 0 ? lists.tags : undefined,
    colours: lists.colours.length > 0 ? lists.colours : undefined,
    takenFrom: params.get('from') ?? undefined,
    takenTo: params.get('to') ?? undefined,
    text: params.get('q') ?? undefined,
    isMissing: params.get('missing') === '1' || undefined,
    collectionId: positive(params.get('collection')) ?? undefined,
    isNew: params.get('new') === '1',
    isUnmarked: params.get('review') === '1',
  })
  const parsed = mediaFilterSchema.safeParse(given)
  // An address someone mistyped shows everything rather than an error.
  return parsed.success ? withoutEmpty(parsed.data) : {}
}

/** As many as can still be seen side by side. */
export const comparedMost = 4

function comparedOf(params: URLSearchParams): MediaId[] {
  const ids = (params.get('compare') ?? '').split('.').map(positive)
  const named = [...new Set(ids.filter(id => id !== null))]
  const isWhole = named.length === ids.length && named.length >= 2 && named.length <= comparedMost
  return isWhole && named.includes(positive(params.get('open')) ?? 0) ? named : []
}

function withoutEmpty(filter: MediaFilter): MediaFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [name, id, view] = path.split('/')
  const params = new URLSearchParams(query)
  const filter = filterOf(params)
  const known = mediaSortSchema.safeParse(params.get('sort'))
  const sort = known.success && (known.data !== 'relevance' || filter.text) ? known.data : 'newest'
  const group = mediaGroupSchema.safeParse(params.get('group'))
  return {
    screen: screens.find(screen => screen === name) ?? 'library',
    filter,
    sort,
    group: sort === 'relevance' || !group.success ? 'none' : group.data,
    openId: positive(params.get('open')),
    compared: comparedOf(params),
    syncId: name === 'activity' ? positive(id) : null,
    outcome: outcomes.find(outcome => outcome === params.get('outcome')) ?? null,
    runs: name === 'activity' && id === 'work' ? parseRunsSpot(params) : null,
    importPath: (name === 'import' && params.get('path')) || null,
    artworks: name === 'artworks' ? parseArtworkSpot(id, params) : null,
    drive: name === 'drive' ? parseSpot(id, view, params) : null,
    settingsPart: (name === 'settings' && settingsParts.find(part => part === id)) || null,
    describe: (name === 'describe' && describeParts.find(part => part === id)) || 'runs',
  }
}

function openParams({ openId, compared }: Route): Record<string, string> {
  if (openId === null) return {}
  return { open: String(openId), ...(compared.length > 0 && { compare: compared.join('.') }) }
}

function libraryParams(route: Route): URLSearchParams {
  const { filter, sort, group } = route
  const params = new URLSearchParams()
  const put = (name: string, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') params.append(name, String(value))
  }
  put('q', filter.text)
  put('folder', filter.folderId)
  put('collection', filter.collectionId)
  put('status', filter.status)
  put('missing', filter.isMissing ? 1 : null)
  put('source', filter.source)
  for (const tag of filter.tags ?? []) put('tag', tag)
  for (const colour of filter.colours ?? []) put('colour', colour)
  put('from', filter.takenFrom)
  put('to', filter.takenTo)
  put('sort', sort === 'newest' ? null : sort)
  put('group', group === 'none' ? null : group)
  for (const [name, value] of Object.entries(openParams(route))) put(name, value)
  return params
}

export function formatRoute(route: Route): string {
  if (route.screen === 'activity') {
    if (route.runs) return `#/activity/work${formatRunsSpot(route.runs)}`
    const path = route.syncId ? `#/activity/${route.syncId}` : '#/activity'
    return route.outcome ? `${path}?outcome=${route.outcome}` : path
  }
  if (route.screen === 'duplicates') {
    return route.openId ? `#/duplicates?${new URLSearchParams(openParams(route))}` : '#/duplicates'
  }
  if (route.screen === 'artworks') return `#/artworks${route.artworks ? formatArtworkSpot(route.artworks) : ''}`
  if (route.screen === 'import' && route.importPath) {
    return `#/import?${new URLSearchParams({ path: route.importPath })}`
  }
  if (route.screen === 'drive' && route.drive) return `#/drive/${formatSpot(route.drive)}`
  if (route.screen === 'settings' && route.settingsPart) return `#/settings/${route.settingsPart}`
  if (route.screen === 'describe' && route.describe !== 'runs') return `#/describe/${route.describe}`
  if (route.screen !== 'library') return `#/${route.screen}`
  const query = libraryParams(route).toString()
  return query ? `#/library?${query}` : '#/library'
}

let current = homeRoute
let lastLibrary = homeRoute
const listeners = new Set<() => void>()

function take(route: Route): void {
  current = route
  if (route.screen === 'library') lastLibrary = { ...route, openId: null, compared: [] }
  for (const listener of listeners) listener()
}

export function startRoutes(): void {
  const read = (): void => take(parseRoute(location.hash))
  window.addEventListener('popstate', () => {
    // It belonged to the entry that was left.
    clearTimeout(unwritten)
    unwritten = undefined
    read()
    for (const next of endBack()) next()
  })
  window.addEventListener('hashchange', read)
  window.addEventListener('pagehide', writeAddress)
  read()
}

export const routeNow = (): Route => current

/** A browser takes milliseconds to change its address: letters and steps from picture to picture do not wait for it. */
const addressAfterMs = 100
let unwritten: ReturnType<typeof setTimeout> | undefined

function writeAddress(): void {
  if (unwritten === undefined) return
  clearTimeout(unwritten)
  unwritten = undefined
  history.replaceState(history.state, '', formatRoute(current))
}

/** What was asked for during a step back, which a browser takes only later; null while there is none. */
let afterBack: (() => void)[] | null = null

function endBack(): (() => void)[] {
  const waiting = afterBack ?? []
  afterBack = null
  return waiting
}

interface GoOptions {
  /** Where a step back would only undo a letter. `soon`: the screen is drawn first, and the address follows. */
  replaces?: boolean | 'soon'
}

export function go(change: Partial<Route>, options: GoOptions = {}): void {
  if (afterBack) afterBack.push(() => goNow(change, options))
  else goNow(change, options)
}

function goNow(change: Partial<Route>, { replaces = false }: GoOptions): void {
  const route = { ...current, ...change }
  // What fits best is found by a question, and is in no section.
  if (route.sort === 'relevance') route.group = 'none'
  if (route.openId === null || !route.compared.includes(route.openId)) route.compared = []
  if (replaces) unwritten ??= setTimeout(writeAddress, addressAfterMs)
  else {
    writeAddress()
    const hash = formatRoute(route)
    const isOpening = route.openId !== null && current.openId === null
    if (hash !== location.hash) history.pushState({ isOpening }, '', hash)
  }
  take(route)
  if (replaces === true) writeAddress()
}

/** Closes the open picture: a step back where it was opened from the grid, so that Back does not open it again. */
export function closePicture(): void {
  if (afterBack) return
  if ((history.state as { isOpening?: boolean } | null)?.isOpening) {
    afterBack = []
    writeAddress()
    history.back()
  } else go({ openId: null }, { replaces: true })
}

/** Imports, or one of them. */
export const goToActivity = (syncId: SyncId | null = null): void =>
  go({ screen: 'activity', syncId, outcome: null, runs: null })

export const goToImport = (importPath: string | null = null): void => go({ screen: 'import', importPath })

export const goToImportTable = (): void => go({ screen: 'import-table' })

export const goToSettings = (settingsPart: SettingsPart | null = null): void => go({ screen: 'settings', settingsPart })

/** The pictures as they were last looked at. */
export const lastView = (): Route => lastLibrary

/** Back to the pictures as they were last looked at. */
export const goToLibrary = (): void => go(lastLibrary)

export function changeFilter(change: Partial<MediaFilter>, options?: GoOptions): void {
  const filter = withoutEmpty({ ...current.filter, ...change })
  const sort = current.sort === 'relevance' && !filter.text ? 'newest' : current.sort
  go({ screen: 'library', openId: null, filter, sort }, options)
}

/** Calls it at once after every change, before anything is drawn. */
export function onRoute(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useRoute(): Route {
  return useSyncExternalStore(onRoute, routeNow)
}
