import { queryClient, transport } from './api.ts'
import type { MediaDetail, MediaId, OwnWordField } from './contract.ts'
import { plural } from './format.ts'
import { perform } from './history.ts'
import { afterDecision, type Decision, type Suggested } from './suggested.ts'

const detailKey = (id: MediaId) => ['media.get', { id }] as const

function refresh(mediaIds: readonly MediaId[]): void {
  for (const id of mediaIds.slice(0, 50)) void queryClient.invalidateQueries({ queryKey: detailKey(id) })
  void queryClient.invalidateQueries({ queryKey: ['suggestions.common'] })
}

/** Shows a single picture as it will be, so that the next key already meets the next suggestion. */
function foresee([id, ...others]: readonly MediaId[], change: (media: MediaDetail) => MediaDetail): void {
  if (id === undefined || others.length > 0) return
  void queryClient.cancelQueries({ queryKey: detailKey(id) })
  queryClient.setQueryData<MediaDetail>(detailKey(id), media => media && change(media))
}

async function run(mediaIds: readonly MediaId[], command: () => Promise<{ commandId: number | null }>, told: string) {
  await perform(command, told)
  refresh(mediaIds)
}

const forMany = (mediaIds: readonly MediaId[]): string =>
  mediaIds.length > 1 ? ` for ${plural(mediaIds.length, 'picture')}` : ''

/** Confirms or rejects one suggestion of these pictures, or without `suggestion` all of them; `count` is how many that are. */
export function decide(
  mediaIds: readonly MediaId[],
  decision: Decision,
  { suggestion, count }: { suggestion?: Suggested; count?: number },
): Promise<void> {
  const verb = decision === 'confirm' ? 'Confirmed' : 'Rejected'
  const what = suggestion
    ? `“${suggestion.value.length > 40 ? `${suggestion.value.slice(0, 39)}…` : suggestion.value}”`
    : count === undefined
      ? 'all suggestions'
      : plural(count, 'suggestion')
  foresee(mediaIds, media => afterDecision(media, decision, suggestion))
  const input = { mediaIds: [...mediaIds], decision, ...(suggestion && { suggestion: named(suggestion) }) }
  return run(mediaIds, () => transport.call('suggestions.decide', input), `${verb} ${what}${forMany(mediaIds)}.`)
}

const named = ({ field, value }: Suggested): Suggested => ({ field, value })

export function setWord(mediaIds: readonly MediaId[], field: OwnWordField, value: string | null): Promise<void> {
  const told =
    value === null ? `Took back the ${field}${forMany(mediaIds)}.` : `Saved the ${field}${forMany(mediaIds)}.`
  foresee(mediaIds, media => withWord(media, field, value))
  return run(mediaIds, () => transport.call('words.set', { mediaIds: [...mediaIds], field, value }), told)
}

function withWord(media: MediaDetail, field: OwnWordField, value: string | null): MediaDetail {
  const { [field]: _before, ...words } = media.words
  if (value === null) return { ...media, words }
  const suggestions = media.suggestions.filter(each => each.field !== field)
  return { ...media, suggestions, words: { ...words, [field]: value } }
}

export function changeTags(mediaIds: readonly MediaId[], change: { add?: string[]; remove?: string[] }): Promise<void> {
  const { add = [], remove = [] } = change
  const list = (names: string[]) => names.map(name => `“${name}”`).join(', ')
  const told = [add.length > 0 && `Added ${list(add)}`, remove.length > 0 && `Removed ${list(remove)}`]
  foresee(mediaIds, media => ({
    ...media,
    suggestions: media.suggestions.filter(
      ({ field, value }) => field !== 'tag' || ![...add, ...remove].includes(value),
    ),
    tags: [
      ...add.map(name => ({ name, source: 'person', confidence: null })),
      ...media.tags.filter(tag => !remove.includes(tag.name)),
    ],
  }))
  return run(
    mediaIds,
    () => transport.call('tags.change', { mediaIds: [...mediaIds], add, remove }),
    `${told.filter(Boolean).join(', ')}${forMany(mediaIds)}.`,
  )
}
