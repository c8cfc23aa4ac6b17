import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importFolder, makePictures, mediaIdOf, put, query, startApp, type TestApp } from '../support/app.ts'
import { importPreviewed, openTable, previewTable, rowsOf, shortly, untilDone } from '../support/tables.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

/** Every row that a person's command may write, to be compared. */
function everything(app: TestApp) {
  const all = (table: string, columns = '*') => query(app, `SELECT ${columns} FROM ${table} ORDER BY 1, 2, 3`)
  return {
    works: all('artworks'),
    pictures: all('artwork_media'),
    words: all('words'),
    rejections: all('rejections'),
    tags: all('media_tags'),
    listed: all('media', 'id, tags, filename'),
    marks: all('marks'),
  }
}

const undoTitle = async (app: TestApp) => (await app.handlers['history.state']({})).undo

async function startWithPictures() {
  const app = await startApp()
  const folder = await makePictures({ 'barn.png': 1, 'a/boat.png': 2, 'a/twin.png': 3, 'b/twin.png': 4 })
  const { entries } = await importFolder(app, folder)
  return { app, folder, idOf: (path: string) => mediaIdOf(entries, path) }
}

async function works(app: TestApp) {
  const { items } = await app.handlers['artworks.list']({ filter: {}, sort: 'number', after: null, limit: 200 })
  return Promise.all(items.map(({ id }) => app.handlers['artworks.get']({ id })))
}

/** Windows-1252, semicolons, decimal commas: what Excel saves in Germany. */
const germanTable = Buffer.from(
  [
    'Inventar-Nr.;Titel;Jahr;Technik;Höhe (cm);Breite (cm);Preis;Status;Standort;Bild;Provenienz',
    '2024-001;Träume;2024;Öl auf Leinwand;50,5;70;\x80 1.200,\x96;verkauft;Köln;barn.png;"Sammlung Müller;\r\nseit 2024"',
    '2024-002;Möwe;um 1998;Kohle;30;;450 CHF;verfügbar;;twin.png;',
    '2024-003;Fähre;bald;Kohle;30;20;;;;;',
    '2024-004;Gasse;2020;Kohle;30;20;1.200,50;reserviert;;a\\twin.png;',
  ].join('\r\n'),
  'latin1',
)

test('a table of Excel in Germany becomes works, all at once, and one step takes them back, also after a restart', async () => {
  const { app, idOf } = await startWithPictures()
  const { table, work, rows } = await previewTable(app, germanTable)
  expect(table).toMatchObject({ encoding: 'windows-1252', isEncodingGuessed: true, delimiter: ';', subject: 'works' })
  expect(table.columns.map(({ target }) => target)).toEqual([
    'inventoryNumber',
    'title',
    'year',
    'medium',
    'height',
    'width',
    'price',
    'status',
    'location',
    'pictures',
    'provenance',
  ])
  expect(shortly(rows)).toEqual([
    '2 new 2024-001 · Träume',
    '4 ambiguous 2024-002 · Möwe',
    '5 refused Fähre',
    '6 new 2024-004 · Gasse',
  ])
  expect(rows[1]?.notes[0]).toMatch(/^2 pictures are called twin\.png\. Give the folder/)
  expect(rows[2]?.notes).toEqual(['Jahr: “bald” is no year. Write it such as 2019, c. 2019, or 2019–21.'])
  expect(work.counts).toEqual({ new: 2, changed: 0, unchanged: 0, refused: 1, ambiguous: 1 })
  expect(await rowsOf(app, work.previewId, 'refused')).toEqual([rows[2]])
  const before = everything(app)
  expect(before.works).toEqual([])

  const imported = await importPreviewed(app)
  expect(imported).toMatchObject({ state: 'imported', done: 2, total: 2, commandId: expect.any(Number) })
  const made = await works(app)
  expect(made).toMatchObject([
    {
      inventoryNumber: '2024-001',
      title: 'Träume',
      dimensions: { heightMm: 505, widthMm: 700, unit: 'cm' },
      price: { minor: 120_000, currency: 'EUR' },
      status: 'sold',
      location: 'Köln',
      provenance: 'Sammlung Müller;\nseit 2024',
      sources: {},
      media: [{ media: { id: idOf('barn.png') }, role: 'main' }],
    },
    { inventoryNumber: '2024-004', price: { minor: 120_050 }, media: [{ media: { id: idOf('a/twin.png') } }] },
  ])
  const after = everything(app)
  expect(await undoTitle(app)).toBe('Import 2 works from “works.csv”')

  await app.stop()
  const again = await startApp({ libraryFolder: app.libraryFolder })
  expect(await again.handlers['history.undo']({})).toMatchObject({ leftCount: 0 })
  expect(everything(again)).toEqual(before)
  expect(await undoTitle(again)).toBe(null)
  await again.handlers['history.redo']({})
  expect(everything(again)).toEqual(after)
  await again.handlers['history.undo']({})

  // Where the name of a picture could be several, it is the one that the work has already.
  await again.handlers['history.redo']({})
  const to = await makeTempFolder('export')
  const order = { format: 'works-csv' as const, to: join(to, 'works.csv'), isForSpreadsheets: true }
  await again.handlers['export.start']({ works: { filter: {}, sort: 'number' }, order })
  await untilExported(again)
  const out = await previewTable(again, await readFile(order.to))
  expect(out.table).toMatchObject({ subject: 'works', encoding: 'utf-8', delimiter: ',' })
  expect(out.work.counts).toEqual({ new: 0, changed: 0, unchanged: 2, refused: 0, ambiguous: 0 })
  await again.handlers['history.undo']({})

  // The numbers were given to these works, and go to them again.
  const retried = await previewTable(again, germanTable)
  expect(retried.work.counts).toMatchObject({ new: 2 })
  expect(await importPreviewed(again)).toMatchObject({ state: 'imported' })
  expect((await works(again)).map(({ inventoryNumber }) => inventoryNumber)).toEqual(['2024-001', '2024-004'])
})

