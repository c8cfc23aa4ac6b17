import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { DOMParser, type Document, type Element } from '@xmldom/xmldom'
import sharp from 'sharp'
import {
  type PortfolioOptions,
  type PublishedWorks,
  type WorkPicture,
  writePortfolio,
} from '../../src/main/publishing/index.ts'
import type { Artwork, MediaRole } from '../../src/shared/artworks.ts'
import { publishedMedia } from './published.ts'

/** A work with these facts, and pictures of these ids. */
export function portfolioWork(given: Partial<Artwork> & { pictures?: [id: number, role: MediaRole][] } = {}): Artwork {
  const { pictures = [[1, 'main']], ...facts } = given
  return {
    id: 1,
    title: 'Red barn',
    year: '2019',
    medium: 'Oil',
    support: 'linen',
    dimensions: { heightMm: 300, widthMm: 400, depthMm: null, unit: 'cm' },
    edition: null,
    copies: [],
    series: null,
    seriesId: null,
    status: 'available',
    price: null,
    location: 'Rack 4',
    provenance: null,
    statement: null,
    inventoryNumber: '2019-001',
    sources: {},
    createdAt: '2026-11-27T07:00:00Z',
    updatedAt: '2026-11-27T07:00:00Z',
    media: pictures.map(([id, role]) => ({ media: publishedMedia({ id, meanColour: '#804020' }), role })),
    ...facts,
  }
}

export async function* worksOf(...works: Artwork[]): PublishedWorks & AsyncGenerator<Artwork[]> {
  for (const work of works) yield [work]
}

/** Plain pictures of 2000 × 1500, the colour of their id; how often each was asked for. */
export function plainPictures() {
  const asked: [id: number, edge: number][] = []
  const picture: WorkPicture = async (id, edge) => {
    asked.push([id, edge])
    if (id >= 900) return null
    const height = Math.round(edge * 0.75)
    const jpeg = await sharp({ create: { width: edge, height, channels: 3, background: { r: id, g: 90, b: 60 } } })
      .jpeg()
      .toBuffer()
    return { jpeg, width: edge, height }
  }
  return { asked, picture }
}

export const portfolioOptions = (folder: string, given: Partial<PortfolioOptions> = {}): PortfolioOptions => ({
  folder,
  artist: 'Ada Burg',
  about: null,
  contact: null,
  address: null,
  isIndexed: true,
  shows: { status: false, prices: false, provenance: false },
  ...given,
})

/** Writes all of it, and adds up what was told. */
export async function writeAll(works: PublishedWorks, picture: WorkPicture, options: PortfolioOptions) {
  const sum = { works: 0, written: 0, unchanged: 0, removed: 0, refusals: [] as { file: string; reason: string }[] }
  for await (const { refusals, ...counts } of writePortfolio(works, picture, options)) {
    for (const name of ['works', 'written', 'unchanged', 'removed'] as const) sum[name] += counts[name]
    sum.refusals.push(...refusals)
  }
  return sum
}

export async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  return all
    .filter(entry => entry.isFile())
    .map(entry => posix.relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

/** Read strictly: a page with a tag that is not closed, or an `&` that is none, is an error. */
export async function pageAt(folder: string, file: string): Promise<Document> {
  const text = await readFile(join(folder, file), 'utf8')
  const parser = new DOMParser({
    onError: (level, message) => {
      // Half a surrogate pair becomes one, and may.
      if (message.startsWith('Unicode replacement character')) return
      throw new Error(`${file}: ${level}: ${message}`)
    },
  })
  return parser.parseFromString(text.replace('<!DOCTYPE html>\n', ''), 'application/xml')
}

export const elements = (page: Document, name: string): Element[] => [...page.getElementsByTagName(name)]
export const attribute = (element: Element | undefined, name: string): string | null =>
  element?.getAttribute(name) ?? null
export const textIn = (element: { textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()

/** Whatever a page leads to or shows that is not in the folder; addresses of mail and the web are no files. */
export async function deadLinks(folder: string): Promise<string[]> {
  const dead: string[] = []
  for (const file of (await filesIn(folder)).filter(name => name.endsWith('.html'))) {
    const page = await pageAt(folder, file)
    const ids = new Set(elements(page, '*').map(element => attribute(element, 'id')))
    for (const element of elements(page, '*')) {
      const sources = (attribute(element, 'srcset') ?? '').split(', ').map(source => source.split(' ')[0])
      const links = [attribute(element, 'href'), attribute(element, 'src'), ...sources]
      for (const link of links.filter(link => typeof link === 'string' && link !== '')) {
        if (/^(mailto|https?):/.test(link as string)) continue
        const [path = '', hash] = (link as string).split('#')
        const isThere = path === '' ? ids.has(hash ?? '') : existsSync(join(folder, dirname(file), path))
        if (!isThere) dead.push(`${file}: ${link}`)
      }
    }
  }
  return dead
}
