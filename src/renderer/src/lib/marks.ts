import { markTitle } from '../../../shared/marks.ts'
import { queryClient, transport } from './api.ts'
import type { Label, MarkChange, Marks, MediaDetail, MediaId, MediaTile, Output } from './contract.ts'
import { formatCount, plural } from './format.ts'
import { perform } from './history.ts'
import { lookAgain } from './live.ts'
import { tell, tellFailure } from './notice.ts'
import { selectedMost } from './selected-media.ts'

/** What is marked: one picture, or a selection. */
export interface MarkTarget {
  count: number
  ids: () => Promise<MediaId[]>
  /** Of the picture the keys are on: its label is taken away by the same key again. */
  current: Marks | undefined
}

/** Changes under way, in their order, by picture: what the app says meanwhile may be of before. */
const foreseen = new Map<MediaId, readonly MarkChange[]>()
const listeners = new Set<() => void>()

/** Called when pictures are to be shown with other marks at once, see `asForeseen`. */
export function onMarksForeseen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The picture as it will be; the same object where nothing of it is under way. */
export const asForeseen = (tile: MediaTile): MediaTile => (foreseen.get(tile.id) ?? []).reduce(withMarks, tile)

/** The stars of the file are known in detail only: where a person's are taken back, these stay until the answer comes. */
function withMarks<T extends Marks>(marks: T, change: MarkChange): T {
  const { flag = marks.flag, label = marks.label } = change
  return { ...marks, flag, label, rating: change.rating ?? marks.rating }
}

/** The same label again takes it away. */
export const labelChange = (label: Label, current: Marks | undefined): MarkChange => ({
  label: current?.label === label ? null : label,
})

export async function mark(target: MarkTarget, change: MarkChange): Promise<void> {
  if (target.count > selectedMost) {
    return tell(`Select at most ${formatCount(selectedMost)} pictures to mark them at once.`)
  }
  const mediaIds = await target.ids().catch(tellFailure)
  if (!mediaIds || mediaIds.length === 0) return
  foresee(mediaIds, change)
  const command = () => transport.call('marks.set', { mediaIds, change })
  const isDone = await perform(command, asDone(markTitle(change, plural(mediaIds.length, 'picture'))))
  forget(mediaIds, change)
  for (const key of detailKeys(mediaIds)) void queryClient.invalidateQueries({ queryKey: key })
  if (!isDone) lookAgain()
}

/** More are not shown in detail. */
const detailKeys = (mediaIds: readonly MediaId[]) => mediaIds.slice(0, 50).map(id => ['media.get', { id }] as const)

function foresee(mediaIds: readonly MediaId[], change: MarkChange): void {
  for (const id of mediaIds) foreseen.set(id, [...(foreseen.get(id) ?? []), change])
  for (const listener of listeners) listener()
  queryClient.setQueriesData<Output<'media.nearDuplicates'>>(
    { queryKey: ['media.nearDuplicates'] },
    alike => alike && withForeseen(alike),
  )
  for (const key of detailKeys(mediaIds)) {
    void queryClient.cancelQueries({ queryKey: key })
    queryClient.setQueryData<MediaDetail>(key, media => media && foreseenDetail(media, change))
  }
}

/** Groups hold tiles as well. */
function withForeseen(alike: Output<'media.nearDuplicates'>): Output<'media.nearDuplicates'> {
  return { ...alike, groups: alike.groups.map(group => ({ ...group, items: group.items.map(asForeseen) })) }
}

function foreseenDetail(media: MediaDetail, change: MarkChange): MediaDetail {
  const marked = withMarks(media, change)
  if (change.rating === undefined) return marked
  const { ratingInFile } = media
  if (change.rating === null) return { ...marked, rating: ratingInFile, isRatingOfFile: ratingInFile !== null }
  return { ...marked, isRatingOfFile: false }
}

function forget(mediaIds: readonly MediaId[], change: MarkChange): void {
  for (const id of mediaIds) {
    const rest = (foreseen.get(id) ?? []).filter(each => each !== change)
    if (rest.length > 0) foreseen.set(id, rest)
    else foreseen.delete(id)
  }
}

const pastTense: Record<string, string> = {
  Pick: 'Picked',
  Reject: 'Rejected',
  Unflag: 'Unflagged',
  Rate: 'Rated',
  Label: 'Labelled',
  Take: 'Took',
  Mark: 'Marked',
  Add: 'Added',
  Change: 'Changed',
  Confirm: 'Confirmed',
  Delete: 'Deleted',
  Make: 'Made',
  Remove: 'Removed',
  Rename: 'Renamed',
  Save: 'Saved',
}

/** "Rate 2 pictures 3 stars" as something that was done. */
export const asDone = (title: string): string => `${title.replace(/^\w+/, verb => pastTense[verb] ?? verb)}.`

/** What was last asked of it. */
export const detailNow = (id: MediaId) => queryClient.getQueryData<MediaDetail>(['media.get', { id }])