test('a second import says what changes of a work, and unchanged rows change nothing', async () => {
  const { app, idOf } = await startWithPictures()
  const head = 'Inventory number,Title,Dimensions,Price,Currency,Edition,Statement,Images\n'
  await previewTable(app, `${head}7,Sea,"50 × 70 cm","1,200.00",USD,3/10,Waves,boat.png\n8,Sky,30 x 40,,,,,\n`)
  await importPreviewed(app)
  const first = everything(app)
  const same = await previewTable(app, `${head}7,Sea,50x70,1200,usd,3 of 10,Waves,a/boat.png\n8,Sky,,,,,,\n`)
  expect(same.work.counts).toMatchObject({ unchanged: 2, changed: 0 })
  await expect(importPreviewed(app)).rejects.toMatchObject({
    message: 'There is nothing new or changed in this table.',
  })
  const changed = await previewTable(app, `${head}7,Sea,,900,USD,,,barn.png;no.png\n,New,,,,,,\n7,Sea again,,,,,,\n`)
  expect(shortly(changed.rows)).toEqual(['2 changed 7 · Sea', '3 new New', '4 refused 7 · Sea again'])
  expect(changed.rows[0]).toMatchObject({
    changes: [
      { field: 'Price', before: '1,200 USD', after: '900 USD' },
      { field: 'Pictures', before: null, after: '1 picture' },
    ],
    notes: ['There is no picture no.png in the library: the work comes without it.'],
  })
  expect(changed.rows[2]?.notes).toEqual(['Line 2 is of the same. Keep one of the two.'])
  await importPreviewed(app)
  const seven = (await works(app)).find(({ inventoryNumber }) => inventoryNumber === '7')
  expect(seven).toMatchObject({ statement: 'Waves', edition: { copy: 3, size: 10 }, title: 'Sea' })
  expect(seven?.media.map(({ media, role }) => [media.id, role])).toEqual([
    [idOf('a/boat.png'), 'main'],
    [idOf('barn.png'), 'detail'],
  ])
  await app.handlers['history.undo']({})
  expect(everything(app)).toEqual(first)

  const { id } = (await works(app)).find(({ inventoryNumber }) => inventoryNumber === '8') as { id: number }
  await app.handlers['artworks.update']({ id, fields: { edition: { copy: null, size: 5, proofs: null } } })
  await app.handlers['artworks.addCopy']({ id, kind: 'copy', number: 4 })
  const ofCopies = await previewTable(app, 'Inventory number,Status,Edition\n8,sold,\n')
  expect(ofCopies.rows[0]).toMatchObject({ kind: 'refused', notes: [expect.stringMatching(/follows its copies/)] })
  const tooFew = await previewTable(app, 'Inventory number,Edition\n8,edition of 3\n')
  expect(tooFew.rows[0]?.notes).toEqual([expect.stringMatching(/has no room for them/)])

  const cleared = await previewTable(app, `${head}7,,,,,,,\n`, { clearsEmpty: true })
  expect(cleared.rows[0]?.changes.map(({ field, after }) => [field, after])).toEqual([
    ['Dimensions', null],
    ['Edition', null],
    ['Price', null],
    ['Statement', null],
  ])
})

