import type { Database } from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type Answers, createAnswers } from '../../src/main/library/asking.ts'
import { openDatabaseForReading } from '../../src/main/library/database.ts'
import { terms } from '../../src/main/library/filing-terms.ts'
import type { Library } from '../../src/main/library/index.ts'
import type { MediaFilter, MediaGroup, MediaSort, MediaTile } from '../../src/shared/media.ts'
import { openBeside } from './library.ts'

/** The lists of a library as it is now, over a connection of their own, as the asking thread has them. */
export function answersOf(library: Library): Answers {
  const db = openDatabaseForReading(library.layout.database)
  onTestFinished(() => void db.close())
  return createAnswers(db)
}

/** Every page of a list one after the other. */
export function allPages(
  answers: Answers,
  view: { filter: MediaFilter; sort: MediaSort; group?: MediaGroup; isWhole?: boolean },
  limit: number,
): MediaTile[] {
  const tiles: MediaTile[] = []
  let after: string | null = null
  do {
    const page: ReturnType<Answers['page']> = answers.page(view, after, limit)
    tiles.push(...page.items)
    after = page.nextCursor
    if (tiles.length > 100_000) throw new Error('The list does not end')
  } while (after !== null)
  return tiles
}

/** The same list, page by page from the cursors of its index. */
export function pagesOfIndex(
  answers: Answers,
  view: { filter: MediaFilter; sort: MediaSort; group?: MediaGroup; isWhole?: boolean },
  pageSize: number,
): { total: number; pages: MediaTile[][] } {
  const { total, cursors } = answers.index(view, pageSize)
  return { total, pages: cursors.map(cursor => answers.page(view, cursor, pageSize).items) }
}

/**
 * Many completed pictures at once, written beside the app: each under the tag `many`, every third under `third`. Sizes,
 * names and dates repeat.
 */
export function addMany(library: Library, count: number): void {
  const db: Database = openBeside(library)
  db.transaction(() => {
    const tagId = (name: string) =>
      db.prepare<[string], number>('INSERT INTO tags (name) VALUES (?) RETURNING id').pluck().get(name) as number
    const [many, third] = [tagId('many'), tagId('third')]
    const media = db.prepare(
      `INSERT INTO media (user_id, source, source_id, filename, mime_type, size, taken_on, processing_status, sha256, facets)
       VALUES (1, 'folder', ?, ?, 'image/png', ?, ?, 'completed', ?, ?)`,
    )
    const search = db.prepare(
      `INSERT INTO media_search (rowid, filename, title, description, tags, path, facets) VALUES (?, ?, '', '', 'many', '', ?)`,
    )
    for (let i = 0; i < count; i++) {
      const year = 2000 + (i % 20)
      const facets = [terms.status('completed'), terms.source('folder'), terms.date(`${year}`), terms.tag(many)]
      if (i % 3 === 0) facets.push(terms.tag(third))
      const filename = `${i % 2 === 0 ? 'IMG' : 'img'}_${(i * 7919) % 500}.png`
      const taken = `${year}-05-14T10:00:00`
      const { lastInsertRowid } = media.run(`${i}.png`, filename, (i * 31) % 700, taken, `${i}`, facets.join(' '))
      search.run(lastInsertRowid, filename, facets.join(' '))
    }
  })()
}
