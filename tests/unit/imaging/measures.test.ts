import sharp from 'sharp'
import { thumbHashToAverageRGBA } from 'thumbhash'
import { describe, expect, test } from 'vitest'
import { type ColourName, colourNames } from '../../../src/shared/colours.ts'
import { deriveBytes, discs, plain, quarters, type Rgb } from '../../support/pictures.ts'

/** What people call these, by CSS names and paint charts. */
const painted: Record<ColourName, string[]> = {
  black: ['#000000', '#0c0c0e', '#1a1a1a', '#1c1410'],
  grey: ['#808080', '#444444', '#c0c0c0', '#708090', '#d3d3d3'],
  white: ['#ffffff', '#f7f7f7', '#fffafa', '#f0f4f7'],
  red: ['#ff0000', '#dc143c', '#b22222', '#8b0000', '#e34234'],
  orange: ['#ffa500', '#ff8c00', '#e97a1e', '#ff7f50'],
  brown: ['#8b4513', '#a0522d', '#5c4033', '#6f4e37', '#3d2b1f'],
  yellow: ['#ffff00', '#ffd700', '#f4c430', '#fff44f', '#e6c84a'],
  olive: ['#808000', '#6b6b2a', '#556b2f', '#8a7f20'],
  green: ['#00ff00', '#008000', '#2e8b57', '#98fb98', '#4f7942'],
  teal: ['#008080', '#20797b', '#2f6f73'],
  cyan: ['#00ffff', '#40e0d0', '#7fdfe0', '#afeeee'],
  blue: ['#0000ff', '#4169e1', '#1e90ff', '#87ceeb', '#4682b4'],
  navy: ['#000080', '#191970', '#14213d', '#1f2a56', '#15303d'],
  purple: ['#800080', '#8a2be2', '#4b0082', '#9370db'],
  magenta: ['#ff00ff', '#c71585', '#e20ab4', '#da3fc0'],
  pink: ['#ffc0cb', '#ff69b4', '#f4a6b7', '#dda0dd'],
  beige: ['#f5f5dc', '#d2b48c', '#f5deb3', '#e8dcc0', '#deb887'],
}

const toRgb = (hex: string) => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb

describe('palette', () => {
  test.each(colourNames.flatMap(name => painted[name].map(hex => [hex, name] as const)))(
    '%s is %s',
    async (hex, name) => {
      const { palette, meanColour } = await deriveBytes(await plain(64, 64, toRgb(hex)).png().toBuffer())
      expect(palette).toEqual([{ name, hex, share: 1 }])
      expect(meanColour).toBe(hex)
    },
  )

  test('shares are those of the areas, largest first', async () => {
    const [sea, sand]: [Rgb, Rgb] = [toRgb('#1e90ff'), toRgb('#f5deb3')]
    const { palette } = await deriveBytes(await quarters(800, 800, [sea, sea, sea, sand]).png().toBuffer())
    expect(palette.map(({ name }) => name)).toEqual(['blue', 'beige'])
    expect(palette[0]?.share).toBeCloseTo(0.75, 1)
    expect(palette[1]?.share).toBeCloseTo(0.25, 1)
  })

  test('fine lines keep their colour beside that of the paper', async () => {
    const line = await plain(600, 2, [20, 30, 110]).png().toBuffer()
    const lines = Array.from({ length: 100 }, (_, index) => ({ input: line, left: 0, top: index * 6 }))
    const { palette } = await deriveBytes(await plain(600, 600, [245, 235, 210]).composite(lines).png().toBuffer())
    expect(palette.slice(0, 2).map(({ name }) => name)).toEqual(['beige', 'navy'])
    expect(palette[1]?.share).toBeGreaterThan(0.15)
  })

  test('what covers under two hundredths is left out', async () => {
    const dot = await plain(60, 60, [255, 0, 0]).png().toBuffer()
    const { palette } = await deriveBytes(
      await plain(1000, 1000, [255, 255, 255])
        .composite([{ input: dot, left: 100, top: 100 }])
        .png()
        .toBuffer(),
    )
    expect(palette.map(({ name }) => name)).toEqual(['white'])
  })
})