const untilExported = (app: TestApp): Promise<void> =>
  new Promise(resolve => {
    const look = async () => {
      if ((await app.handlers['export.state']({})).export?.state === 'completed') resolve()
    }
    app.subscribe(event => void (event.name === 'export.changed' && look()))
    void look()
  })

test('our own table goes out, is edited with Python, and comes back', async () => {
  const { app, idOf } = await startWithPictures()
  const barn = idOf('barn.png')
  await app.handlers['words.set']({ mediaIds: [barn], field: 'description', value: '=1+1, "quoted"\nand a line' })
  await app.handlers['words.set']({ mediaIds: [barn], field: 'mood', value: "'-quiet" })
  await app.handlers['tags.change']({ mediaIds: [barn], add: ['home', '-odd'], remove: [] })
  await app.handlers['marks.set']({ mediaIds: [barn], change: { rating: 4, flag: 'picked', label: 'red' } })
  query(app, "UPDATE media SET rating = 2 WHERE filename = 'boat.png'")
  const to = await makeTempFolder('export')
  const before = everything(app)
  for (const isForSpreadsheets of [true, false]) {
    await app.handlers['export.start']({
      chosen: { filter: {}, sort: 'name' },
      order: { format: 'csv', to: join(to, `${isForSpreadsheets}.csv`), isForSpreadsheets },
    })
    await untilExported(app)
    const { table, work } = await previewTable(app, await readFile(join(to, `${isForSpreadsheets}.csv`)))
    expect(table).toMatchObject({ encoding: 'utf-8', isEncodingGuessed: false, delimiter: ',', subject: 'pictures' })
    expect(work.counts).toEqual({ new: 0, changed: 0, unchanged: 4, refused: 0, ambiguous: 0 })
  }
  const edit = `
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline='')))
for row in rows:
    if row['file'] == 'barn.png':
        row.update(title='Scheune', description='Neu: “Größe”\\nzwei', tags='home; new one', rating='', label='grün')
    if row['file'] == 'boat.png':
        row.update(rating='0', style='woodcut', flag='rejected')
out = open(sys.argv[2], 'w', encoding='utf-16', newline='')
writer = csv.DictWriter(out, rows[0].keys(), delimiter='\\t')
writer.writeheader()
writer.writerows(rows)
`
  execFileSync('python3', ['-c', edit, join(to, 'true.csv'), join(to, 'edited.tsv')])
  const { table, rows } = await previewTable(app, await readFile(join(to, 'edited.tsv')))
  expect(table).toMatchObject({ encoding: 'utf-16le', delimiter: '\t' })
  expect(shortly(rows).map(row => row.replace(/^\d+ /, ''))).toEqual([
    'changed barn.png',
    'changed a/boat.png',
    'unchanged a/twin.png',
    'unchanged b/twin.png',
  ])
  expect(rows[0]?.changes.map(({ field }) => field)).toEqual(['Title', 'Description', 'Tags', 'Label'])
  expect(rows[1]?.changes).toEqual([
    { field: 'Style', before: null, after: 'woodcut' },
    { field: 'Flag', before: null, after: 'rejected' },
    { field: 'Stars', before: '2', after: '0' },
  ])
  await importPreviewed(app)
  const detail = await app.handlers['media.get']({ id: barn })
  expect(detail).toMatchObject({
    title: 'Scheune',
    description: 'Neu: “Größe”\nzwei',
    rating: 4,
    label: 'green',
    flag: 'picked',
  })
  expect(detail.tags.filter(({ source }) => source === 'person').map(({ name }) => name)).toEqual(['home', 'new one'])
  expect(await app.handlers['media.get']({ id: idOf('a/boat.png') })).toMatchObject({
    rating: 0,
    words: { style: 'woodcut' },
    flag: 'rejected',
  })
  expect(await undoTitle(app)).toBe('Import 2 pictures from “works.csv”')
  await app.handlers['history.undo']({})
  expect(everything(app)).toEqual(before)

  // One at a time is written in pieces.
  const other = app.library.tableImport.begin('other.csv', 'works')
  await previewTable(app, 'file,mood\nbarn.png,calm\n')
  await expect(importPreviewed(app)).rejects.toMatchObject({
    message: expect.stringMatching(/^Something else is being brought in/),
  })
  while (other.giveUp());
})

