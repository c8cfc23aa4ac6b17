import type { Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { addPicture, listFiles, measure, openBeside, openTestLibrary, sha256Of, syncOf } from '../../support/library.ts'
import { answersOf } from '../../support/library-lists.ts'

/** Counts of every facet, told from the facets of each picture, are those that are kept; search holds the same. */
function expectInStep(db: Database): void {
  const shown = db
    .prepare<[], { id: number; status: string; missing: string | null; facets: string }>(
      'SELECT id, processing_status AS status, missing_since AS missing, facets FROM media WHERE facets IS NOT NULL ORDER BY id',
    )
    .all()
  const counted = new Map<string, number>()
  for (const { facets } of shown) for (const term of facets.split(' ')) counted.set(term, (counted.get(term) ?? 0) + 1)
  const kept = db.prepare<[], [string, number]>('SELECT term, count FROM facet_counts WHERE count <> 0').raw().all()
  expect(new Map(kept)).toEqual(counted)
  const find = db
    .prepare<[string], number>('SELECT rowid FROM media_search WHERE media_search MATCH ? ORDER BY rowid')
    .pluck()
  for (const term of counted.keys()) {
    const holders = shown.filter(({ facets }) => facets.split(' ').includes(term)).map(({ id }) => id)
    expect(find.all(`facets : ${term}`), term).toEqual(holders)
  }
  for (const { status, missing, facets } of shown) {
    expect(facets.split(' ')).toContain(`x${status}`)
    expect(facets.split(' ').includes('zmissing')).toBe(missing !== null)
  }
  const statuses = db
    .prepare<[], [string, number]>('SELECT status, count FROM status_counts WHERE count <> 0')
    .raw()
    .all()
  const counts = db
    .prepare<[], [string, number]>('SELECT processing_status, count(*) FROM media GROUP BY 1')
    .raw()
    .all()
  expect(new Map(statuses)).toEqual(new Map(counts))
}

/** Repeatable, so that a failure can be looked into. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const names = Array.from({ length: 12 }, (_, i) => `${i}.png`)
const tags = ['ink', 'night', 'boat', 'sky']
const colours = ['red', 'blue', 'navy'] as const

/** One import of a random part of the files with random contents, each of which ends in a random way. */
function importAtRandom(library: Library, random: (below: number) => number, round: number, check: () => void): void {
  const { syncId } = syncOf(library)
  const listed = names.filter(() => random(3) > 0)
  const fileIds = listFiles(library, listed, undefined, round)
  for (const fileId of fileIds.toSorted(() => random(2) - 0.5)) {
    const content = { sha256: sha256Of(`${random(8)}`), sizeBytes: random(100), modifiedMs: round }
    const end = random(10)
    if (end === 0) library.endings.failFile(fileId, 'unreadable')
    if (end === 1 || end === 0) continue
    const claim = library.claiming.claim(fileId, content)
    check()
    if (claim.kind === 'settled' || end === 2) continue
    if (end === 3) library.endings.failFile(fileId, 'corrupt')
    else if (end === 4) library.endings.dismissFile(fileId)
    else {
      const given = { takenOn: `202${random(4)}-01-0${1 + random(3)}T10:00:00`, colours: [colours[random(3)] as 'red'] }
      measure(library, claim.mediaId, content.sha256, { ...given, tags: tags.filter(() => random(2) === 0) })
      library.finish(fileId, claim.mediaId)
    }
  }
  if (random(3) === 0) library.endings.reopenFailed(syncId, null)
  if (random(4) === 0) {
    library.syncs.setState(syncId, 'cancelled')
    library.endings.cancelPending(syncId)
    return
  }
  for (const id of library.files.pendingIds(syncId, 0, -1)) library.endings.failFile(id, 'vanished')
  library.recording.recordPage(syncId, 1, { files: [], cursor: null })
  library.closing.closeIfDone(syncId)
}

test.for([1, 2, 3, 4, 5, 6])(
  'facet counts, search and statuses stay in step through random imports (%i)',
  async seed => {
    const library = await openTestLibrary()
    const db = openBeside(library)
    const random = createRandom(seed)
    for (let round = 1; round <= 12; round++) {
      importAtRandom(library, random, round, () => expectInStep(db))
      expectInStep(db)
    }
    expect(library.records.countShown()).toBe(
      db.prepare('SELECT count(*) FROM media WHERE facets IS NOT NULL').pluck().get(),
    )
    expect(library.records.countMissing()).toBe(
      db.prepare('SELECT count(*) FROM media WHERE missing_since IS NOT NULL').pluck().get(),
    )
    expect(
      db.prepare('SELECT count(*) FROM media WHERE facets IS NULL AND missing_since IS NOT NULL').pluck().get(),
    ).toBe(0)
    expect(db.pragma('foreign_key_check')).toEqual([])
  },
)

test('facets of everything and of a filter are counted alike', async () => {
  const library = await openTestLibrary()
  addPicture(library, { path: '1.png', tags: ['ink', 'night'], colours: ['blue'], takenOn: '2021-01-01T10:00:00' })
  addPicture(library, { path: '2.png', tags: ['ink'], colours: ['blue', 'red'], takenOn: '2023-01-01T10:00:00' })
  addPicture(library, { path: '3.png', failure: 'corrupt', takenOn: '2023-01-01T10:00:00' })
  const answers = answersOf(library)
  expect(answers.facets({})).toEqual({
    isSampled: false,
    tags: [
      { value: 'ink', count: 2 },
      { value: 'night', count: 1 },
    ],
    colours: [
      { value: 'red', count: 1 },
      { value: 'blue', count: 2 },
    ],
    years: [
      { value: '2023', count: 2 },
      { value: '2021', count: 1 },
    ],
    statuses: [
      { value: 'completed', count: 2 },
      { value: 'failed', count: 1 },
    ],
    sources: [{ value: 'folder', count: 3 }],
    types: [{ value: 'png', count: 3 }],
    kinds: [{ value: 'image', count: 3 }],
    ratings: [],
    flags: [],
    labels: [],
    style: [],
    mood: [],
    subject: [],
    medium: [],
    series: [],
  })
  expect(answers.facets({ folderId: 1 })).toEqual(answers.facets({}))
  expect(answers.facets({ colours: ['red'] })).toMatchObject({
    tags: [{ value: 'ink', count: 1 }],
    years: [{ value: '2023', count: 1 }],
  })
  expect(answers.facets({ tags: ['nowhere'] })).toMatchObject({ isSampled: false, tags: [], statuses: [] })
})

test('tags are suggested by their beginning, most used first', async () => {
  const library = await openTestLibrary()
  addPicture(library, { path: '1.png', tags: ['boat', 'border', 'ärmel'] })
  addPicture(library, { path: '2.png', tags: ['border'] })
  const { suggestTags } = answersOf(library)
  expect(suggestTags('bo', 10)).toEqual([
    { value: 'border', count: 2 },
    { value: 'boat', count: 1 },
  ])
  expect(suggestTags(' BOA', 10)).toEqual([{ value: 'boat', count: 1 }])
  expect(suggestTags('Är', 10)).toEqual([{ value: 'ärmel', count: 1 }])
  expect(suggestTags('b', 1)).toHaveLength(1)
  expect(suggestTags('%', 10)).toEqual([])
})
