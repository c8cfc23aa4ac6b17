import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createChangeFeed } from '../../src/main/library/changes.ts'
import { openDatabase } from '../../src/main/library/database.ts'
import { createFiling } from '../../src/main/library/filing.ts'
import { openLibrary } from '../../src/main/library/index.ts'
import { createMedia, type PictureRecord } from '../../src/main/library/media.ts'
import { migrations } from '../../src/main/library/migrations/index.ts'
import { colourNames } from '../../src/shared/colours.ts'

/** Words as unevenly used as those of a language: the n-th is used about 1/n as often as the first (Zipf). */
const vocabulary = Array.from({ length: 20_000 }, (_, i) => wordOf(i))
const tagNames = Array.from({ length: 3_000 }, (_, i) => `tag${i.toString(36)}`)
export const rowCount = 1_000_000
const rowsPerTransaction = 1_000

/** Words of two to five syllables that begin as differently as those of a language do. */
function wordOf(n: number): string {
  const consonants = 'bdfgklmnprst'
  const vowels = 'aeiou'
  let rest = (n * 7919) % 1_000_003
  let word = ''
  for (let syllable = 0; syllable < 2 + (n % 4); syllable++) {
    word += consonants.charAt(rest % 12) + vowels.charAt(Math.floor(rest / 12) % 5)
    rest = Math.floor(rest / 60) + syllable * 17 + n
  }
  return word
}

/** A seeded generator (mulberry32), so that every run measures the same rows. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Index below `count`, the small ones far more often. */
function zipf(random: () => number, count: number): number {
  return Math.min(count - 1, Math.floor(count ** random()) - 1)
}

/** A library of so many rows. Filling it takes minutes, so it is kept for the next run while its schema is the same. */
export async function millionRows(count = rowCount): Promise<string> {
  const folder = join(tmpdir(), `burg-ink-bench-${count === rowCount ? 'million' : count}`)
  const mark = join(folder, 'filled')
  const schema = createHash('sha256').update(migrations.join()).update(String(count)).digest('hex')
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== schema) {
    rmSync(folder, { recursive: true, force: true })
    console.error(`filling a library with ${count.toLocaleString()} rows: this takes some minutes …`)
    await fillLibrary(folder, count)
    writeFileSync(mark, schema)
  }
  await checkOnce(folder)
  return folder
}

/** The daily check reads all of the database. It is let finish first, and leaves the disk's cache as warm as it is in use. */
async function checkOnce(folder: string): Promise<void> {
  rmSync(join(folder, 'library.checked'), { force: true })
  const library = await openLibrary(folder)
  while (!existsSync(library.layout.checkMark)) await setTimeout(200)
  await library.close()
}

/** A library of `count` completed pictures with a 30-word description and eight tags each, written by the library's own code. */
export async function fillLibrary(folder: string, count: number): Promise<void> {
  await (await openLibrary(folder)).close()
  const db = openDatabase(join(folder, 'library.db'))
  db.pragma('synchronous = OFF')
  const media = createMedia(db, createFiling(db), createChangeFeed())
  const insert = db.prepare(
    `INSERT INTO media (user_id, folder_id, source, source_id, filename, mime_type, size, sha256)
     VALUES (1, ?, 'folder', ?, ?, 'image/jpeg', ?, ?) RETURNING id`,
  )
  const insertFile = db.prepare(
    `INSERT INTO files (folder_id, source_id, path, size, modified_ms, is_read, media_id, sync_id, outcome)
     VALUES (?, ?, ?, ?, ?, 1, ?, 1, 'imported')`,
  )
  for (let f = 1; f <= 20; f++) {
    db.prepare('INSERT INTO folders (user_id, source, root, name) VALUES (1, ?, ?, ?)').run(
      'folder',
      `/f${f}`,
      `Folder ${f}`,
    )
  }
  db.prepare(
    `INSERT INTO syncs (user_id, folder_id, state, is_listed, started_at, found, imported) VALUES (1, 1, 'completed', 1, ?, ?, ?)`,
  ).run(new Date().toISOString(), count, count)
  const random = seeded(7)
  const fillSome = db.transaction((from: number, to: number) => {
    for (let n = from; n < to; n++) addPicture(n)
  })

  function addPicture(n: number): void {
    const folderId = 1 + Math.floor(random() * 20)
    const filename = `${vocabulary[zipf(random, vocabulary.length)]}-${n}.jpg`
    const path = `${vocabulary[zipf(random, 500)]}/${filename}`
    const size = Math.floor(random() * 20_000_000)
    const sha256 = n.toString(16).padStart(64, '0')
    const { id } = insert.get(folderId, path, filename, size, sha256) as { id: number }
    insertFile.run(folderId, path, path, size, n, id)
    media.recordPicture(id, pictureRecord(random, sha256))
    const tags = new Set(Array.from({ length: 8 }, () => tagNames[zipf(random, tagNames.length)] as string))
    const description = Array.from({ length: 30 }, () => vocabulary[zipf(random, vocabulary.length)]).join(' ')
    media.recordAnalysis(id, {
      analyser: 'bench',
      version: '1',
      failure: null,
      result: { description, tags: [...tags], content: '' },
      tags: [...tags].map(name => ({ name, origin: 'model', confidence: 0.5 })),
    })
    media.complete(id)
  }

  for (let from = 0; from < count; from += rowsPerTransaction)
    fillSome(from, Math.min(count, from + rowsPerTransaction))
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.exec('ANALYZE')
  db.close()
}

function pictureRecord(random: () => number, sha256: string): PictureRecord {
  const colour = () => ({ name: colourNames[zipf(random, colourNames.length)] as string, hex: '#808080', share: 0.3 })
  const year = 1990 + Math.floor(random() * 36)
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0')
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0')
  return {
    sha256,
    mimeType: 'image/jpeg',
    width: 4000,
    height: 3000,
    placeholder: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
    meanColour: '#808080',
    fingerprint: '0123456789abcdef',
    takenOn: `${year}-${month}-${day}T12:00:00`,
    previewBytes: 100_000,
    thumbnailBytes: 10_000,
    metadata: {
      palette: [colour(), colour(), colour()],
      light: { brightness: 0.5, contrast: 0.2, colourfulness: 0.1 },
      frameCount: 1,
      hasAlpha: false,
      keywords: [],
    },
  }
}

export { tagNames, vocabulary }
