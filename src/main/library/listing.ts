import type { MediaFilter, MediaSort, MediaTile } from '../../shared/media.ts'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
import type { Db } from './database.ts'
import { behind, type Order, orderBy, orders } from './orders.ts'
import { matchExpression } from './search-terms.ts'
import { type TileRow, tileColumns, tileOf } from './tiles.ts'

export interface ListView {
  filter: MediaFilter
  sort: MediaSort
  /** Where nothing is filtered, also list what has not ended yet. Newest or oldest first only. */
  isWhole?: boolean
}

/** From where a query takes its rows, in which order, and what has to hold. Ids come from `id`. */
interface Plan {
  from: string
  where: string
  id: string
  order: Order
  parameters: Record<string, unknown>
}

/**
 * Relevance ranks this many of the newest matches. bm25 costs about 1.5 µs a row, so ranking all matches of a common word
 * among a million would take half a second.
 */
const rankedWindow = 10_000

/** With more matches than this, walking the sorted index and asking for each row whether it matches is the shorter way. */
const fewMatches = 20_000

/** bm25 weights of the columns of media_search: filename, title, description, tags, path, facets. */
const rankWeights = '4, 8, 2, 6, 1, 0'

/** Lists of pictures: filtered, ordered, by keyset. No list is ever read by OFFSET from its beginning. */
export function createListing(db: Db) {
  const statements = new Map<string, ReturnType<Db['prepare']>>()
  const tagId = db.prepare<[string], { id: number }>('SELECT id FROM tags WHERE name = ?')
  const countSome = db.prepare<[string, number], { count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM media_search WHERE media_search MATCH ? LIMIT ?)',
  )

  function prepared(sql: string): ReturnType<Db['prepare']> {
    const known = statements.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  /** @returns null when nothing can match. */
  function planFor({ filter, sort, isWhole }: ListView): Plan | null {
    const byStatus = unfinishedPlan(filter, sort)
    if (byStatus !== undefined) return byStatus
    const match = matchExpression(filter, name => tagId.get(name)?.id ?? null)
    if (match === 'none') return null
    if (sort === 'relevance' && filter.text && match) return rankedPlan(match)
    const order = orders[sort === 'relevance' ? 'newest' : sort]
    if (match !== null) return matchPlan(match, order)
    const where = isWhole && order.key === null ? 'true' : 'm.facets IS NOT NULL'
    return { from: 'media m', where, id: 'm.id', order, parameters: {} }
  }

  function matchPlan(match: string, order: Order): Plan {
    const parameters = { match }
    // CROSS JOIN keeps SQLite from turning the join round: full text first, in rowid order, is the fast way.
    const byMatch = {
      from: 'media_search s CROSS JOIN media m ON m.id = s.rowid',
      where: 's.media_search MATCH @match',
    }
    if (order.key === null) return { ...byMatch, id: 's.rowid', order, parameters }
    const { count } = countSome.get(match, fewMatches + 1) as { count: number }
    if (count <= fewMatches) return { ...byMatch, id: 'm.id', order, parameters }
    const where =
      'm.facets IS NOT NULL AND EXISTS (SELECT 1 FROM media_search WHERE media_search MATCH @match AND rowid = m.id)'
    return { from: 'media m', where, id: 'm.id', order, parameters }
  }

  function selectAfter(plan: Plan, columns: string, tail: string, after: Cursor | null): unknown[] {
    const where = after === null ? plan.where : `${plan.where} AND ${behind(plan.order, plan.id)}`
    const sql = `SELECT ${columns} FROM ${plan.from} WHERE ${where} ORDER BY ${orderBy(plan.order, plan.id)} ${tail}`
    return prepared(sql).all({ ...plan.parameters, ...(after && { key: after[0], id: after[1] }) })
  }

  function keyColumns({ order, id }: Plan): string {
    return `${order.key?.replace(' COLLATE NOCASE', '') ?? 'NULL'} AS key, ${id} AS cursorId`
  }

  const cursorOf = (row: KeyRow): string => encodeCursor([row.key, row.cursorId])

  return {
    planFor,
    selectAfter,

    /** At most `limit` tiles behind the cursor (null: from the beginning). A cursor not of our making begins anew. */
    page(view: ListView, after: string | null, limit: number): { items: MediaTile[]; nextCursor: string | null } {
      const plan = planFor(view)
      if (plan === null) return { items: [], nextCursor: null }
      const cursor = after === null ? null : decodeCursor(after)
      const rows = selectAfter(plan, `${tileColumns}, ${keyColumns(plan)}`, `LIMIT ${limit + 1}`, cursor)
      const items = rows.slice(0, limit) as (TileRow & KeyRow)[]
      const last = items.at(-1)
      return { items: items.map(tileOf), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
    },

    /**
     * How many there are, and behind which cursor each page of `pageSize` begins. It hops from page to page inside the
     * index, 16 ns a row, and lets go of the thread between hops by `yieldNow`.
     */
    async index(view: ListView, pageSize: number, yieldNow: () => Promise<void>): Promise<ListIndex> {
      const plan = planFor(view)
      const cursors: (string | null)[] = []
      if (plan === null) return { total: 0, cursors }
      const keys = keyColumns(plan)
      let after: Cursor | null = null
      for (;;) {
        const [last] = selectAfter(plan, keys, `LIMIT 1 OFFSET ${pageSize - 1}`, after) as KeyRow[]
        if (!last) break
        cursors.push(after === null ? null : encodeCursor(after))
        after = [last.key, last.cursorId]
        if (cursors.length % 64 === 0) await yieldNow()
      }
      const rest = selectAfter(plan, keys, `LIMIT ${pageSize}`, after).length
      const total = cursors.length * pageSize + rest
      if (rest > 0) cursors.push(after === null ? null : encodeCursor(after))
      return { total, cursors }
    },
  }
}

interface KeyRow {
  key: string | number | null
  cursorId: number
}

export interface ListIndex {
  total: number
  cursors: (string | null)[]
}

function rankedPlan(match: string): Plan {
  const window = `SELECT rowid AS id, bm25(media_search, ${rankWeights}) AS score FROM media_search
    WHERE media_search MATCH @match ORDER BY rowid DESC LIMIT ${rankedWindow}`
  return {
    from: `(${window}) r CROSS JOIN media m ON m.id = r.id`,
    where: 'true',
    id: 'r.id',
    // bm25 is smaller for better matches.
    order: { key: 'r.score', isDescending: false },
    parameters: { match },
  }
}

/**
 * What waits or is being worked on is in no search yet, so it is listed by its status alone, newest or oldest first.
 * @returns undefined when the filter asks for something else, null when it also asks for what is not known yet.
 */
function unfinishedPlan(filter: MediaFilter, sort: MediaSort): Plan | null | undefined {
  const { status, source, folderId, tags, colours, takenFrom, takenTo, text, isMissing } = filter
  if (status !== 'pending' && status !== 'processing') return undefined
  if (tags?.length || colours?.length || takenFrom || takenTo || text || isMissing) return null
  const conditions = ['m.processing_status = @status']
  if (source) conditions.push('m.source = @source')
  if (folderId) conditions.push('m.folder_id = @folderId')
  return {
    from: 'media m',
    where: conditions.join(' AND '),
    id: 'm.id',
    order: sort === 'oldest' ? orders.oldest : orders.newest,
    parameters: { status, source: source ?? null, folderId: folderId ?? null },
  }
}