test('what an analyser says is not confirmed by coming back, and an empty cell can reject it', async () => {
  const { app, idOf } = await startWithPictures()
  const barn = idOf('barn.png')
  const said = (await app.handlers['media.get']({ id: barn })).description as string
  expect(said).not.toBe('')
  const kept = await previewTable(app, `file,description\nbarn.png,"${said}"\n`)
  expect(kept.work.counts).toMatchObject({ unchanged: 1 })
  const cleared = await previewTable(app, 'file,description\nbarn.png,\n', { clearsEmpty: true })
  expect(cleared.rows[0]?.changes).toEqual([{ field: 'Description', before: said, after: null }])
  await importPreviewed(app)
  expect((await app.handlers['media.get']({ id: barn })).description).toBe(null)
})

test('a number is not trusted where the name of the file speaks against it', async () => {
  const { app, folder, idOf } = await startWithPictures()
  const [{ sha256 }] = query(app, 'SELECT sha256 FROM media WHERE id = ?', idOf('b/twin.png')) as [{ sha256: string }]
  const { rows } = await previewTable(
    app,
    [
      'id,sha256,path,label',
      `${idOf('barn.png')},,boat.png,red`,
      `${idOf('barn.png')},${sha256.toUpperCase()},,red`,
      `${idOf('barn.png')},,,red`,
      `,,${folder}/a/twin.png,red`,
      `,,twin.png,red`,
      `,,gone.png,red`,
      `,,,red`,
      `,,gone.png,pink`,
    ].join('\n'),
  )
  expect(shortly(rows)).toEqual([
    '2 changed a/boat.png',
    '3 changed b/twin.png',
    '4 changed barn.png',
    '5 changed a/twin.png',
    '6 ambiguous twin.png',
    '7 refused gone.png',
    '8 refused ',
    '9 refused gone.png',
  ])
})

test('an import that is cancelled, or killed in the middle, leaves nothing, and what was made meanwhile stays', async () => {
  const { app, idOf } = await startWithPictures()
  const lines = Array.from({ length: 6000 }, (_, i) => `N${i},Work ${i},Series ${i % 7},barn.png`)
  const table = ['number,title,series,picture', ...lines].join('\n')
  const { work } = await previewTable(app, table)
  expect(work.counts).toMatchObject({ new: 6000 })
  const before = everything(app)
  await app.handlers['table.import']({ previewId: work.previewId })
  await until(app, done => done > 200)
  expect(await undoTitle(app)).toBe(null)
  // Nobody ends it by another file: it has to be cancelled.
  await expect(openTable(app, 'title\nPier')).rejects.toThrow(/^“works.csv” is being imported\. Wait until/)
  expect(query(app, 'SELECT count(*) AS count FROM artworks')[0]?.count).toBeGreaterThan(200)
  await app.handlers['marks.set']({ mediaIds: [idOf('barn.png')], change: { rating: 3 } })
  await app.handlers['table.cancel']({})
  expect((await app.handlers['table.state']({})).work).toMatchObject({ state: 'cancelled' })
  expect({ ...everything(app), marks: [] }).toEqual(before)
  expect(await undoTitle(app)).toBe('Rate 1 picture 3 stars')
  expect(query(app, 'SELECT count(*) AS count FROM commands')).toEqual([{ count: 1 }])

  // As a kill leaves it: pieces are written, and nothing says that it ended.
  const command = app.library.tableImport.begin('works.csv', 'works')
  command.add([{ line: 2, number: 'K1', fields: { title: 'Cut off' }, pictures: ['barn.png'] }])
  expect(everything(app).works).toHaveLength(1)
  await app.stop()
  const again = await startApp({ libraryFolder: app.libraryFolder })
  expect({ ...everything(again), marks: [] }).toEqual(before)
  expect(await undoTitle(again)).toBe('Rate 1 picture 3 stars')

  const retried = await previewTable(again, table)
  await again.handlers['table.import']({ previewId: retried.work.previewId })
  expect(await untilDone(again)).toMatchObject({ state: 'imported', done: 6000 })
  expect(await undoTitle(again)).toBe('Import 6,000 works from “works.csv”')
})

