import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createImaging, type DerivedPicture, PictureRefused } from '../../../src/main/imaging/index.ts'
import { targetsIn } from '../../support/pictures.ts'

const samples = join(import.meta.dirname, '../../../resources/samples')

const derived = new Map<string, DerivedPicture>()
const refused = new Map<string, string>()

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-samples-'))
  const imaging = createImaging()
  const entries = await readdir(samples, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  await Promise.all(
    files.map(async (file, index) => {
      try {
        derived.set(basename(file), await imaging.derive(file, targetsIn(folder, String(index))))
      } catch (error) {
        refused.set(basename(file), error instanceof PictureRefused ? error.code : String(error))
      }
    }),
  )
  await imaging.close()
  await rm(folder, { recursive: true })
})

describe('the samples', () => {
  const every = <T>(fact: (picture: DerivedPicture) => T) => new Set([...derived.values()].map(fact))

  test('open, but for the three that are there to fail', () => {
    expect(Object.fromEntries(refused)).toEqual({
      'Damaged download.jpg': 'corrupt',
      'Empty.png': 'empty',
      'Notes.txt': 'unsupported-format',
    })
    expect(derived.size).toBeGreaterThanOrEqual(40)
  })

  test('show every format and every orientation', () => {
    expect([...every(({ format }) => format)].sort()).toEqual(['avif', 'gif', 'jpeg', 'png', 'svg', 'tiff', 'webp'])
    const orientations = every(({ embedded }) => embedded.orientation)
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) expect(orientations).toContain(orientation)
  })

  test('show transparency, depth, profiles, animation and odd proportions', () => {
    const all = [...derived.values()]
    expect(all.some(({ hasAlpha, format }) => hasAlpha && format === 'png')).toBe(true)
    expect(all.some(({ embedded }) => embedded.bitsPerSample === 16)).toBe(true)
    expect(all.some(({ embedded }) => embedded.colourProfile?.includes('P3'))).toBe(true)
    expect(
      all
        .filter(({ frameCount }) => frameCount > 1)
        .map(({ format }) => format)
        .sort(),
    ).toEqual(['gif', 'webp'])
    expect(all.some(({ width, height }) => width >= height * 3.5)).toBe(true)
    expect(all.some(({ width, height }) => height >= width * 2.5)).toBe(true)
  })

  test('carry titles, keywords, ratings, cameras and dates of several years', () => {
    const embedded = [...derived.values()].map(picture => picture.embedded)
    expect(embedded.filter(({ title }) => title).length).toBeGreaterThan(30)
    expect(embedded.filter(({ keywords }) => keywords.length > 0).length).toBeGreaterThan(30)
    expect(new Set(embedded.map(({ rating }) => rating))).toEqual(new Set([3, 4, 5, undefined]))
    expect(new Set(embedded.map(({ camera }) => camera)).size).toBeGreaterThan(2)
    expect(new Set(embedded.map(({ takenAt }) => takenAt?.slice(0, 4))).size).toBeGreaterThan(5)
  })

  test('hold one picture twice, and one whose name is wrong about its format', () => {
    expect(derived.get('Poppies (copy).jpg')?.fingerprint).toBe(derived.get('Poppies.jpg')?.fingerprint)
    expect(derived.get('Really a PNG.jpg')?.format).toBe('png')
    expect(derived.get('Frühling & Gärten 🌿.jpg')?.embedded.title).toBe('Frühling & Gärten 🌿')
  })
})
