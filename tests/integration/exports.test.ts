import { execFile, execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { ArtworkFields, MediaRole } from '../../src/shared/artworks.ts'
import type { Export, ExportOrder, PublishedChoice, WorksChoice, WorksOrder } from '../../src/shared/contract.ts'
import { importFolder, makePictures, mediaIdOf, put, query, startApp, type TestApp } from '../support/app.ts'
import { hills } from '../support/pictures.ts'
import { pdfPages, pdfPictures, withPoppler } from '../support/poppler.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const run = promisify(execFile)

const hasExiftool = (() => {
  try {
    return execFileSync('exiftool', ['-ver']).length > 0
  } catch {
    return false
  }
})()

/** Nothing but exiftool says here that other programs read our sidecars. */
const withExiftool = (name: string, body: () => Promise<void>) =>
  test(name, async ({ skip }) => {
    skip(!hasExiftool, 'exiftool is not installed')
    await body()
  })

const all = { filter: {}, sort: 'name' } as const

/** An export to its end. */
async function exported(app: TestApp, order: ExportOrder, chosen: PublishedChoice = all): Promise<Export> {
  await app.handlers['export.start']({ chosen, order })
  return untilEnded(app)
}

async function untilEnded(app: TestApp): Promise<Export> {
  return new Promise(resolve => {
    const look = async () => {
      const { export: now } = await app.handlers['export.state']({})
      if (!now || now.state === 'running') return
      stop()
      resolve(now)
    }
    const stop = app.subscribe(event => {
      if (event.name === 'export.changed') void look()
    })
    void look()
  })
}

/** What Python's own reader makes of a table. */
async function readByPython(path: string): Promise<Record<string, string>[]> {
  const program =
    "import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline='')))))"
  return JSON.parse((await run('python3', ['-c', program, path], { maxBuffer: 2 ** 28 })).stdout)
}

async function startWithPictures() {
  const app = await startApp()
  const folder = await makePictures({ 'red barn.png': 1, 'a/blue boat.png': 2, 'twin.png': 3 })
  await put(folder, 'twin.jpg', await hills(48, 32, 4).jpeg().toBuffer())
  const { entries } = await importFolder(app, folder)
  const idOf = (path: string) => mediaIdOf(entries, path)
  const barn = idOf('red barn.png')
  await app.handlers['words.set']({
    mediaIds: [barn],
    field: 'description',
    value: '=cmd|"x", und Größe\nin zwei Zeilen',
  })
  await app.handlers['tags.change']({ mediaIds: [barn], add: ['Ölfarbe', 'home'], remove: [] })
  query(
    app,
    `INSERT INTO marks (media_id, flag, rating, label) VALUES (?, 'picked', 4, 'red'), (?, 'rejected', 2, NULL)`,
    barn,
    idOf('a/blue boat.png'),
  )
  return { app, folder, barn, boat: idOf('a/blue boat.png'), to: await makeTempFolder('export') }
}

test('a table of the whole library is read by another reader, cell by cell', async () => {
  const { app, folder, to } = await startWithPictures()
  const ended = await exported(app, { format: 'csv', to, isForSpreadsheets: true })
  expect(ended).toMatchObject({ state: 'completed', total: 4, done: 4, message: null })
  const rows = await readByPython(ended.path as string)
  expect(rows.map(row => row.file)).toEqual(['blue boat.png', 'red barn.png', 'twin.jpg', 'twin.png'])
  expect(rows[1]).toMatchObject({
    folder,
    path: 'red barn.png',
    description: `'=cmd|"x", und Größe\nin zwei Zeilen`,
    own_tags: 'home; ölfarbe',
    rating: '4',
    flag: 'picked',
    label: 'red',
    width: '48',
    height: '32',
    status: 'completed',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(JSON.parse(rows[1]?.analysis ?? '')).toHaveProperty('description')
  expect(rows[0]?.path).toBe('a/blue boat.png')
  const exact = await exported(app, { format: 'csv', to, isForSpreadsheets: false })
  expect(exact.path).not.toBe(ended.path)
  expect((await readByPython(exact.path as string))[1]?.description).toBe('=cmd|"x", und Größe\nin zwei Zeilen')
})

test('a selection and a view leave alone, as JSON', async () => {
  const { app, barn, boat, to } = await startWithPictures()
  const namesIn = async ({ path }: Export) =>
    JSON.parse(await readFile(path as string, 'utf8')).media.map((media: { filename: string }) => media.filename)
  const selected = await exported(app, { format: 'json', to: join(to, 'some.json') }, { mediaIds: [boat, barn, 9999] })
  expect(await namesIn(selected)).toEqual(['blue boat.png', 'red barn.png'])
  const view = await exported(app, { format: 'json', to }, { filter: { tags: ['home'] }, sort: 'relevance' })
  expect(view).toMatchObject({ total: 1, done: 1 })
  expect(await namesIn(view)).toEqual(['red barn.png'])
})

withExiftool('exiftool reads every field of the sidecars, which repeat the structure of the folder', async () => {
  const { app, folder, to } = await startWithPictures()
  const ended = await exported(app, { format: 'xmp', to, naming: 'short', includesSuggestions: false })
  expect(ended).toMatchObject({ state: 'completed', done: 4, unchanged: 0, refused: 0 })
  const root = join(to, (await readdir(to))[0] as string)
  expect((await readdir(root, { recursive: true })).sort()).toEqual([
    'a',
    'a/blue boat.xmp',
    'red barn.xmp',
    'twin.jpg.xmp',
    'twin.png.xmp',
  ])
  const read = async (name: string) =>
    JSON.parse(
      (await run('exiftool', ['-json', '-G1', '-struct', '-all', '-validate', '-warning', '-n', join(root, name)]))
        .stdout,
    )[0]
  expect(await read('red barn.xmp')).toMatchObject({
    'XMP-dc:Description': '=cmd|"x", und Größe\nin zwei Zeilen',
    'XMP-dc:Subject': ['home', 'ölfarbe'],
    'XMP-lr:HierarchicalSubject': ['home', 'ölfarbe'],
    'XMP-digiKam:TagsList': ['home', 'ölfarbe'],
    'XMP-xmp:Rating': 4,
    'XMP-xmp:Label': 'Red',
    'XMP-digiKam:ColorLabel': 1,
    'XMP-digiKam:PickLabel': 3,
    'XMP-photoshop:SidecarForExtension': 'PNG',
  })
  const boat = await read('a/blue boat.xmp')
  expect(boat).toMatchObject({ 'XMP-xmp:Rating': -1, 'XMP-digiKam:PickLabel': 1 })
  expect(boat).not.toHaveProperty('ExifTool:Warning')
  expect((await readdir(folder)).sort()).toEqual(['a', 'red barn.png', 'twin.jpg', 'twin.png'])
})

withExiftool('what another program wrote into a sidecar of ours is kept, and told', async () => {
  const { app, folder, barn } = await startWithPictures()
  const order = { format: 'xmp', to: null, naming: 'long', includesSuggestions: false } as const
  expect(await exported(app, order)).toMatchObject({ path: null, done: 4, refused: 0 })
  const sidecar = join(folder, 'red barn.png.xmp')
  await run('exiftool', ['-overwrite_original', '-XMP-xmp:Rating=5', sidecar])
  const theirs = await readFile(sidecar, 'utf8')
  query(app, 'UPDATE marks SET rating = 1 WHERE media_id = ?', barn)
  expect(await exported(app, order)).toMatchObject({
    state: 'completed',
    unchanged: 3,
    refused: 1,
    refusals: [{ file: 'red barn.png', reason: expect.stringContaining('left as it is') }],
  })
  expect(await readFile(sidecar, 'utf8')).toBe(theirs)
})

withExiftool('title, creator and rights of the file are in its sidecar', async () => {
  const app = await startApp()
  const folder = await makeTempFolder('pictures')
  await mkdir(join(folder, 'sub'))
  const path = join(folder, 'sub/signed.jpg')
  await sharp(await hills(48, 32, 9).jpeg().toBuffer()).toFile(path)
  await run('exiftool', [
    '-overwrite_original',
    '-XMP-dc:Title=Heuernte & Söhne',
    '-XMP-dc:Creator=Ada <Burg>',
    '-XMP-dc:Rights=© 2026',
    '-XMP-dc:Subject=Hay',
    path,
  ])
  await importFolder(app, folder)
  await exported(app, { format: 'xmp', to: null, naming: 'short', includesSuggestions: false })
  const [read] = JSON.parse((await run('exiftool', ['-json', '-G1', '-struct', join(folder, 'sub/signed.xmp')])).stdout)
  expect(read).toMatchObject({
    'XMP-dc:Title': 'Heuernte & Söhne',
    'XMP-dc:Creator': ['Ada <Burg>'],
    'XMP-dc:Rights': '© 2026',
    'XMP-dc:Subject': ['Hay'],
  })
})

test('a cancelled export leaves no file, and a stopped program none either', async () => {
  const { app, to } = await startWithPictures()
  await app.handlers['export.start']({ chosen: all, order: { format: 'json', to } })
  await app.handlers['export.cancel']({})
  expect((await app.handlers['export.state']({})).export).toMatchObject({ state: 'cancelled' })
  expect(await readdir(to)).toEqual([])
  await app.handlers['export.start']({ chosen: all, order: { format: 'json', to } })
  await app.stop()
  expect(await readdir(to)).toEqual([])
})

test('what cannot begin says why', async () => {
  const { app, to } = await startWithPictures()
  const start = async (chosen: PublishedChoice, at: string) =>
    app.handlers['export.start']({ chosen, order: { format: 'json', to: at } })
  const failing = (work: Promise<unknown>) =>
    work.then(
      () => null,
      cause => ({ code: cause.code, message: cause.message }),
    )
  const saying = (part: string) => ({ code: 'export-failed', message: expect.stringContaining(part) })
  expect(await failing(start(all, join(to, 'no.json')).then(() => start(all, join(to, 'no/no.json'))))).toEqual(
    saying('under way'),
  )
  await untilEnded(app)
  expect(await failing(start({ filter: { tags: ['nobody'] }, sort: 'newest' }, to))).toEqual(saying('no picture'))
  expect(await failing(start(all, app.libraryFolder))).toEqual(saying('own folder'))
  expect(await failing(start(all, join(to, 'no/no.json')))).toEqual(saying('There is no folder'))
})

async function startWithWorks() {
  const { app, to, barn, boat } = await startWithPictures()
  const make = async (fields: Partial<ArtworkFields>, media: { id: number; role: MediaRole }[]) => {
    const draft = await app.handlers['artworks.propose']({ mediaIds: media.map(({ id }) => id) })
    return app.handlers['artworks.create']({ fields: { ...draft.fields, ...fields }, sources: {}, media })
  }
  const { id: barnId } = await make(
    {
      title: '=The "barn", red\nand green',
      year: 'c. 2019',
      dimensions: { heightMm: 500, widthMm: 700, depthMm: 25, unit: 'cm' },
      price: { minor: 120_050, currency: 'EUR' },
      status: 'sold',
      series: 'Öl',
    },
    [
      { id: boat, role: 'detail' },
      { id: barn, role: 'main' },
    ],
  )
  const { id: boatId } = await make({ title: 'Boat', price: { minor: 5, currency: 'JPY' } }, [
    { id: boat, role: 'main' },
  ])
  return { app, to, barnId, boatId }
}

const exportedWorks = async (app: TestApp, order: WorksOrder, works: WorksChoice): Promise<Export> => {
  await app.handlers['export.start']({ works, order })
  return untilEnded(app)
}

test('works leave as a table that another reader reads: one, a list, all', async () => {
  const { app, to, barnId, boatId } = await startWithWorks()
  const order = { format: 'works-csv', to, isForSpreadsheets: false } as const
  const all = await exportedWorks(app, order, { filter: {}, sort: 'title' })
  expect(all).toMatchObject({ state: 'completed', format: 'works-csv', total: 2, done: 2 })
  const rows = await readByPython(all.path as string)
  expect(rows.map(({ title }) => title)).toEqual(['=The "barn", red\nand green', 'Boat'])
  expect(rows[0]).toMatchObject({
    year: 'c. 2019',
    dimensions: '50 × 70 × 2.5 cm',
    depth_mm: '25',
    status: 'sold',
    price: '1200.50',
    currency: 'EUR',
    series: 'Öl',
    pictures: 'red barn.png; blue boat.png',
    id: String(barnId),
  })
  expect(rows[1]).toMatchObject({ price: '5', currency: 'JPY', dimensions: '', series: '' })
  const one = await exportedWorks(app, order, { artworkIds: [boatId] })
  expect((await readByPython(one.path as string)).map(({ title }) => title)).toEqual(['Boat'])
  const sold = await exportedWorks(app, order, { filter: { status: 'sold', text: 'BARN' }, sort: 'newest' })
  expect((await readByPython(sold.path as string)).map(({ id }) => id)).toEqual([String(barnId)])
})

test('copies of an edition leave in one cell', async () => {
  const { app, to, barnId } = await startWithWorks()
  const { handlers } = app
  await handlers['artworks.update']({ id: barnId, fields: { edition: { size: 3, proofs: null, copy: null } } })
  await handlers['artworks.addCopy']({ id: barnId, kind: 'copy', number: null })
  await handlers['artworks.addCopy']({ id: barnId, kind: 'copy', number: 3 })
  const price = { minor: 80_000, currency: 'EUR' }
  const fields = { status: 'sold', statusOn: '2024-05-01', price, location: 'Paris', buyer: 'E. Nguyễn' } as const
  await handlers['artworks.changeCopy']({ id: barnId, copy: { kind: 'copy', number: 1 }, fields })
  const order = { format: 'works-csv', to, isForSpreadsheets: false } as const
  const { path } = await exportedWorks(app, order, { filter: {}, sort: 'title' })
  expect((await readByPython(path as string)).map(({ copies }) => copies)).toEqual([
    '1/3: sold 2024-05-01, 800.00 EUR, Paris, to E. Nguyễn; 3/3: available',
    '',
  ])
})

test('works leave as JSON, with their pictures and roles', async () => {
  const { app, to } = await startWithWorks()
  const { path } = await exportedWorks(app, { format: 'works-json', to }, { filter: {}, sort: 'title' })
  const { format, artworks } = JSON.parse(await readFile(path as string, 'utf8'))
  expect(format).toBe('burg-ink-artworks')
  expect(artworks).toHaveLength(2)
  expect(artworks[0]).toMatchObject({
    dimensions: { heightMm: 500, unit: 'cm' },
    pictures: [
      { filename: 'blue boat.png', role: 'detail' },
      { filename: 'red barn.png', role: 'main' },
    ],
  })
})

const sheets = { artist: 'Élise', pageSize: 'a4', showsPrices: true } as const

withPoppler('a catalogue has the works in the order of the list, with the preview of their main picture', async () => {
  const { app, to } = await startWithWorks()
  const order = {
    ...sheets,
    format: 'catalogue',
    to,
    title: 'Works 2019',
    layout: 'one',
    showsStatus: true,
    showsStatement: false,
    showsProvenance: false,
    listsWorks: true,
  } as const
  const ended = await exportedWorks(app, order, { filter: {}, sort: 'title' })
  expect(ended).toMatchObject({ state: 'completed', format: 'catalogue', total: 2, done: 2, remarks: [], remarked: 0 })
  expect(await readdir(to)).toEqual([expect.stringMatching(/^Burg Ink [\d-]+\.pdf$/)])
  const [title, barn, boat] = await pdfPages(ended.path as string)
  expect(title?.slice(0, 2)).toEqual(['Élise', 'Works 2019'])
  expect(barn).toEqual(expect.arrayContaining(['50 × 70 × 2.5 cm', 'Sold']))
  expect(boat).toEqual(expect.arrayContaining(['Boat', 'Available, 5 JPY']))
  expect(await pdfPictures(ended.path as string)).toEqual([
    { page: 2, width: 48, height: 32 },
    { page: 3, width: 48, height: 32 },
  ])
})

withPoppler('labels are of the works alone, and say what could not be printed', async () => {
  const { app, to, boatId } = await startWithWorks()
  await app.handlers['artworks.update']({ id: boatId, fields: { title: '舟' } })
  const order = { ...sheets, format: 'labels', to: join(to, 'labels.pdf'), labelSize: '90x50' } as const
  const ended = await exportedWorks(app, order, { artworkIds: [boatId] })
  expect(ended).toMatchObject({ state: 'completed', path: join(to, 'labels.pdf'), remarked: 1 })
  expect(ended.remarks).toEqual([{ work: expect.stringContaining('舟'), text: expect.stringContaining('no 舟') }])
  expect((await pdfPages(join(to, 'labels.pdf')))[0]).toEqual(expect.arrayContaining(['Élise', '□', '5 JPY']))
})

test('labels that are cancelled leave no file', async () => {
  const { app, to } = await startWithWorks()
  await app.handlers['export.start']({
    works: { filter: {}, sort: 'title' },
    order: { ...sheets, format: 'labels', to, labelSize: '90x50' },
  })
  await app.handlers['export.cancel']({})
  expect((await app.handlers['export.state']({})).export?.state).toBe('cancelled')
  expect(await readdir(to)).toEqual([])
})

test('a work that is deleted meanwhile is passed over, and none to export is said so', async () => {
  const { app, to, barnId, boatId } = await startWithWorks()
  await app.handlers['artworks.delete']({ id: barnId })
  const order = { format: 'works-json', to } as const
  const { path, state } = await exportedWorks(app, order, { artworkIds: [barnId, boatId] })
  expect(state).toBe('completed')
  expect(JSON.parse(await readFile(path as string, 'utf8')).artworks).toHaveLength(1)
  await expect(exportedWorks(app, order, { filter: { text: 'nowhere' }, sort: 'title' })).rejects.toMatchObject({
    code: 'export-failed',
    message: 'There is no artwork to export. Choose others, or make one of pictures first.',
  })
})
