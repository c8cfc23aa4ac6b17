import { type FindTerm, parseFind } from '../../shared/find/parse.ts'
import type { MediaFilter, MediaGroup, MediaSort, ProcessingStatus } from '../../shared/media.ts'
import { type Names, statusNamed } from './find-terms.ts'
import { type Order, orders } from './orders.ts'
import { matchExpression } from './search-terms.ts'

export interface ListView {
  filter: MediaFilter
  sort: MediaSort
  group?: MediaGroup | undefined
  /** Where nothing is filtered, also list what has not ended yet. Newest or oldest first only. */
  isWhole?: boolean
}

/** How a list is got. */
export type Plan =
  /** Nothing can match. */
  | { kind: 'none' }
  /** By an index that has the order. */
  | { kind: 'keyset'; query: KeysetQuery }
  /** What full text matches, in an order of its own or another. */
  | { kind: 'match'; match: string; order: Order }

export interface KeysetQuery {
  from: string
  where: string
  /** The column of ids. */
  id: string
  order: Order
  parameters: Record<string, unknown>
}

/**
 * Relevance ranks this many of the newest matches. bm25 costs about 3 µs a row, so ranking all matches of a common word among
 * a million would take half a second.
 */
const rankedWindow = 5_000

/** bm25 weights of the columns of media_search: filename, title, description, tags, path, facets. */
const rankWeights = '4, 8, 2, 6, 1, 0'

export function planFor({ filter, sort, group, isWhole }: ListView, names: Names): Plan {
  const unfinished = unfinishedOf(filter)
  if (unfinished) return unfinishedPlan(unfinished, sort)
  const match = matchExpression(filter, names)
  if (match === 'none') return { kind: 'none' }
  // Ranks are known of one question alone, and no place in a section could be found again by them.
  const isGrouped = group !== undefined && group !== 'none'
  if (sort === 'relevance' && filter.text && match && !isGrouped) return rankedPlan(match)
  const order = orders[sort === 'relevance' ? 'newest' : sort]
  return match === null ? wholePlan(order, isWhole ?? false) : { kind: 'match', match, order }
}

function wholePlan(order: Order, isWhole: boolean): Plan {
  if (isWhole && order.key === null) {
    return { kind: 'keyset', query: { from: 'media m', where: 'true', id: 'm.id', order, parameters: {} } }
  }
  // By ids alone SQLite would rather read the wide rows of the table than the narrow ones of the index.
  const from = order.key === null ? 'media m INDEXED BY media_shown' : 'media m'
  return { kind: 'keyset', query: { from, where: 'm.facets IS NOT NULL', id: 'm.id', order, parameters: {} } }
}

function rankedPlan(match: string): Plan {
  const window = `SELECT rowid AS id, bm25(media_search, ${rankWeights}) AS score FROM media_search
    WHERE media_search MATCH @match ORDER BY rowid DESC LIMIT ${rankedWindow}`
  const query = {
    from: `(${window}) r CROSS JOIN media m ON m.id = r.id`,
    where: 'true',
    id: 'r.id',
    // bm25 is smaller for better matches.
    order: { key: 'r.score', isDescending: false },
    parameters: { match },
  }
  return { kind: 'keyset', query }
}

/** The filter by a status that is in no search, be it typed or chosen; null where it is another. */
function unfinishedOf(filter: MediaFilter): MediaFilter | null {
  if (isUnfinished(filter.status)) return filter
  if (filter.status || !filter.text?.includes(':')) return null
  const found = parseFind(filter.text)
  const typed = found.find(term => isUnfinished(statusAlone(term)))
  const status = typed && statusAlone(typed)
  const text = found
    .filter(term => term !== typed && term.kind !== 'fault')
    .map(term => filter.text?.slice(term.start, term.end))
    .join(' ')
  return status ? { ...filter, status, text } : null
}

const isUnfinished = (status: ProcessingStatus | undefined): boolean => status === 'pending' || status === 'processing'

function statusAlone(term: FindTerm): ProcessingStatus | undefined {
  if (term.kind !== 'key' || term.key !== 'status' || term.isNot || term.values.length !== 1) return undefined
  const [value] = term.values
  return value?.kind === 'choice' ? statusNamed(value.name) : undefined
}

/** What waits or is being worked on is in no search yet: it is listed by its status alone, newest or oldest first. */
function unfinishedPlan(filter: MediaFilter, sort: MediaSort): Plan {
  const { status, source, folderId, tags, colours, takenFrom, takenTo, text, isMissing } = filter
  const asksForUnknown =
    tags?.length || colours?.length || takenFrom || takenTo || text || isMissing || filter.collectionId
  if (asksForUnknown) return { kind: 'none' }
  const conditions = ['m.processing_status = @status']
  if (source) conditions.push('m.source = @source')
  if (folderId) conditions.push('m.folder_id = @folderId')
  const query = {
    from: 'media m INDEXED BY media_by_status',
    where: conditions.join(' AND '),
    id: 'm.id',
    order: sort === 'oldest' ? orders.oldest : orders.newest,
    parameters: { status, source: source ?? null, folderId: folderId ?? null },
  }
  return { kind: 'keyset', query }
}