const until = (app: TestApp, holds: (done: number) => boolean): Promise<void> =>
  new Promise(resolve => {
    const look = async () => {
      const { work } = await app.handlers['table.state']({})
      if (work && holds(work.done)) resolve()
      else setImmediate(look)
    }
    void look()
  })

test.each([
  ['title\n"open\nand on', 'A quote (") that begins in line 3, or before it, has no end.'],
  ['title,size\nSea,7 "x" 9\n', 'Line 2 has a quote (") where none can be.'],
  ['', 'There is nothing in this file. Choose another one.'],
  ['title,year\n', 'There are no rows below the names of the columns.'],
])('a file that is no table says why: %j', async (text, sentence) => {
  const app = await startApp()
  await expect(openTable(app, text)).rejects.toMatchObject({
    code: 'table-unreadable',
    message: expect.stringContaining(sentence),
  })
})

test('broken quotes far down end the preview with their line, and nothing is left of a file that was sent', async () => {
  const app = await startApp()
  const sent = () => readdirSync(join(app.libraryFolder, '.tables'))
  const table = await openTable(app, `title\n${'Sea\n'.repeat(50_000)}"Sky" x\n`)
  const targets = table.columns.map(({ target }) => target)
  const order = { id: table.id, subject: 'works' as const, clearsEmpty: false }
  await app.handlers['table.preview']({ ...order, targets })
  expect(await untilDone(app)).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(/^Line 50,002 has a quote/),
  })
  await expect(app.handlers['table.preview']({ ...order, targets: [null] })).rejects.toMatchObject({
    message: 'Say which column is the title or the inventory number.',
  })
  await expect(app.handlers['table.begin']({ name: 'big.csv', sizeBytes: 200_000_001 })).rejects.toMatchObject({
    message: expect.stringContaining('larger than 200 MB'),
  })
  expect(sent()).toHaveLength(1)
  await app.handlers['table.close']({})
  expect(sent()).toEqual([])
  await expect(app.handlers['table.read']({ id: table.id })).rejects.toMatchObject({ code: 'table-unreadable' })
  await put(app.libraryFolder, '.tables/table-killed/table', 'left by a program that was killed')
  await app.stop()
  await startApp({ libraryFolder: app.libraryFolder })
  expect(existsSync(join(app.libraryFolder, '.tables'))).toBe(false)
})

test('how columns were read is remembered for the next table that has them', async () => {
  const { app } = await startWithPictures()
  await put(await makeTempFolder('other'), 'x.csv', '')
  const text = 'Nummer,Was,Wo\n1,Sea,Kiel\n'
  const first = await openTable(app, text)
  expect(first).toMatchObject({ isRemembered: false, subject: 'works' })
  expect(first.columns.map(({ target }) => target)).toEqual(['inventoryNumber', null, null])
  await previewTable(app, text, { targets: ['inventoryNumber', 'title', 'location'] })
  const second = await openTable(app, 'Nummer,Was,Wo\n2,Sky,Kiel\n')
  expect(second.isRemembered).toBe(true)
  expect(second.columns.map(({ target }) => target)).toEqual(['inventoryNumber', 'title', 'location'])
})

test('works without a number get the next ones, behind those that the table gives', async () => {
  const { app } = await startWithPictures()
  await previewTable(app, 'number,title,year\n,A,2026\n,B,2026\n2026-007,C,2026\n,D,2026\n,E,2025\n,F,2026\n')
  await importPreviewed(app)
  expect((await works(app)).map(({ inventoryNumber, title }) => `${inventoryNumber} ${title}`).sort()).toEqual([
    '2025-001 E',
    '2026-001 A',
    '2026-002 B',
    '2026-007 C',
    '2026-008 D',
    '2026-009 F',
  ])
})
