import { expect, test } from 'vitest'
import { createFiling } from '../../../src/main/library/filing.ts'
import type { Library } from '../../../src/main/library/index.ts'
import { finding } from '../../../src/main/library/migrations/0009-finding.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'
import { allPages, answersOf } from '../../support/library-lists.ts'

interface Facts {
  sizeBytes?: number
  mimeType?: string
  palette?: { name: string; hex: string; share: number }[]
  result?: Record<string, unknown>
  marks?: { flag?: string; rating?: number; label?: string }
  addedAt?: string
  missing?: boolean
}

/** A picture of which more is known than an import in a test finds out. */
function know(library: Library, id: number, facts: Facts): void {
  const db = openBeside(library)
  const { sizeBytes, mimeType, palette, result, marks, addedAt, missing } = facts
  const set = (column: string, value: unknown) =>
    db.prepare(`UPDATE media SET ${column} = ? WHERE id = ?`).run(value, id)
  if (sizeBytes !== undefined) set('size', sizeBytes)
  if (mimeType) set('mime_type', mimeType)
  if (palette) set('metadata', JSON.stringify({ palette, title: 'A title' }))
  if (result) set('ai_analysis', JSON.stringify({ description: '', tags: [], content: '', ...result }))
  if (addedAt) set('created_at', addedAt)
  if (missing) set('missing_since', '2026-01-01')
  if (marks)
    db.prepare('INSERT INTO marks (media_id, flag, rating, label) VALUES (?, ?, ?, ?)').run(
      id,
      marks.flag ?? null,
      marks.rating ?? null,
      marks.label ?? null,
    )
  createFiling(db).refile(id)
}

/** Five pictures, each of another kind, and one that waits. */
async function makeLibrary() {
  const library = await openTestLibrary()
  const boat = addPicture(library, {
    path: 'red boat.png',
    tags: ['boat', 'evening light'],
    colours: ['blue'],
    takenOn: '2021-03-14T10:00:00',
    description: 'A boat at rest',
  })
  const barn = addPicture(library, {
    path: 'red barn.png',
    tags: ['barn', 'boathouse'],
    takenOn: '2022-07-01T10:00:00',
  })
  const study = addPicture(library, { path: 'study.svg', colours: ['green', 'red'], takenOn: '2022-12-31T10:00:00' })
  const film = addPicture(library, { path: 'film.mp4', takenOn: '2024-02-29T10:00:00' })
  const torn = addPicture(library, { path: 'torn.jpg', failure: 'corrupt' })
  know(library, boat, {
    sizeBytes: 12_345_678,
    result: {
      description: 'A boat at rest',
      style: 'Ink Drawing',
      mood: 'calm',
      subjects: ['boat', 'water'],
      medium: 'ink',
      series: 'Harbours',
    },
    marks: { flag: 'picked', rating: 4, label: 'red' },
  })
  know(library, barn, {
    sizeBytes: 400_000,
    result: { style: 'ink wash', mood: 'calm', subjects: ['barn'] },
    marks: { flag: 'rejected', rating: 2 },
    addedAt: '2020-01-01 10:00:00',
  })
  know(library, study, {
    sizeBytes: 999_999,
    mimeType: 'image/svg+xml',
    palette: [{ name: 'red', hex: '#aa3311', share: 0.6 }],
    missing: true,
  })
  know(library, film, { sizeBytes: 2_000_000_000, mimeType: 'video/quicktime' })
  const answers = answersOf(library)
  const nameOf = new Map([
    [boat, 'boat'],
    [barn, 'barn'],
    [study, 'study'],
    [film, 'film'],
    [torn, 'torn'],
  ])
  const find = (text: string) =>
    allPages(answers, { filter: { text }, sort: 'oldest' }, 2)
      .map(({ id }) => nameOf.get(id))
      .join(' ')
  return { library, answers, find }
}

const all = 'boat barn study film torn'