describe('light', () => {
  test('of white is bright and without contrast, of black dark', async () => {
    const white = await deriveBytes(await plain(50, 50, [255, 255, 255]).png().toBuffer())
    expect(white.light).toEqual({ brightness: 1, contrast: 0, colourfulness: 0 })
    const black = await deriveBytes(await plain(50, 50, [0, 0, 0]).png().toBuffer())
    expect(black.light).toEqual({ brightness: 0, contrast: 0, colourfulness: 0 })
  })

  test('of half black, half white has the most contrast there is', async () => {
    const [black, white]: [Rgb, Rgb] = [
      [0, 0, 0],
      [255, 255, 255],
    ]
    const { light } = await deriveBytes(await quarters(64, 64, [black, white, white, black]).png().toBuffer())
    expect(light.brightness).toBeCloseTo(0.5, 2)
    expect(light.contrast).toBeCloseTo(0.5, 2)
  })

  test('of a strong colour is colourful', async () => {
    const { light } = await deriveBytes(await plain(50, 50, [255, 0, 255]).png().toBuffer())
    // OKLCH of #ff00ff: L 0.70, C 0.32.
    expect(light.brightness).toBeCloseTo(0.7, 1)
    expect(light.colourfulness).toBeCloseTo(0.32, 2)
  })
})

test('the placeholder is a ThumbHash of the picture', async () => {
  const { placeholder } = await deriveBytes(await plain(300, 200, [200, 100, 50]).png().toBuffer())
  const hash = Buffer.from(placeholder ?? '', 'base64')
  expect(hash.length).toBeLessThan(30)
  const { r, g, b, a } = thumbHashToAverageRGBA(hash)
  expect([r * 255, g * 255, b * 255].map(value => Math.abs(value))).toEqual([
    expect.closeTo(200, -1),
    expect.closeTo(100, -1),
    expect.closeTo(50, -1),
  ])
  expect(a).toBe(1)
})

describe('fingerprint', () => {
  const fingerprintOf = async (bytes: Buffer) => BigInt(`0x${(await deriveBytes(bytes)).fingerprint}`)

  function differingBits(one: bigint, other: bigint): number {
    return (one ^ other).toString(2).replaceAll('0', '').length
  }

  test('of a picture resized, recompressed or lightened differs in few bits', async () => {
    const original = await discs(900, 600, 4).png().toBuffer()
    const fingerprint = await fingerprintOf(original)
    const copies: [string, Promise<Buffer>][] = [
      ['smaller', sharp(original).resize(300).png().toBuffer()],
      ['poor JPEG', sharp(original).jpeg({ quality: 20 }).toBuffer()],
      ['WebP', sharp(original).resize(640).webp({ quality: 40 }).toBuffer()],
      ['lighter', sharp(original).linear(0.9, 20).png().toBuffer()],
      ['blurred', sharp(original).blur(4).png().toBuffer()],
    ]
    for (const [name, copy] of copies) {
      expect(differingBits(fingerprint, await fingerprintOf(await copy)), name).toBeLessThanOrEqual(6)
    }
  })

  test('of different pictures differs in many', async () => {
    const fingerprints: bigint[] = []
    for (const seed of [1, 2, 3, 4, 5, 6])
      fingerprints.push(await fingerprintOf(await discs(400, 300, seed).png().toBuffer()))
    for (const [index, one] of fingerprints.entries()) {
      for (const other of fingerprints.slice(index + 1)) expect(differingBits(one, other)).toBeGreaterThanOrEqual(14)
    }
  })

  test('of a plain picture is empty, whatever its colour', async () => {
    const plainOnes = [plain(200, 100, [200, 30, 90]), plain(64, 64, [255, 255, 255]), plain(900, 900, [3, 3, 3])]
    for (const picture of plainOnes) expect(await fingerprintOf(await picture.png().toBuffer())).toBe(0n)
  })
})
