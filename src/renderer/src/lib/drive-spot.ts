import type { Input } from './contract.ts'

export const driveViews = ['my-drive', 'shared-with-me', 'shared-drives', 'search', 'account'] as const
/** Where Drive begins, what was searched for, or the account itself. */
export type DriveView = (typeof driveViews)[number]

export interface DriveStep {
  id: string
  name: string
}

/** Where somebody is in a Drive. */
export interface DriveSpot {
  accountId: number
  view: DriveView
  /** What is searched for. */
  text: string
  /** The folders on the way from the view to where one is; empty at its beginning. */
  trail: readonly DriveStep[]
}

export const viewTitles: Record<DriveView, string> = {
  'my-drive': 'My Drive',
  'shared-with-me': 'Shared with me',
  'shared-drives': 'Shared drives',
  search: 'Search',
  account: 'Account',
}

export const beginningOf = (accountId: number, view: DriveView = 'my-drive'): DriveSpot => ({
  accountId,
  view,
  text: '',
  trail: [],
})

export const enter = (spot: DriveSpot, folder: DriveStep): DriveSpot => ({
  ...spot,
  trail: [...spot.trail, { id: folder.id, name: folder.name }],
})

/** One folder up; null at the beginning of a view. */
export const parentOf = (spot: DriveSpot): DriveSpot | null =>
  spot.trail.length > 0 ? { ...spot, trail: spot.trail.slice(0, -1) } : null

/** The way to where one is, each step with where it leads. */
export function stepsTo(spot: DriveSpot): { name: string; spot: DriveSpot }[] {
  const first = spot.view === 'search' && spot.text ? `“${spot.text}”` : viewTitles[spot.view]
  const names = [first, ...spot.trail.map(step => step.name)]
  return names.map((name, depth) => ({ name, spot: { ...spot, trail: spot.trail.slice(0, depth) } }))
}

/** What the contract calls it; null where there is nothing to list. */
export function placeOf({ view, text, trail }: DriveSpot): Input<'drive.browse'>['place'] | null {
  const last = trail.at(-1)
  if (last) return { kind: 'folder', folderId: last.id }
  if (view === 'search') return text.trim() ? { kind: 'search', text: text.trim() } : null
  return view === 'account' ? null : { kind: view }
}

/** The folder that can be brought in here: Google's id, or `root`. Null where one is in none. */
export function folderIdOf({ view, trail }: DriveSpot): string | null {
  return trail.at(-1)?.id ?? (view === 'my-drive' ? 'root' : null)
}

/** `1/shared-drives?in=ID:Name&in=ID:Name`: what follows `#/drive/`. */
export function formatSpot({ accountId, view, text, trail }: DriveSpot): string {
  const params = new URLSearchParams()
  if (text) params.set('find', text)
  for (const { id, name } of trail) params.append('in', `${id}:${name}`)
  const query = params.toString()
  return `${accountId}/${view}${query && `?${query}`}`
}

/** An address someone mistyped leads to the beginning: null. */
export function parseSpot(account: string | undefined, view: string | undefined, params: URLSearchParams) {
  const known = driveViews.find(each => each === view)
  if (!known || !/^[1-9]\d{0,14}$/.test(account ?? '')) return null
  const trail = params.getAll('in').flatMap(step => {
    const [, id, name] = /^([\w-]{1,200}):(.*)$/s.exec(step) ?? []
    return id ? [{ id, name: name || id }] : []
  })
  return { accountId: Number(account), view: known, text: params.get('find')?.slice(0, 200) ?? '', trail } as DriveSpot
}
