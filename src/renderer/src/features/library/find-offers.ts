import { useDeferredValue } from 'react'
import type { Completing } from '../../../../shared/find/complete.ts'
import { type FindKey, factsOf, findKeyNames, findKeys } from '../../../../shared/find/keys.ts'
import { namedDates } from '../../../../shared/find/values.ts'
import { writeName } from '../../../../shared/find/write.ts'
import { useCall } from '../../lib/api.ts'
import type { Output } from '../../lib/contract.ts'
import { statusLooks } from '../../ui/status-mark.tsx'

/** Something that would complete what is being typed. */
export interface Offer {
  /** Shown, and what it stands for. */
  label: string
  /** In place of what was begun. */
  insert: string
  count?: number
  /** Of a key: what is found by it. */
  help?: string
  /** It is another thing than what was typed, so it has to be chosen. */
  isOther?: boolean
}

type Facets = Output<'media.facets'>
type Count = { value: string; count: number }

const offersMost = 8
const tagsMost = 4
const filedKeys = ['style', 'mood', 'subject', 'medium', 'series', 'artwork'] as const
type FiledKey = (typeof filedKeys)[number]
const isFiled = (key: FindKey | null): key is FiledKey => filedKeys.some(filed => filed === key)

/** What can stand at that place, with how many pictures have it. @param isAsked also where nothing is typed yet */
export function useOffers(at: Completing | null, isAsked: boolean): Offer[] {
  const key = at?.key ?? null
  const prefix = (at?.prefix ?? '').toLowerCase()
  const asksTags = at !== null && (key === 'tag' || (key === null && prefix.length > 1))
  const asksCounts = key !== null && key !== 'tag' && !isFiled(key)
  const facets = useCall('media.facets', { filter: {} }, { isEnabled: asksCounts, keepsPrevious: true })
  // The list of pictures is asked for first.
  const suggested = useDeferredValue(prefix)
  const asked = { prefix: suggested, limit: offersMost }
  const tags = useCall('tags.suggest', asked, { isEnabled: asksTags, keepsPrevious: true })
  const field = isFiled(key) ? key : 'style'
  const filed = useCall(
    'values.suggest',
    { field, prefix, limit: offersMost },
    { isEnabled: isFiled(key), keepsPrevious: true },
  )
  if (!at || (key === null && prefix === '' && !isAsked)) return []
  const begun = (counts: readonly Count[] = []): Count[] => counts.filter(({ value }) => value.startsWith(prefix))
  if (key === null) return [...keyOffers(prefix, isAsked), ...(asksTags ? tagOffers(begun(tags.data)) : [])]
  const named = key === 'tag' ? begun(tags.data) : isFiled(key) ? begun(filed.data) : null
  const values = named ?? begun(valuesOf(key, facets.data))
  return values
    .filter(({ value }) => value !== prefix)
    .slice(0, isAsked || named ? offersMost : 20)
    .map(({ value, count }) => {
      const written = named ? writeName(value) : value
      return { label: value, insert: `${written} `, ...(count >= 0 && { count }) }
    })
}

function keyOffers(prefix: string, isAsked: boolean): Offer[] {
  return findKeyNames
    .filter(key => (isAsked && prefix === '') || (prefix !== '' && key.startsWith(prefix)))
    .map(key => ({ label: `${key}:`, insert: `${key}:`, help: findKeys[key].help }))
}

function tagOffers(tags: readonly Count[]): Offer[] {
  return tags.slice(0, tagsMost).map(({ value, count }) => {
    const written = `tag:${writeName(value)}`
    return { label: written, insert: `${written} `, count, isOther: true }
  })
}

/** Below zero: nobody counts it. */
const uncounted = (values: readonly string[]): Count[] => values.map(value => ({ value, count: -1 }))

/** All values of a key that are known beforehand, those that are used with their counts first. */
function valuesOf(key: FindKey, facets: Facets | undefined): Count[] {
  const choices = factsOf(key).choices ?? []
  const counted = facets ? countedOf(key, facets) : []
  const rest = choices.filter(choice => counted.every(({ value }) => value !== choice))
  // A type or colour that no picture has would find nothing.
  return [...counted, ...(facets && (key === 'type' || key === 'color') ? [] : uncounted(rest)), ...examples(key)]
}

function countedOf(key: FindKey, facets: Facets): Count[] {
  switch (key) {
    case 'color':
      return facets.colours
    case 'rating':
      return facets.ratings
    case 'label':
      return facets.labels
    case 'type':
      return [...facets.kinds, ...facets.types]
    case 'status':
      return facets.statuses.map(({ value, count }) => ({ value: statusName(value), count }))
    case 'source':
      return facets.sources.map(({ value, count }) => ({ value: value === 'googledrive' ? 'drive' : value, count }))
    case 'date':
      return facets.years
    case 'is':
      return facets.flags
    default:
      return []
  }
}

/** As the find box calls it. */
export function statusName(status: string): string {
  return statusLooks[status as keyof typeof statusLooks]?.word.toLowerCase() ?? status
}

function examples(key: FindKey): Count[] {
  if (key === 'rating') return uncounted(['>=3', '>=4', '0'])
  if (key === 'size') return uncounted(['>10mb', '>1mb', '<1mb', '1mb..10mb'])
  return key === 'date' ? uncounted(namedDates) : []
}
