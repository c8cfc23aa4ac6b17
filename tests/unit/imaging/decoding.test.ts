import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import {
  deriveBytes,
  hills,
  makeFolder,
  openImaging,
  pixelsOfQuarters,
  plain,
  quarters,
  type Rgb,
  targetsIn,
} from '../../support/pictures.ts'

const red: Rgb = [220, 30, 30]
const green: Rgb = [30, 160, 60]
const blue: Rgb = [30, 60, 200]
const yellow: Rgb = [240, 210, 40]

/** WebP is lossy: a flat colour comes back within a few steps. */
function expectColour(actual: ArrayLike<number>, expected: Rgb, tolerance = 8): void {
  for (const channel of [0, 1, 2]) {
    expect(
      Math.abs((actual[channel] as number) - (expected[channel] as number)),
      `${actual} for ${expected}`,
    ).toBeLessThanOrEqual(tolerance)
  }
}

async function sizeOf(path: string): Promise<[number, number]> {
  const { width, height } = await sharp(path).metadata()
  return [width, height]
}

describe('every format', () => {
  const encoders: [string, string, (picture: Sharp) => Sharp][] = [
    ['jpeg', 'image/jpeg', picture => picture.jpeg()],
    ['png', 'image/png', picture => picture.png()],
    ['webp', 'image/webp', picture => picture.webp()],
    ['avif', 'image/avif', picture => picture.avif({ effort: 0 })],
    ['gif', 'image/gif', picture => picture.gif()],
    ['tiff', 'image/tiff', picture => picture.tiff()],
  ]

  test.each(encoders)('%s gives two WebP previews and what was measured', async (format, mimeType, encode) => {
    const bytes = await encode(quarters(3000, 1500, [red, green, blue, yellow])).toBuffer()
    const picture = await deriveBytes(bytes)
    expect(picture).toMatchObject({
      format,
      mimeType,
      width: 3000,
      height: 1500,
      frameCount: 1,
      embedded: { keywords: [] },
    })
    expect(await sizeOf(picture.targets.preview)).toEqual([2048, 1024])
    expect(await sizeOf(picture.targets.thumbnail)).toEqual([512, 256])
    expect((await readFile(picture.targets.preview)).length).toBe(picture.previewBytes)
    expect((await readFile(picture.targets.thumbnail)).length).toBe(picture.thumbnailBytes)
    const [first, second, third, fourth] = await pixelsOfQuarters(picture.targets.preview)
    expectColour(first as Rgb, red, 14)
    expectColour(second as Rgb, green, 14)
    expectColour(third as Rgb, blue, 14)
    expectColour(fourth as Rgb, yellow, 14)
  })

  test('is known by its content, whatever the name says', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'drawing.png'), await plain(20, 10, red).jpeg().toBuffer())
    expect(await openImaging().derive(join(folder, 'drawing.png'), targetsIn(folder))).toMatchObject({ format: 'jpeg' })
  })
})

test('a picture smaller than a preview is not enlarged, and both files are there', async () => {
  const { targets, ...picture } = await deriveBytes(await plain(300, 200, red).png().toBuffer())
  expect(await sizeOf(targets.preview)).toEqual([300, 200])
  expect(await readFile(targets.thumbnail)).toEqual(await readFile(targets.preview))
  expect(picture.thumbnailBytes).toBe(picture.previewBytes)
})

test.each([
  [20_000, 3],
  [3, 20_000],
  [1, 1],
])('a picture of %i × %i keeps at least one pixel each way', async (width, height) => {
  const { targets, ...picture } = await deriveBytes(await plain(width, height, red).png().toBuffer())
  expect(picture).toMatchObject({ width, height })
  expect(Math.min(...(await sizeOf(targets.thumbnail)))).toBe(1)
})

test('deriving again into the same targets replaces what is there', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, 'one'), await plain(10, 10, red).png().toBuffer())
  await writeFile(join(folder, 'two'), await plain(30, 20, blue).png().toBuffer())
  const imaging = openImaging()
  await imaging.derive(join(folder, 'one'), targetsIn(folder))
  await imaging.derive(join(folder, 'two'), targetsIn(folder))
  expect(await sizeOf(targetsIn(folder).preview)).toEqual([30, 20])
})

