import type { Section } from '../../shared/media.ts'
import type { Db } from './database.ts'

/** What every picture belongs to. */
export interface Groups {
  /** By id, the number of its group: from 1 on; 0 where it belongs to none. */
  groupOf: Uint32Array
  /** In their order, the first of them is number 1. */
  named: Omit<Section, 'count'>[]
}

/** Longer than any date that begins like it. */
const behindAllOf = (date: string): string => `${date}~`

/**
 * Groups of all pictures, by an index each that has them in order. What is read of a million rows are ids alone: with which
 * of them a group begins is looked up from the one before.
 */
export function createGroups(db: Db) {
  const idsByDate = db
    .prepare<[], number>('SELECT m.id FROM media m WHERE m.facets IS NOT NULL ORDER BY m.taken_on, m.id')
    .pluck()
  const nextDate = db.prepare<[string], { takenOn: string; id: number }>(
    `SELECT m.taken_on AS takenOn, m.id FROM media m WHERE m.facets IS NOT NULL AND m.taken_on >= ?
     ORDER BY m.taken_on, m.id LIMIT 1`,
  )
  const idsBySync = db
    .prepare<[], number>('SELECT m.id FROM media m WHERE m.facets IS NOT NULL ORDER BY m.sync_id, m.id')
    .pluck()
  const nextSync = db.prepare<[number], { syncId: number; id: number }>(
    `SELECT m.sync_id AS syncId, m.id FROM media m WHERE m.facets IS NOT NULL AND m.sync_id > ?
     ORDER BY m.sync_id, m.id LIMIT 1`,
  )
  const syncById = db.prepare<[number], { name: string; startedAt: string }>(
    'SELECT d.name, s.started_at AS startedAt FROM syncs s JOIN folders d ON d.id = s.folder_id WHERE s.id = ?',
  )
  const idsByDirectory = db
    .prepare<[], number>(
      'SELECT media_id FROM files WHERE media_id IS NOT NULL ORDER BY folder_id, directory, media_id',
    )
    .pluck()
  // Counted, since one picture may be several files, the first of another directory among them.
  const directories = db.prepare<[], Directory & { count: number }>(
    `SELECT folder_id AS folderId, directory, count(*) AS count FROM files WHERE media_id IS NOT NULL
     GROUP BY folder_id, directory ORDER BY folder_id, directory`,
  )
  const ownDirectory = db.prepare<[number], Directory>(
    `SELECT f.folder_id AS folderId, f.directory FROM media m
     JOIN files f ON f.folder_id = m.folder_id AND f.source_id = m.source_id WHERE m.id = ?`,
  )
  const folderNames = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM folders')
  const lastId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM media').pluck()
  /** One state of the library: what an import adds meanwhile is in none of the questions. */
  const atOnce = <T>(read: () => T): T => db.transaction(read)()

  const noGroups = (): Uint32Array => new Uint32Array((lastId.get() ?? 0) + 1)

  /** Groups with one of these each, of ids in their order. What comes before the first has none. */
  function beginningWith(firstIds: readonly number[], ids: readonly number[]): Uint32Array {
    const groupOf = noGroups()
    let group = 0
    for (const id of ids) {
      if (firstIds[group] === id) group++
      groupOf[id] = group
    }
    return groupOf
  }

  function byDate(length: number): Groups {
    const dates: string[] = []
    const firstIds: number[] = []
    for (let row = nextDate.get(''); row; row = nextDate.get(behindAllOf(dates.at(-1) ?? ''))) {
      dates.push(row.takenOn.slice(0, length))
      firstIds.push(row.id)
    }
    const named = dates.map(date => ({ key: date, name: date, startedAt: null }))
    return { groupOf: beginningWith(firstIds, idsByDate.all()), named }
  }

  function bySync(): Groups {
    const syncIds: number[] = []
    const firstIds: number[] = []
    for (let row = nextSync.get(0); row; row = nextSync.get(row.syncId)) {
      syncIds.push(row.syncId)
      firstIds.push(row.id)
    }
    // One that found nothing in the end is not kept: others had taken over its files.
    const named = syncIds.map(id => ({ key: `${id}`, ...(syncById.get(id) ?? { name: '', startedAt: null }) }))
    return { groupOf: beginningWith(firstIds, idsBySync.all()), named }
  }

  function byDirectory(): Groups {
    const found = directories.all()
    const numberOf = new Map(found.map((directory, i) => [keyOf(directory), i + 1]))
    const groupOf = noGroups()
    const elsewhereToo: number[] = []
    const ids = idsByDirectory.all()
    let end = 0
    for (const [i, { count }] of found.entries()) {
      const start = end
      end += count
      for (const id of ids.slice(start, end)) {
        if (groupOf[id] !== 0) elsewhereToo.push(id)
        groupOf[id] = i + 1
      }
    }
    // Of several files with the same bytes the picture lies where the inspector says.
    for (const id of elsewhereToo) {
      const own = ownDirectory.get(id)
      if (own) groupOf[id] = numberOf.get(keyOf(own)) ?? 0
    }
    return inOrderOfNames(groupOf, found)
  }

  /** By what they are called and not by the bytes of that: `Page 2` before `Page 10`. */
  function inOrderOfNames(groupOf: Uint32Array, found: readonly Directory[]): Groups {
    const names = new Map(folderNames.all().map(({ id, name }) => [id, name]))
    const ways = found.map(({ folderId, directory }) => [
      names.get(folderId) ?? '',
      ...directory.split('/').filter(part => part !== ''),
    ])
    const order = found.map((_, i) => i)
    order.sort((a, b) => compareWays(ways[a] as string[], ways[b] as string[]) || a - b)
    const numbers = new Uint32Array(order.length + 1)
    for (const [place, i] of order.entries()) numbers[i + 1] = place + 1
    const named = order.map(i => ({
      key: keyOf(found[i] as Directory),
      name: (ways[i] as string[]).join(' / '),
      startedAt: null,
    }))
    return { groupOf: groupOf.map(group => numbers[group] as number), named }
  }

  return {
    day: () => atOnce(() => byDate(10)),
    month: () => atOnce(() => byDate(7)),
    year: () => atOnce(() => byDate(4)),
    folder: () => atOnce(byDirectory),
    sync: () => atOnce(bySync),
  }
}

interface Directory {
  folderId: number
  /** Below it, with the last `/`. */
  directory: string
}

const keyOf = ({ folderId, directory }: Directory): string => `${folderId}:${directory}`

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compareWays(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const comparison = collator.compare(a[i] as string, b[i] as string)
    if (comparison !== 0) return comparison
  }
  return a.length - b.length
}
