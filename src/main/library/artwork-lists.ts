import type {
  Artwork,
  ArtworkFilter,
  ArtworkId,
  ArtworkSort,
  ArtworkStatus,
  ArtworkTile,
  CopyKey,
  MediaRole,
} from '../../shared/artworks.ts'
import { artworkStatuses } from '../../shared/artworks.ts'
import type { MediaId } from '../../shared/media.ts'
import { type ArtworkRow, artworkColumns, fieldsOf, type SourceRow, sourcesOf } from './artwork-rows.ts'
import { createCopiesOf } from './copy-rows.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import type { Db } from './database.ts'
import { behind, type Order, orderBy } from './orders.ts'
import { createTilesById } from './tiles.ts'

const orders: Record<ArtworkSort, Order> = {
  newest: { key: null, isDescending: true },
  oldest: { key: null, isDescending: false },
  title: { key: 'a.title COLLATE NOCASE', isDescending: false },
  'year-newest': { key: 'coalesce(a.first_year, 0)', isDescending: true },
  'year-oldest': { key: 'coalesce(a.first_year, 0)', isDescending: false },
  number: { key: 'a.inventory_number', isDescending: false },
  series: { key: 'coalesce(a.series_position, 1000000)', isDescending: false },
}

interface ListRow extends ArtworkRow {
  series: string | null
  mediaCount: number
  copyCount: number
  soldCount: number
  soldProofCount: number
  mainId: MediaId | null
  key: string | number | null
}

interface StatusCount {
  status: ArtworkStatus
  count: number
}

const columns = artworkColumns.map(column => `a.${column}`)
/** Of what is said of a work, what a person would look for by words. */
const saidOfWork = ['title', 'inventory_number', 'year', 'medium', 'support', 'location', 'provenance', 'statement']

const searched = [
  ...saidOfWork.map(column => `a.${column}`),
  's.name',
  `(SELECT group_concat(concat_ws(' ', c.location, c.buyer, c.note), ' ') FROM artwork_copies c WHERE c.artwork_id = a.id)`,
]
const soldOf = (kind: CopyKey['kind']) =>
  `(SELECT count(*) FROM artwork_copies c WHERE c.artwork_id = a.id AND c.status = 'sold' AND c.kind = '${kind}')`

