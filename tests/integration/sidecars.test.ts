import { execFile, execFileSync } from 'node:child_process'
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Input, SidecarReading } from '../../src/shared/contract.ts'
import { detailOf, importFolder, makePictures, mediaIdOf, startApp, type TestApp } from '../support/app.ts'

const run = promisify(execFile)

const hasExiftool = (() => {
  try {
    return execFileSync('exiftool', ['-ver']).length > 0
  } catch {
    return false
  }
})()

/** Nothing but exiftool says here that what other programs write is read. */
const withExiftool = (name: string, body: () => Promise<void>) =>
  test(name, async ({ skip }) => {
    skip(!hasExiftool, 'exiftool is not installed')
    await body()
  })

const fixture = (name: string) => join(import.meta.dirname, `../support/sidecars/${name}.xmp`)
const all = { filter: {}, sort: 'name' } as const

async function untilNot(app: TestApp, ...states: SidecarReading['state'][]): Promise<SidecarReading> {
  return new Promise(resolve => {
    const look = async () => {
      const { reading } = await app.handlers['sidecars.state']({})
      if (!reading || states.includes(reading.state)) return
      stop()
      resolve(reading)
    }
    const stop = app.subscribe(event => {
      if (event.name === 'sidecars.changed') void look()
    })
    void look()
  })
}

async function look(app: TestApp, chosen: Input<'sidecars.look'>['chosen'] = all): Promise<SidecarReading> {
  await app.handlers['sidecars.look']({ chosen })
  return untilNot(app, 'looking')
}

async function take(app: TestApp, conflicts: 'keep' | 'take' = 'keep'): Promise<SidecarReading> {
  const { id } = await look(app)
  await app.handlers['sidecars.take']({ id, conflicts })
  return untilNot(app, 'looking', 'looked', 'taking')
}

async function exportBeside(app: TestApp): Promise<void> {
  const order = { format: 'xmp', to: null, naming: 'short', includesSuggestions: false } as const
  await app.handlers['export.start']({ chosen: all, order })
  const state = async () => (await app.handlers['export.state']({})).export?.state
  await expect.poll(state, { timeout: 30_000 }).toBe('completed')
}

const ownOf = async (app: TestApp, id: number) => {
  const { title, words, rating, flag, label, tags } = await detailOf(app, id)
  return { title, words, rating, flag, label, own: tags.filter(tag => tag.source === 'person').map(tag => tag.name) }
}

async function startWithPictures(pictures: Record<string, number>) {
  const app = await startApp()
  const folder = await makePictures(pictures)
  const { entries } = await importFolder(app, folder)
  return { app, folder, idOf: (path: string) => mediaIdOf(entries, path) }
}

test('sidecars of digiKam and Lightroom are looked at, taken over, and taken back after a restart', async () => {
  const { app, folder, idOf } = await startWithPictures({ 'bridge.png': 1, 'a/orchard.png': 2, 'plain.png': 3 })
  const [bridge, orchard] = [idOf('bridge.png'), idOf('a/orchard.png')]
  await copyFile(fixture('digikam'), join(folder, 'bridge.png.xmp'))
  await copyFile(fixture('lightroom'), join(folder, 'a/orchard.xmp'))
  await writeFile(join(folder, 'plain.xmp'), '<!DOCTYPE x><x/>')
  const before = [await ownOf(app, bridge), await ownOf(app, orchard)]
  const looked = await look(app)
  expect(looked).toMatchObject({
    state: 'looked',
    total: 3,
    done: 3,
    found: 2,
    changed: 2,
    conflicting: 0,
    changes: { title: 2, description: 1, tags: 2, rating: 2, flag: 2, label: 2 },
    conflicts: {},
    refused: 1,
    refusals: [{ file: 'plain.xmp', reason: expect.stringContaining('document type') }],
    taken: 0,
  })
  expect([await ownOf(app, bridge), await ownOf(app, orchard)]).toEqual(before)
  await app.handlers['sidecars.take']({ id: looked.id, conflicts: 'keep' })
  const taken = await untilNot(app, 'looked', 'taking')
  expect(taken).toMatchObject({ state: 'taken', taken: 2, commandId: 1 })
  expect(await ownOf(app, bridge)).toEqual({
    title: 'Bridge in the morning',
    words: { title: 'Bridge in the morning', description: 'The bridge over the Saône,\nbefore the market.' },
    rating: 4,
    flag: 'picked',
    label: 'green',
    own: ['ink', 'lyon'],
  })
  expect(await ownOf(app, orchard)).toMatchObject({ title: 'Orchard', rating: 2, flag: 'picked', label: 'red' })
  expect(await look(app)).toMatchObject({ found: 2, changed: 0, conflicting: 0 })
  await app.stop()
  const again = await startApp({ libraryFolder: app.libraryFolder })
  expect(await again.handlers['history.undo']({})).toMatchObject({ title: 'Read the sidecars of 2 pictures', count: 2 })
  expect([await ownOf(again, bridge), await ownOf(again, orchard)]).toEqual(before)
})