test('every key finds what it says, and its opposite the rest', async () => {
  const { find } = await makeLibrary()
  const asked: [text: string, found: string][] = [
    ['', all],
    ['red ', 'boat barn'],
    ['"red barn" ', 'barn'],
    ['"barn red" ', ''],
    ['red -barn ', 'boat'],
    ['-red ', 'study film torn'],
    ['tag:boat ', 'boat'],
    ['tag:boa', 'boat barn'],
    ['tag:boat* ', 'boat barn'],
    ['tag:"Evening  light" ', 'boat'],
    ['tag:barn,boat ', 'boat barn'],
    ['-tag:boat ', 'barn study film torn'],
    ['tag:nothing ', ''],
    ['color:blue ', 'boat'],
    ['color:blue,red ', 'boat study'],
    ['color:#aa3311 ', 'study'],
    ['color:#b03a1a~5 ', 'study'],
    ['color:#3311aa ', ''],
    ['color:#8f4a3a~30 ', 'boat study'],
    ['style:"ink drawing" ', 'boat'],
    ['style:ink* ', 'boat barn'],
    ['style:ink ', ''],
    ['mood:Calm ', 'boat barn'],
    ['subject:water,barn ', 'boat barn'],
    ['medium:ink series:harbours ', 'boat'],
    ['rating:4 ', 'boat'],
    ['rating:>=2 ', 'boat barn'],
    ['rating:<4 ', 'barn study film torn'],
    ['rating:0 ', 'study film torn'],
    ['label:red ', 'boat'],
    ['date:2022 ', 'barn study'],
    ['date:2021-03..2022-07 ', 'boat barn'],
    ['date:>2022-07-01 date:<2024 ', 'study torn'],
    ['size:>10mb ', 'boat film'],
    ['size:<400kb ', 'torn'],
    ['size:400kb..1mb ', 'barn study'],
    ['size:>1gb ', 'film'],
    ['type:svg,mov ', 'study film'],
    ['type:video ', 'film'],
    ['-type:video type:image ', 'boat barn study torn'],
    ['status:failed ', 'torn'],
    ['status:done ', 'boat barn study film'],
    ['source:folder ', all],
    ['source:drive ', ''],
    ['is:picked ', 'boat'],
    ['is:rejected ', 'barn'],
    ['is:picked,rejected ', 'boat barn'],
    ['is:unflagged ', 'study film torn'],
    ['is:to-review ', 'study film'],
    ['is:new ', 'boat study film torn'],
    ['is:missing ', 'study'],
    ['is:failed ', 'torn'],
    ['has:description ', 'boat'],
    ['has:title ', 'study'],
    ['has:tags ', 'boat barn'],
    ['-has:tags ', 'study film torn'],
    ['has:rating ', 'boat barn'],
    ['has:label ', 'boat'],
    ['has:flag -is:rejected ', 'boat'],
  ]
  const found = asked.map(([text]) => [text, find(text)])
  expect(found).toEqual(asked)
})

test('a term that cannot be read filters nothing, and the others still do', async () => {
  const { find } = await makeLibrary()
  expect(find('colr:red boat ')).toBe('boat')
  expect(find('size:huge')).toBe(all)
  expect(find('-colr:red')).toBe(all)
})

test('typed terms hold beside the filters of an address, and count for the facets', async () => {
  const { answers } = await makeLibrary()
  const idsOf = (filter: object) =>
    answers.page({ filter, sort: 'oldest' }, null, 10).items.map(({ filename }) => filename)
  expect(idsOf({ text: 'mood:calm', tags: ['barn'] })).toEqual(['red barn.png'])
  const facets = answers.facets({ text: 'mood:calm' })
  expect(facets).toMatchObject({
    style: [
      { value: 'ink drawing', count: 1 },
      { value: 'ink wash', count: 1 },
    ],
    mood: [{ value: 'calm', count: 2 }],
    ratings: [
      { value: '4', count: 1 },
      { value: '2', count: 1 },
    ],
    labels: [{ value: 'red', count: 1 }],
    flags: [
      { value: 'picked', count: 1 },
      { value: 'rejected', count: 1 },
    ],
  })
  expect(answers.facets({})).toMatchObject({ mood: facets.mood, style: facets.style, ratings: facets.ratings })
  expect(answers.facets({}).kinds).toEqual([
    { value: 'image', count: 4 },
    { value: 'video', count: 1 },
  ])
  expect(answers.suggestValues('style', 'INK', 10)).toEqual(facets.style)
  expect(answers.suggestValues('mood', 'ink', 10)).toEqual([])
})

test('what waits is listed by its typed status alone', async () => {
  const { library, answers } = await makeLibrary()
  openBeside(library)
    .prepare(
      `INSERT INTO media (user_id, source, filename, mime_type, processing_status) VALUES (1, 'folder', 'later.png', 'image/png', 'pending')`,
    )
    .run()
  const names = (text: string) =>
    answers.page({ filter: { text }, sort: 'newest' }, null, 10).items.map(({ filename }) => filename)
  expect(names('status:waiting')).toEqual(['later.png'])
  expect(names('colr:x status:waiting')).toEqual(['later.png'])
  expect(names('status:waiting later')).toEqual([])
  expect(names('-status:waiting')).toHaveLength(5)
})

test('the widest ranges and the longest lists are still one question', async () => {
  const { find } = await makeLibrary()
  expect(find(`color:${Array.from({ length: 20 }, (_, i) => `#${i % 10}${i % 7}f~30`).join(',')} `)).not.toBe(undefined)
  expect(find('date:1800-01-02..2199-12-30 ')).toBe('boat barn study film torn')
  expect(find(`${'-date:2021-01-02..2021-12-30 '.repeat(17)}`)).toBe('barn study film torn')
  expect(find(`${'-x '.repeat(160)}`)).toBe(all)
})

test('an older library is filed anew beside everything else, and then found by what is new', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'old.png', sizeBytes: 5_000_000 })
  await library.close()
  const db = openBeside(library)
  // As it was filed before.
  db.prepare('DELETE FROM media_search WHERE rowid = ?').run(id)
  db.prepare(`INSERT INTO media_search (rowid, filename, facets) VALUES (?, 'old.png', 'xcompleted sfolder')`).run(id)
  db.prepare(`UPDATE media SET facets = 'xcompleted sfolder' WHERE id = ?`).run(id)
  db.exec('DELETE FROM facet_counts; DROP TABLE filed_values')
  // As the migration does it, whatever came after it.
  db.exec(finding)
  db.close()
  const again = await openTestLibrary(library.layout.folder)
  const answers = answersOf(again)
  const count = () => answers.countUpTo({ filter: { text: 'size:5mb..6mb type:png' } }, 10)
  await expect.poll(count).toBe(1)
})