/** Works as they are shown: lists by keyset, and single ones. */
export function createArtworkLists(db: Db) {
  const statements = new Map<string, ReturnType<Db['prepare']>>()
  const tilesOf = createTilesById(db)
  const byId = db.prepare<[number], ArtworkRow & { series: string | null }>(
    `SELECT ${columns}, s.name AS series FROM artworks a LEFT JOIN series s ON s.id = a.series_id WHERE a.id = ?`,
  )
  const mediaOf = db.prepare<[number], { id: MediaId; role: MediaRole }>(
    'SELECT media_id AS id, role FROM artwork_media WHERE artwork_id = ? ORDER BY position, media_id',
  )
  const sources = db.prepare<[number], SourceRow>(
    'SELECT field, source, confidence FROM artwork_sources WHERE artwork_id = ?',
  )
  const counts = db.prepare<[], StatusCount>('SELECT status, count(*) AS count FROM artworks GROUP BY status')
  // Works of another status themselves.
  const copyCounts = db.prepare<[], StatusCount>(
    `SELECT c.status, count(DISTINCT c.artwork_id) AS count FROM artwork_copies c
       CROSS JOIN artworks a ON a.id = c.artwork_id AND a.status <> c.status GROUP BY c.status`,
  )
  const copiesOf = createCopiesOf(db)
  const ofMedia = db.prepare<[number], { id: ArtworkId; title: string; inventoryNumber: string; role: MediaRole }>(
    `SELECT a.id, a.title, a.inventory_number AS inventoryNumber, am.role
     FROM artwork_media am JOIN artworks a ON a.id = am.artwork_id WHERE am.media_id = ? ORDER BY a.id`,
  )

  function prepared(sql: string): ReturnType<Db['prepare']> {
    const known = statements.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  function tileOf(row: ListRow): ArtworkTile {
    const { title, year, medium, dimensions, edition, series, status, price, inventoryNumber } = fieldsOf(
      row,
      row.series,
    )
    const picture = row.mainId === null ? null : (tilesOf([row.mainId])[0] ?? null)
    const said = { title, year, medium, dimensions, edition, series, status, price, inventoryNumber }
    const tally = { listed: row.copyCount, sold: row.soldCount, soldProofs: row.soldProofCount }
    const copies = row.copyCount > 0 ? tally : null
    return { id: row.id, ...said, copies, mediaCount: row.mediaCount, picture }
  }

  /** The next work behind one in that order. */
  function idBehind(filter: ArtworkFilter, order: Order, id: ArtworkId): ArtworkId | null {
    const here = prepared(`SELECT ${keyOf(order)} AS key FROM artworks a WHERE a.id = ?`).get(id) as
      | Pick<ListRow, 'key'>
      | undefined
    if (!here) return null
    const { where, values } = conditionsOf(filter)
    where.push(behind(order, 'a.id'))
    const found = prepared(
      `SELECT a.id FROM artworks a LEFT JOIN series s ON s.id = a.series_id
       ${whereOf(where)} ORDER BY ${orderBy(order, 'a.id')} LIMIT 1`,
    ).get({ ...values, key: here.key, id }) as { id: ArtworkId } | undefined
    return found?.id ?? null
  }

  return {
    /** How many a list shows in all. */
    count(filter: ArtworkFilter): number {
      const { where, values } = conditionsOf(filter)
      const { count } = prepared(
        `SELECT count(*) AS count FROM artworks a LEFT JOIN series s ON s.id = a.series_id ${whereOf(where)}`,
      ).get(values) as { count: number }
      return count
    },

    /** At most `limit` behind the cursor (null: from the beginning). A cursor not of our making begins anew. */
    page(
      { filter, sort }: { filter: ArtworkFilter; sort: ArtworkSort },
      after: string | null,
      limit: number,
    ): { items: ArtworkTile[]; nextCursor: string | null } {
      const order = orders[sort]
      const cursor = after === null ? null : decodeCursor(after)
      const place = cursor !== null && (cursor[0] === null) === (order.key === null) ? cursor : null
      const { where, values } = conditionsOf(filter)
      if (place) where.push(behind(order, 'a.id'))
      const rows = prepared(
        `SELECT ${columns}, s.name AS series, ${keyOf(order)} AS key,
           (SELECT count(*) FROM artwork_media am WHERE am.artwork_id = a.id) AS mediaCount,
           (SELECT count(*) FROM artwork_copies c WHERE c.artwork_id = a.id) AS copyCount,
           ${soldOf('copy')} AS soldCount, ${soldOf('proof')} AS soldProofCount,
           (SELECT am.media_id FROM artwork_media am WHERE am.artwork_id = a.id
            ORDER BY am.role = 'main' DESC, am.position LIMIT 1) AS mainId
         FROM artworks a LEFT JOIN series s ON s.id = a.series_id
         ${whereOf(where)} ORDER BY ${orderBy(order, 'a.id')} LIMIT @limit`,
      ).all({
        limit: limit + 1,
        ...values,
        ...(place && { key: place[0], id: place[1] }),
      }) as ListRow[]
      const last = rows.slice(0, limit).at(-1)
      const nextCursor = rows.length > limit && last ? encodeCursor([last.key, last.id]) : null
      return { items: rows.slice(0, limit).map(tileOf), nextCursor }
    },

    /** Which works come before and behind one, also where it is not in the list any more. */
    beside({ filter, sort }: { filter: ArtworkFilter; sort: ArtworkSort }, id: ArtworkId) {
      const order = orders[sort]
      const backwards = { ...order, isDescending: !order.isDescending }
      return { previousId: idBehind(filter, backwards, id), nextId: idBehind(filter, order, id) }
    },

    get(id: ArtworkId): Artwork | null {
      const row = byId.get(id)
      if (!row) return null
      return {
        id,
        ...fieldsOf(row, row.series),
        seriesId: row.series_id,
        sources: sourcesOf(sources.all(id)),
        media: mediaOf.all(id).flatMap(({ id: mediaId, role }) => {
          const [media] = tilesOf([mediaId])
          return media ? [{ media, role }] : []
        }),
        copies: copiesOf(id),
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      }
    },

    /** A work is counted under each status that it has or one of its copies. */
    counts(): { total: number; byStatus: Record<ArtworkStatus, number> } {
      const [own, ofCopies] = [counts.all(), copyCounts.all()]
      const countOf = (status: ArtworkStatus): number =>
        [...own, ...ofCopies].reduce((sum, each) => (each.status === status ? sum + each.count : sum), 0)
      const byStatus = Object.fromEntries(artworkStatuses.map(status => [status, countOf(status)]))
      return { total: own.reduce((sum, { count }) => sum + count, 0), byStatus: byStatus as never }
    },

    ofMedia: (mediaId: MediaId) => ofMedia.all(mediaId),
  }
}

const keyOf = (order: Order): string => order.key?.replace(' COLLATE NOCASE', '') ?? 'NULL'

/** What a filter asks for, as parts of a WHERE and their values. */
function conditionsOf({ status, seriesId, text }: ArtworkFilter): { where: string[]; values: Record<string, unknown> } {
  const words = (text ?? '').split(/\s+/).filter(Boolean).slice(0, 8)
  const searchedText = `lower(concat_ws(' ', ${searched}))`
  return {
    where: [
      ...(status
        ? [
            `(a.status = @status OR EXISTS (SELECT 1 FROM artwork_copies c WHERE c.artwork_id = a.id AND c.status = @status))`,
          ]
        : []),
      ...(seriesId ? ['a.series_id = @seriesId'] : []),
      ...words.map((_, i) => `instr(${searchedText}, @word${i}) > 0`),
    ],
    values: {
      ...(status && { status }),
      ...(seriesId && { seriesId }),
      ...Object.fromEntries(words.map((word, i) => [`word${i}`, asciiLower(word)])),
    },
  }
}

const whereOf = (where: readonly string[]): string => (where.length > 0 ? `WHERE ${where.join(' AND ')}` : '')

/** As SQLite's `lower` does it. */
const asciiLower = (text: string): string => text.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase())
