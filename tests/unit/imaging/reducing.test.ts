import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { hills, makeFolder, openImaging, plain } from '../../support/pictures.ts'

async function reduce(picture: Sharp, longSide = 1536) {
  const path = join(await makeFolder(), 'picture')
  await writeFile(path, await picture.toBuffer())
  const bytes = Buffer.from(await openImaging().reduce(path, { longSide }))
  return { bytes, metadata: await sharp(bytes).metadata() }
}

const somebody = {
  IFD0: { Artist: 'Ada Painter', Copyright: 'Ada Painter', Make: 'A Camera' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 15/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 33/1 0/1' },
}

test('what is sent is JPEG of at most the long side asked for, in the same proportions', async () => {
  const { metadata } = await reduce(hills(2048, 1024, 1).webp())
  expect(metadata).toMatchObject({ format: 'jpeg', width: 1536, height: 768, space: 'srgb', channels: 3 })
})

test('a smaller picture is not enlarged', async () => {
  const { metadata } = await reduce(hills(300, 400, 2).png())
  expect(metadata).toMatchObject({ format: 'jpeg', width: 300, height: 400 })
})

test('nothing of EXIF, GPS, XMP or a colour profile is in it', async () => {
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>Ada Painter</note></x:xmpmeta>'
  const original = hills(600, 400, 3).withExif(somebody).withXmp(xmp).withIccProfile('p3').jpeg()
  const given = await sharp(await original.toBuffer()).metadata()
  expect([given.exif, given.xmp, given.icc].every(Boolean)).toBe(true)
  const { bytes, metadata } = await reduce(original)
  expect([metadata.exif, metadata.xmp, metadata.icc, metadata.iptc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(bytes.toString('latin1')).not.toMatch(/Exif|Ada|Camera|GPS|http|xmp|ICC_PROFILE|Photoshop/i)
})

test('it stands upright, also without the note that says so', async () => {
  const { metadata } = await reduce(hills(400, 200, 4).withMetadata({ orientation: 6 }).jpeg())
  expect(metadata).toMatchObject({ width: 200, height: 400 })
  expect(metadata.orientation).toBeUndefined()
})

test('what is transparent is white', async () => {
  const clear = plain(40, 40, [0, 0, 0]).ensureAlpha(0).webp({ lossless: true })
  const { bytes } = await reduce(clear)
  const { dominant } = await sharp(bytes).stats()
  expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240)
})

test('a file that is no picture is refused', async () => {
  const path = join(await makeFolder(), 'picture')
  await writeFile(path, 'words')
  await expect(openImaging().reduce(path, { longSide: 1536 })).rejects.toMatchObject({ code: 'unsupported-format' })
})