withExiftool('what Burg Ink wrote and exiftool changed comes back', async () => {
  const { app, folder, idOf } = await startWithPictures({ 'barn.png': 1, 'boat.png': 2 })
  const [barn, boat] = [idOf('barn.png'), idOf('boat.png')]
  const mediaIds = [barn, boat]
  await app.handlers['words.set']({ mediaIds, field: 'title', value: 'Mine' })
  await app.handlers['words.set']({ mediaIds: [barn], field: 'description', value: 'Größe\nin zwei Zeilen' })
  await app.handlers['tags.change']({ mediaIds, add: ['Ölfarbe', 'a/b'], remove: [] })
  await app.handlers['marks.set']({ mediaIds: [barn], change: { flag: 'rejected', rating: 4, label: 'purple' } })
  await exportBeside(app)
  expect(await look(app)).toMatchObject({ found: 2, changed: 0, conflicting: 0 })
  await run('exiftool', [
    '-overwrite_original',
    '-XMP-dc:Title=Theirs',
    '-XMP-dc:Subject+=harbour',
    '-XMP-xmp:Rating=5',
    '-XMP-xmp:Label=Green',
    join(folder, 'boat.xmp'),
  ])
  expect(await look(app)).toMatchObject({
    changed: 1,
    changes: { tags: 1, rating: 1, label: 1 },
    conflicting: 1,
    conflicts: { title: 1 },
    examples: [{ mediaId: boat, file: 'boat.png', field: 'title', mine: 'Mine', theirs: 'Theirs' }, {}, {}, {}],
  })
  const before = await ownOf(app, boat)
  await take(app, 'keep')
  const kept = { ...before, rating: 5, label: 'green', own: ['a/b', 'harbour', 'ölfarbe'] }
  expect(await ownOf(app, boat)).toEqual(kept)
  await take(app, 'take')
  expect(await ownOf(app, boat)).toMatchObject({ title: 'Theirs', words: { title: 'Theirs' } })
  await app.handlers['history.undo']({})
  expect(await ownOf(app, boat)).toEqual(kept)
})

withExiftool('a new library takes all of what an earlier one wrote, and what exiftool wrote by itself', async () => {
  const first = await startWithPictures({ 'barn.png': 1, 'boat.png': 2 })
  const barn = first.idOf('barn.png')
  await first.app.handlers['words.set']({ mediaIds: [barn], field: 'title', value: 'Barn' })
  await first.app.handlers['tags.change']({ mediaIds: [barn], add: ['a|b', 'farm'], remove: [] })
  await first.app.handlers['marks.set']({ mediaIds: [barn], change: { flag: 'rejected', rating: 3, label: 'blue' } })
  await exportBeside(first.app)
  const before = await ownOf(first.app, barn)
  await run('exiftool', [
    '-o',
    join(first.folder, 'boat.png.xmp'),
    '-XMP-xmp:Rating=-1',
    '-XMP-dc:Title-de=Boot',
    join(first.folder, 'boat.png'),
  ])
  const second = await startApp()
  // Sidecars that come later than their pictures.
  const names = ['barn.xmp', 'boat.xmp', 'boat.png.xmp']
  for (const name of names) await rename(join(first.folder, name), join(first.folder, `${name}.away`))
  const { entries } = await importFolder(second, first.folder)
  for (const name of names) await rename(join(first.folder, `${name}.away`), join(first.folder, name))
  expect(await take(second)).toMatchObject({ state: 'taken', found: 2, taken: 2 })
  expect(await ownOf(second, mediaIdOf(entries, 'barn.png'))).toEqual(before)
  expect(await ownOf(second, mediaIdOf(entries, 'boat.png'))).toMatchObject({ title: 'Boot', flag: 'rejected' })
})