test.each(['scan [1]', 'scan[page=2]', 'Größe 🎨.png', "it's; $(odd) *?.png", 'two\nlines.png', '-n.png'])(
  'a file named %j is read',
  async name => {
    const folder = await makeFolder()
    await mkdir(join(folder, 'a [b] c'))
    const path = join(folder, 'a [b] c', name)
    await writeFile(path, await plain(10, 10, red).png().toBuffer())
    expect(await openImaging().derive(path, targetsIn(folder))).toMatchObject({ width: 10 })
  },
)

describe('orientation', () => {
  // What the eye sees in the end: red and green above, blue and yellow below. Per EXIF value, how that lies in the file.
  const stored: [number, [Rgb, Rgb, Rgb, Rgb]][] = [
    [1, [red, green, blue, yellow]],
    [2, [green, red, yellow, blue]],
    [3, [yellow, blue, green, red]],
    [4, [blue, yellow, red, green]],
    [5, [red, blue, green, yellow]],
    [6, [green, yellow, red, blue]],
    [7, [yellow, green, blue, red]],
    [8, [blue, red, yellow, green]],
  ]

  test.each(stored)('%i comes out upright', async (orientation, colours) => {
    const isTurned = orientation >= 5
    const picture = quarters(isTurned ? 200 : 400, isTurned ? 400 : 200, colours)
    for (const format of ['jpeg', 'tiff', 'webp'] as const) {
      const { targets, ...derived } = await deriveBytes(
        await picture.clone().withMetadata({ orientation })[format]().toBuffer(),
      )
      expect(derived).toMatchObject({ format, width: 400, height: 200, embedded: { orientation } })
      expect(await sizeOf(targets.preview)).toEqual([400, 200])
      const pixels = await pixelsOfQuarters(targets.preview)
      for (const [index, colour] of [red, green, blue, yellow].entries()) expectColour(pixels[index] as Rgb, colour, 14)
    }
  })
})

describe('colour becomes sRGB', () => {
  const ochre: Rgb = [180, 130, 90]
  const deep = (picture: Sharp) => picture.toColourspace('rgb16')
  const cases: [string, Promise<Buffer>, number][] = [
    ['P3 JPEG', plain(40, 40, ochre).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer(), 8],
    [
      'P3 PNG of 16 bits',
      deep(plain(40, 40, ochre))
        .withIccProfile('p3')
        .png()
        .toBuffer(),
      8,
    ],
    [
      'PNG of 16 bits',
      deep(plain(40, 40, ochre))
        .png()
        .toBuffer(),
      8,
    ],
    [
      'TIFF of 16 bits',
      deep(plain(40, 40, ochre))
        .tiff({ compression: 'lzw' })
        .toBuffer(),
      8,
    ],
    ['Lab TIFF', plain(40, 40, ochre).toColourspace('lab').tiff({ compression: 'deflate' }).toBuffer(), 8],
    [
      'linear TIFF of floats',
      plain(40, 40, ochre).toColourspace('scrgb').tiff({ compression: 'deflate' }).toBuffer(),
      8,
    ],
    ['palette PNG', plain(40, 40, ochre).png({ palette: true }).toBuffer(), 8],
    ['AVIF of 10 bits', plain(40, 40, ochre).avif({ bitdepth: 10, effort: 0 }).toBuffer(), 10],
    // Presses cannot print every colour, so the way there and back loses some.
    [
      'CMYK JPEG with a profile',
      plain(40, 40, ochre).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
      30,
    ],
    ['CMYK JPEG without a profile', plain(40, 40, ochre).toColourspace('cmyk').jpeg().toBuffer(), 30],
    ['CMYK TIFF', plain(40, 40, ochre).toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer(), 30],
  ]

  test.each(cases)('from %s', async (_, bytes, tolerance) => {
    const { targets } = await deriveBytes(await bytes)
    expect((await sharp(targets.preview).metadata()).hasProfile).toBe(false)
    expectColour((await pixelsOfQuarters(targets.preview))[0] as Rgb, ochre, tolerance)
  })

  test.each([
    ['grey PNG', plain(40, 40, [90, 90, 90]).toColourspace('b-w').png().toBuffer()],
    ['grey PNG of 16 bits', plain(40, 40, [90, 90, 90]).toColourspace('grey16').png().toBuffer()],
    ['grey JPEG', plain(40, 40, [90, 90, 90]).toColourspace('b-w').jpeg().toBuffer()],
  ])('from %s', async (_, bytes) => {
    const { targets, palette } = await deriveBytes(await bytes)
    expectColour((await pixelsOfQuarters(targets.preview))[0] as Rgb, [90, 90, 90])
    expect(palette).toMatchObject([{ name: 'grey', share: 1 }])
  })

  test('a damaged profile does not fail the picture', async () => {
    const jpeg = await plain(40, 40, ochre).withIccProfile('p3').jpeg().toBuffer()
    const at = jpeg.indexOf('ICC_PROFILE') + 14
    const { targets } = await deriveBytes(
      Buffer.concat([jpeg.subarray(0, at), Buffer.alloc(200, 0x7f), jpeg.subarray(at + 200)]),
    )
    expectColour((await pixelsOfQuarters(targets.preview))[0] as Rgb, ochre, 40)
  })
})

