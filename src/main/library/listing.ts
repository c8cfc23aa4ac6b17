import type { MediaGroup, MediaTile, Section } from '../../shared/media.ts'
import { type Cursor, decodeCursor, encodeCursor } from './cursor.ts'
import type { Db } from './database.ts'
import { createNames } from './names.ts'
import { behind, type Order, orderBy } from './orders.ts'
import { type KeysetQuery, type ListView, type Plan, planFor } from './plans.ts'
import { createSections, type Grouping, type Sectioned } from './sections.ts'
import { createShapes } from './shapes.ts'
import { createSnapshots } from './snapshots.ts'
import { type TileRow, tileColumns, tileOf } from './tiles.ts'

export interface ListPage {
  items: MediaTile[]
  nextCursor: string | null
}

export interface ListIndex {
  total: number
  /** Behind which cursor each page begins; null for the first. */
  cursors: (string | null)[]
  sections: Section[]
  /** Base64, see shared/shapes.ts. */
  shapes: string | null
  /** The tiles of the first page, where they were asked for. */
  first: MediaTile[] | null
}

interface KeyRow {
  key: string | number | null
  cursorId: number
}

type Row = TileRow & KeyRow & { facets: string | null }

/** Lists of pictures: filtered, ordered, by keyset. No list is ever read by OFFSET from its beginning. */
export function createListing(db: Db) {
  const statements = new Map<string, ReturnType<Db['prepare']>>()
  const snapshots = createSnapshots(db)
  const inSections = createSections(db)
  const shapesOf = createShapes(db)
  const names = createNames(db)
  const plan = (view: ListView): Plan => planFor(view, names)

  function prepared(sql: string): ReturnType<Db['prepare']> {
    const known = statements.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  function selectBehind(query: KeysetQuery, columns: string, after: Cursor | null, tail: string): unknown[] {
    const { from, id, order, parameters } = query
    const where = after === null ? query.where : `${query.where} AND ${behind(order, id)}`
    const sql = `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${orderBy(order, id)} ${tail}`
    return prepared(sql).all({ ...parameters, ...(after && { key: after[0], id: after[1] }) })
  }

  /** The first matches in full text's own order, without a pass over all of them. */
  function firstMatches(match: string, order: Order, limit: number): Row[] {
    const sql = `SELECT ${rowColumns(order, 's.rowid')} FROM media_search s CROSS JOIN media m ON m.id = s.rowid
      WHERE s.media_search MATCH @match ORDER BY ${orderBy(order, 's.rowid')} LIMIT @limit`
    return prepared(sql).all({ match, limit }) as Row[]
  }

  function rowsOf(ids: Uint32Array, order: Order): Row[] {
    const byId = prepared(`SELECT ${rowColumns(order, 'm.id')} FROM media m WHERE m.id = ?`)
    return Array.from(ids, id => byId.get(id) as Row | undefined).filter(row => row !== undefined)
  }

  function keyOf(id: number, order: Order): Cursor {
    if (order.key === null) return [null, id]
    const row = prepared(`SELECT ${keyColumns(order, 'm.id')} FROM media m WHERE m.id = ?`).get(id) as
      | KeyRow
      | undefined
    return [row?.key ?? null, id]
  }

  /** Where in the snapshot the rows behind the cursor begin. */
  function positionBehind({ ids, placeOf }: Whole, after: Cursor, order: Order): number {
    const section = placeOf?.(after[1]) ?? 0
    let low = 0
    let high = ids.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const id = ids[middle] as number
      const sectionsBehind = (placeOf?.(id) ?? 0) - section
      if (sectionsBehind === 0 ? isBehind(keyOf(id, order), after, order) : sectionsBehind > 0) high = middle
      else low = middle + 1
    }
    return low
  }

  /** The list in full. */
  function wholeOf(chosen: FoundPlan, { group, sort }: ListView): Whole {
    const ids = () =>
      chosen.kind === 'match' ? snapshots.ofMatch(chosen.match, chosen.order) : snapshots.ofQuery(chosen.query)
    if (!isGrouping(group)) return { ids: ids(), sections: [] }
    return snapshots.keep([chosen, group, sort], () => inSections(ids(), group, sort))
  }

  function wholeRows(whole: Whole, order: Order, after: Cursor | null, limit: number): Row[] {
    const start = after === null ? 0 : positionBehind(whole, after, order)
    return rowsOf(whole.ids.subarray(start, start + limit), order)
  }

  function rows(view: ListView, after: Cursor | null, limit: number): Row[] {
    const chosen = plan(view)
    if (chosen.kind === 'none') return []
    const order = orderOf(chosen)
    // A cursor of another order is no place in this one.
    const place = after !== null && (after[0] === null) === (order.key === null) ? after : null
    if (isGrouping(view.group)) return wholeRows(wholeOf(chosen, view), order, place, limit)
    if (chosen.kind === 'match') {
      if (place === null && order.key === null) return firstMatches(chosen.match, order, limit)
      return wholeRows(wholeOf(chosen, view), order, place, limit)
    }
    const { query } = chosen
    return selectBehind(query, rowColumns(order, query.id), place, `LIMIT ${limit}`) as Row[]
  }

  function keysetIndex(query: KeysetQuery, pageSize: number): Pick<ListIndex, 'total' | 'cursors'> {
    const keys = keyColumns(query.order, query.id)
    const cursors: (string | null)[] = []
    let after: Cursor | null = null
    for (;;) {
      // From page to page inside the index: 16 ns a row.
      const [last] = selectBehind(query, keys, after, `LIMIT 1 OFFSET ${pageSize - 1}`) as KeyRow[]
      if (!last) break
      cursors.push(after && encodeCursor(after))
      after = [last.key, last.cursorId]
    }
    const rest = selectBehind(query, keys, after, `LIMIT ${pageSize}`).length
    const total = cursors.length * pageSize + rest
    if (rest > 0) cursors.push(after && encodeCursor(after))
    return { total, cursors }
  }

  function cursorsOf(ids: Uint32Array, order: Order, pageSize: number): (string | null)[] {
    const pages = Math.ceil(ids.length / pageSize)
    return Array.from({ length: pages }, (_, page) => {
      const last = ids[page * pageSize - 1]
      return last === undefined ? null : encodeCursor(keyOf(last, order))
    })
  }

  /** At most `limit` tiles behind the cursor (null: from the beginning). A cursor not of our making begins anew. */
  function page(view: ListView, after: string | null, limit: number): ListPage {
    const found = rows(view, after === null ? null : decodeCursor(after), limit + 1)
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    const nextCursor = found.length > limit && last ? encodeCursor([last.key, last.cursorId]) : null
    return { items: shown.map(tileOf), nextCursor }
  }

  return {
    page,

    /** How many there are, where each page of `pageSize` begins, and what a grid has to know of all of them. */
    index(view: ListView, pageSize: number, hasShapes = false, hasFirst = false): ListIndex {
      const first = hasFirst ? page(view, null, pageSize).items : null
      const chosen = plan(view)
      if (chosen.kind === 'none') return { total: 0, cursors: [], sections: [], shapes: hasShapes ? '' : null, first }
      if (chosen.kind === 'keyset' && !isGrouping(view.group) && !hasShapes) {
        return { ...keysetIndex(chosen.query, pageSize), sections: [], shapes: null, first }
      }
      const { ids, sections } = wholeOf(chosen, view)
      const shapes = hasShapes ? Buffer.from(shapesOf(ids)).toString('base64') : null
      return { total: ids.length, cursors: cursorsOf(ids, orderOf(chosen), pageSize), sections, shapes, first }
    },

    /** Matches up to a bound, so that a number is had quickly: above it the answer is the bound. */
    countUpTo({ filter, isWhole = false }: Omit<ListView, 'sort'>, bound: number): number {
      const chosen = plan({ filter, sort: 'newest', isWhole })
      if (chosen.kind === 'none') return 0
      if (chosen.kind === 'keyset') return selectBehind(chosen.query, 'm.id', null, `LIMIT ${bound}`).length
      const some = 'SELECT 1 FROM media_search WHERE media_search MATCH @match LIMIT @bound'
      const { match } = chosen
      return prepared(`SELECT count(*) FROM (${some})`).pluck().get({ match, bound }) as number
    },

    /** The terms of the newest matches. */
    facetsOfNewest(view: Omit<ListView, 'sort'>, limit: number): string[] {
      return rows({ ...view, sort: 'newest' }, null, limit).map(row => row.facets ?? '')
    },
  }
}

type FoundPlan = Exclude<Plan, { kind: 'none' }>
type Whole = Pick<Sectioned, 'ids' | 'sections'> & Partial<Sectioned>

const orderOf = (chosen: FoundPlan): Order => (chosen.kind === 'match' ? chosen.order : chosen.query.order)

const isGrouping = (group: MediaGroup | undefined): group is Grouping => group !== undefined && group !== 'none'

function rowColumns(order: Order, id: string): string {
  return `${tileColumns}, m.facets, ${keyColumns(order, id)}`
}

function keyColumns(order: Order, id: string): string {
  return `${order.key?.replace(' COLLATE NOCASE', '') ?? 'NULL'} AS key, ${id} AS cursorId`
}

function isBehind([key, id]: Cursor, [afterKey, afterId]: Cursor, order: Order): boolean {
  const comparison = compareKeys(key, afterKey) || id - afterId
  return order.isDescending ? comparison < 0 : comparison > 0
}

/** As SQLite compares them: numbers by value, names without case (ASCII), other text by code point. */
function compareKeys(a: Cursor[0], b: Cursor[0]): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return Buffer.compare(Buffer.from(asciiLower(String(a ?? ''))), Buffer.from(asciiLower(String(b ?? ''))))
}

function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase())
}