test('a folder that is away is named once; what was looked at is taken only once', async () => {
  const { app, folder } = await startWithPictures({ 'a.png': 1, 'b.png': 2 })
  await copyFile(fixture('digikam'), join(folder, 'a.xmp'))
  await rename(folder, `${folder} away`)
  const looked = await look(app)
  expect(looked).toMatchObject({ state: 'looked', found: 0, refused: 2, refusals: [{ file: folder }] })
  await rename(`${folder} away`, folder)
  await expect(app.handlers['sidecars.take']({ id: looked.id + 1, conflicts: 'keep' })).rejects.toThrow(
    /Look at them again/,
  )
  expect(await take(app)).toMatchObject({ taken: 1 })
  const { reading } = await app.handlers['sidecars.state']({})
  await expect(app.handlers['sidecars.take']({ id: reading?.id ?? 0, conflicts: 'keep' })).rejects.toThrow(
    /Look at them again/,
  )
  await expect(app.handlers['sidecars.look']({ chosen: { filter: { text: 'zebra' }, sort: 'name' } })).rejects.toThrow(
    /no picture/,
  )
})

test('while it looks, a second one is refused; cancelled, it changes nothing and another can begin', async () => {
  const { app, folder } = await startWithPictures({ 'a.png': 1 })
  await copyFile(fixture('digikam'), join(folder, 'a.xmp'))
  const begun = await app.handlers['sidecars.look']({ chosen: all })
  expect(begun.state).toBe('looking')
  await expect(app.handlers['sidecars.look']({ chosen: all })).rejects.toThrow(/being read already/)
  await app.handlers['sidecars.cancel']({})
  const { reading } = await app.handlers['sidecars.state']({})
  expect(reading).toMatchObject({ state: 'cancelled', taken: 0 })
  await look(app)
  await app.handlers['sidecars.cancel']({})
  await expect(app.handlers['sidecars.take']({ id: begun.id + 1, conflicts: 'keep' })).rejects.toThrow(
    /Look at them again/,
  )
  expect(await app.handlers['history.state']({})).toEqual({ undo: null, redo: null })
  expect(await readFile(join(folder, 'a.xmp'))).toEqual(await readFile(fixture('digikam')))
})

test('sidecars beside new pictures are words of the file, which the person outranks', async () => {
  const app = await startApp()
  const folder = await makePictures({ 'bridge.png': 1, 'orchard.png': 2, 'orchard.tif': 3, 'plain.png': 4 })
  await copyFile(fixture('digikam'), join(folder, 'bridge.xmp'))
  await copyFile(fixture('lightroom'), join(folder, 'orchard.xmp'))
  await writeFile(join(folder, 'plain.xmp'), '<x>')
  const { entries, sync } = await importFolder(app, folder)
  expect(sync).toMatchObject({ imported: 4, failed: 0 })
  const [bridge, orchard, other] = ['bridge.png', 'orchard.png', 'orchard.tif'].map(path =>
    mediaIdOf(entries, path),
  ) as [number, number, number]
  expect(await detailOf(app, bridge)).toMatchObject({
    title: 'Bridge in the morning',
    caption: 'The bridge over the Saône,\nbefore the market.',
    keywords: ['Lyon', 'Ink'],
    rating: 4,
    isRatingOfFile: true,
    flag: null,
    words: {},
  })
  expect((await detailOf(app, bridge)).tags.map(({ name, source }) => `${name} ${source}`)).toContain('lyon builtin')
  expect(await detailOf(app, orchard)).toMatchObject({ title: 'Orchard', artist: 'Ada Bell', copyright: '© Ada Bell' })
  expect(await detailOf(app, other)).toMatchObject({ title: null, rating: null })
  await app.handlers['words.set']({ mediaIds: [bridge], field: 'title', value: 'Mine' })
  await importFolder(app, folder)
  expect((await detailOf(app, bridge)).title).toBe('Mine')
  // What came with the import is known already; flags and labels are a person's to take over.
  expect(await look(app)).toMatchObject({ changes: { flag: 2, label: 2 }, conflicts: { title: 1 }, refused: 1 })
})