test('alpha is kept, and what is transparent has no colour', async () => {
  const rgba = sharp({ create: { width: 60, height: 60, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
  const square = await plain(30, 30, [0, 128, 0]).png().toBuffer()
  const { targets, ...picture } = await deriveBytes(
    await rgba
      .composite([{ input: square, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  )
  expect(picture).toMatchObject({ hasAlpha: true, palette: [{ name: 'green', share: 1 }] })
  const { data } = await sharp(targets.preview).raw().toBuffer({ resolveWithObject: true })
  expect(data[(5 * 60 + 5) * 4 + 3]).toBe(255)
  expect(data[(50 * 60 + 50) * 4 + 3]).toBe(0)
})

test('a picture that is transparent everywhere has an empty palette', async () => {
  const nothing = sharp({ create: { width: 60, height: 60, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } })
  expect(await deriveBytes(await nothing.png().toBuffer())).toMatchObject({ palette: [], meanColour: '#ffffff' })
})

describe('of several frames the first is shown and all are counted', () => {
  const frames = () => Promise.all([red, green, blue].map(colour => plain(50, 40, colour).png().toBuffer()))

  test.each(['gif', 'webp'] as const)('%s', async format => {
    const animation = sharp(await frames(), { join: { animated: true } })
    const { targets, ...picture } = await deriveBytes(await animation[format]().toBuffer())
    expect(picture).toMatchObject({ width: 50, height: 40, frameCount: 3 })
    expectColour((await pixelsOfQuarters(targets.preview))[0] as Rgb, red, 14)
  })
})

describe('a JPEG', () => {
  const whole = () => hills(400, 300, 2).jpeg().toBuffer()

  test('that lacks only its end marker opens, since every pixel is there', async () => {
    expect(await deriveBytes((await whole()).subarray(0, -2))).toMatchObject({ width: 400, height: 300 })
  })

  test('with bytes after its end opens', async () => {
    expect(await deriveBytes(Buffer.concat([await whole(), Buffer.alloc(5_000, 7)]))).toMatchObject({ width: 400 })
  })

  test('with stray bytes between its tables opens, since no pixel is touched', async () => {
    const jpeg = await whole()
    const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    const disordered = Buffer.concat([jpeg.subarray(0, at), Buffer.from([0x55, 0x55, 0x55]), jpeg.subarray(at)])
    await expect(sharp(disordered, { failOn: 'warning' }).stats()).rejects.toThrow('extraneous bytes')
    expect(await deriveBytes(disordered)).toMatchObject({ width: 400, height: 300 })
  })
})
