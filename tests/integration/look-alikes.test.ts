import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { importFolder, mediaIdOf, startApp } from '../support/app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const samples = join(import.meta.dirname, '../../resources/samples')
const birches = join(samples, 'Paintings/Birches in October.webp')
const teapot = join(samples, 'Sketchbook/Page 18, teapot.webp')

/** Two pictures, and of the first what people make of a picture. */
async function startWithCopies() {
  const folder = join(await makeTempFolder('pictures'), 'Copies')
  await mkdir(folder)
  const write = (name: string, picture: Sharp) => picture.toFile(join(folder, name))
  await write('birches.png', sharp(birches))
  await write('third.jpg', sharp(birches).resize(400).jpeg({ quality: 60 }))
  await write('brighter.webp', sharp(birches).modulate({ brightness: 1.1 }).webp({ quality: 70 }))
  await write('grey.jpg', sharp(birches).grayscale().jpeg())
  await write('teapot.png', sharp(teapot))
  await write('plain.png', sharp({ create: { width: 300, height: 200, channels: 3, background: '#446688' } }))
  await write('plain too.png', sharp({ create: { width: 300, height: 200, channels: 3, background: '#446689' } }))
  const app = await startApp()
  const { entries } = await importFolder(app, folder)
  return { app, idOf: (name: string) => mediaIdOf(entries, name) }
}

test('the same picture in other sizes, formats and tones is one group and most alike; others are neither', async () => {
  const { app, idOf } = await startWithCopies()
  const { groups, total } = await app.handlers['media.nearDuplicates']({ after: 0, limit: 10 })
  expect(total).toBe(1)
  const copies = ['birches.png', 'third.jpg', 'brighter.webp', 'grey.jpg']
  expect(groups[0]?.items.map(({ filename }) => filename).toSorted()).toEqual(copies.toSorted())
  const { items, notice } = await app.handlers['media.similar']({ id: idOf('birches.png'), by: 'look', limit: 10 })
  expect(notice).toBeNull()
  expect(
    items
      .slice(0, 3)
      .map(({ filename }) => filename)
      .toSorted(),
  ).toEqual(copies.slice(1).toSorted())
  expect(items.every(({ likeness }) => likeness > 0.4 && likeness <= 1)).toBe(true)
  expect(items.map(({ filename }) => filename)).not.toContain('plain.png')
})

test('plain pictures are not grouped for having nothing on them', async () => {
  const { app, idOf } = await startWithCopies()
  const { items, notice } = await app.handlers['media.similar']({ id: idOf('plain.png'), by: 'look', limit: 10 })
  expect(items).toEqual([])
  expect(notice).toMatch(/too plain/)
})
