import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { run, runImport } from '../support/command-line.ts'
import { makeTemporaryFolder, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { pdfFacts, pdfPages, withPoppler } from '../support/poppler.ts'

let root: string
let remove: () => Promise<void>
let pictures: string
let library: string
beforeAll(async () => {
  ;({ path: root, remove } = await makeTemporaryFolder())
  pictures = join(root, 'pictures')
  library = join(root, 'library')
  await writeFiles(pictures, { 'red barn.jpg': await smallPicture(1), 'a/blue boat.jpg': await smallPicture(2) })
  await runImport(pictures, library)
})
afterAll(() => remove?.())

let number = 0
async function emptyFolder(): Promise<string> {
  const folder = join(root, `out ${++number}`)
  await mkdir(folder)
  return folder
}

const exported = (...args: string[]) => run(['export', ...args, '--library', library])

test('a table of all, and of what words find', async () => {
  const to = join(await emptyFolder(), 'all.csv')
  expect(await exported('csv', '--to', to, '--plain')).toEqual({
    code: 0,
    signal: null,
    stdout: `Exported 2 pictures to ${to}.\n`,
    stderr: '',
  })
  const lines = (await readFile(to, 'utf8')).trimEnd().split('\r\n')
  expect(lines.map(line => line.split(',')[0])).toEqual(['file', 'blue boat.jpg', 'red barn.jpg'])
  const folder = await emptyFolder()
  const found = await exported('json', 'boat', '--to', folder, '--json')
  const { path, ...rest } = JSON.parse(found.stdout)
  expect(rest).toEqual({
    state: 'completed',
    done: 1,
    unchanged: 0,
    refused: 0,
    refusals: [],
    remarks: [],
    remarked: 0,
    message: null,
  })
  expect(JSON.parse(await readFile(path, 'utf8')).media).toHaveLength(1)
})

withPoppler('a catalogue and labels of the artworks, by the artist of the settings', async () => {
  const app = await startApp({ libraryFolder: library })
  const { items } = await app.handlers['media.page']({ filter: {}, sort: 'name', after: null, limit: 1 })
  const media = items.map(({ id }) => ({ id, role: 'main' as const }))
  const { fields } = await app.handlers['artworks.propose']({ mediaIds: media.map(({ id }) => id) })
  const said = { title: 'Boat', price: { minor: 90_000, currency: 'EUR' } }
  await app.handlers['artworks.create']({ fields: { ...fields, ...said }, sources: {}, media })
  await app.handlers['settings.set']({ artistName: 'Élise', pageSize: 'letter' })
  await app.stop()
  const to = await emptyFolder()
  const [catalogue, labels] = [join(to, 'catalogue.pdf'), join(to, 'labels.pdf')]
  expect(await exported('catalogue', '--title', 'Barns', '--to', catalogue)).toMatchObject({
    code: 0,
    stdout: `Exported 1 artwork to ${catalogue}.\n`,
    stderr: '',
  })
  expect((await pdfPages(catalogue))[0]?.slice(0, 2)).toEqual(['Élise', 'Barns'])
  expect((await pdfFacts(catalogue))['Page size']).toContain('letter')
  await exported('labels', 'boat', '--show', 'prices', '--artist', '', '--to', labels)
  const [sheet] = await pdfPages(labels)
  expect(sheet?.[0]).toMatch(/^Boat/)
  expect(sheet).toContain('900 EUR')
})

test('sidecars beside the originals, and again', async () => {
  const first = await exported('xmp', '--beside')
  expect(first).toMatchObject({ code: 0, stdout: '2 sidecars written, beside the originals.\n', stderr: '' })
  expect((await readdir(pictures)).sort()).toEqual(['a', 'red barn.jpg', 'red barn.xmp'])
  const again = await exported('xmp', '--beside')
  expect(again.stdout).toBe('0 sidecars written, 2 up to date already, beside the originals.\n')
})

test.each([
  [['csv'], /Say where it goes/],
  [['csv', '--beside'], /Only sidecars/],
  [['csv', '--to', '/no/such/folder/all.csv'], /There is no folder \/no\/such\/folder/],
  [['json', '--to', '/tmp', '--folder', 'nobody'], /no folder nobody/],
  [['json', 'zebra', '--to', '/tmp'], /no picture to export/],
  [['pdf', '--to', '/tmp'], /Allowed choices are csv, json, xmp/],
])('%j is refused with a sentence', async (args, sentence) => {
  const { code, stdout, stderr } = await exported(...args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(sentence)
})
