import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Artwork } from '../../../src/shared/artworks.ts'
import {
  attribute,
  deadLinks,
  elements,
  filesIn,
  pageAt,
  plainPictures,
  portfolioOptions,
  portfolioWork,
  textIn,
  worksOf,
  writeAll,
} from '../../support/portfolio.ts'
import { publishedMedia } from '../../support/published.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

async function site(works: Artwork[], given: Parameters<typeof portfolioOptions>[1] = {}) {
  const folder = await makeTempFolder('portfolio')
  const ended = await writeAll(worksOf(...works), plainPictures().picture, portfolioOptions(folder, given))
  expect(await deadLinks(folder)).toEqual([])
  return { folder, ended }
}

const main = async (folder: string, file: string) => textIn(elements(await pageAt(folder, file), 'main')[0])

test('a wall, a page a work, a page a series, and an about page: every link of them leads somewhere', async () => {
  const { folder, ended } = await site(
    [
      portfolioWork({ series: 'Barns', seriesId: 4, pictures: [[1, 'main']] }),
      portfolioWork({
        id: 2,
        inventoryNumber: 'BI.2020.7',
        title: 'Meadow',
        pictures: [
          [3, 'detail'],
          [2, 'main'],
          [4, 'detail'],
          [5, 'installation'],
          [900, 'scan'],
        ],
      }),
      portfolioWork({ id: 3, inventoryNumber: '7', title: 'Unseen', year: null, pictures: [[901, 'main']] }),
    ],
    { about: 'Paints barns.', contact: 'ada@example.com' },
  )
  expect(ended).toMatchObject({ works: 3, unchanged: 0, removed: 0, refusals: [] })
  expect((await filesIn(folder)).filter(name => !name.startsWith('pictures/'))).toEqual([
    'about.html',
    'index.html',
    'keys.js',
    'portfolio.json',
    'series/barns_4.html',
    'style.css',
    'works/2019-001.html',
    'works/7.html',
    'works/bi.2020.7.html',
  ])
  const index = await pageAt(folder, 'index.html')
  const wall = elements(index, 'li').filter(item => attribute(item, 'class')?.startsWith('p'))
  expect(wall.map(textIn)).toEqual(['Red barn, 2019', 'Meadow, 2019', 'Unseen'])
  expect(elements(index, 'nav').map(textIn)).toEqual(['Works About', 'Barns'])

  const work = await pageAt(folder, 'works/bi.2020.7.html')
  expect(elements(work, 'img').map(image => attribute(image, 'alt'))).toEqual([
    'Meadow, 2019, Oil on linen',
    'Detail 1: Meadow',
    'Detail 2: Meadow',
    'Installation view: Meadow',
  ])
  expect(elements(work, 'figcaption').map(textIn)).toEqual(['Detail 1', 'Detail 2', 'Installation view'])
  const turns = elements(work, 'a').filter(link => attribute(link, 'rel'))
  expect(turns.map(link => [attribute(link, 'rel'), attribute(link, 'href')])).toEqual([
    ['prev', '../works/2019-001.html'],
    ['next', '../works/7.html'],
  ])
  const ends = elements(await pageAt(folder, 'works/7.html'), 'a').map(link => attribute(link, 'rel'))
  expect(ends.filter(Boolean)).toEqual(['prev'])
})

test('nothing moves: every picture says its size, its sizes, its proportion and its colour', async () => {
  const { folder } = await site([portfolioWork()])
  for (const file of ['index.html', 'works/2019-001.html']) {
    const page = await pageAt(folder, file)
    const [image] = elements(page, 'img')
    expect([attribute(image, 'width'), attribute(image, 'height')]).toEqual(['1920', '1440'])
    expect((attribute(image, 'srcset') ?? '').split(', ').map(source => source.split(' ')[1])).toEqual([
      '480w',
      '960w',
      '1920w',
    ])
    expect(attribute(image, 'sizes')).toMatch(/vw/)
    expect(textIn(elements(page, 'style')[0])).toContain('{--ratio:1.333;--most:1920px;--colour:#804020}')
  }
})

test('a small picture is not written larger than it is', async () => {
  const folder = await makeTempFolder('portfolio')
  const { picture } = plainPictures()
  const small = (id: number, edge: number) => picture(id, Math.min(edge, 700))
  await writeAll(worksOf(portfolioWork()), small, portfolioOptions(folder))
  const pictures = (await filesIn(folder)).filter(name => name.startsWith('pictures/'))
  expect(pictures.map(name => name.split('-').at(-1))).toEqual(['480x360.jpg', '700x525.jpg'])
})

const hostile = `"><script>alert(1)</script>'&amp;\u{0}\u{202e}\ud800]]>`

test('what is written in a work or of the artist is text, wherever it stands', async () => {
  const { folder } = await site(
    [
      portfolioWork({
        title: hostile,
        year: '2019',
        medium: hostile,
        support: hostile,
        series: hostile,
        seriesId: 1,
        statement: `${hostile}\n\n${hostile}`,
        provenance: hostile,
        inventoryNumber: `../../${hostile}`.slice(0, 60),
        media: [
          { media: publishedMedia({ meanColour: '</style><script>', version: hostile }), role: 'main' },
          { media: publishedMedia({ id: 2 }), role: 'detail' },
        ],
      }),
      portfolioWork({ id: 2, inventoryNumber: '2' }),
    ],
    {
      artist: hostile,
      about: hostile,
      contact: `${hostile}\njavascript:alert(1)\nhttps://example.com/"><script>\nada@example.com?bcc=a@b.example`,
      address: 'https://example.com/',
      shows: { status: true, prices: true, provenance: true },
    },
  )
  const pages = (await filesIn(folder)).filter(name => name.endsWith('.html'))
  expect(pages).toHaveLength(5)
  for (const file of pages) {
    const page = await pageAt(folder, file)
    expect(elements(page, 'script').map(textIn)).toEqual([''])
    const links = elements(page, 'a').map(link => attribute(link, 'href') ?? '')
    expect(links.filter(link => /^(javascript|mailto):/.test(link))).toEqual([])
    const handlers = elements(page, '*').flatMap(element => [...element.attributes].map(({ name }) => name))
    expect(handlers.filter(name => name.startsWith('on') || name === 'style')).toEqual([])
  }
  const [heading] = elements(await pageAt(folder, 'about.html'), 'h1')
  expect(textIn(heading)).toBe(`"><script>alert(1)</script>'&amp;\u{202e}\u{fffd}]]>`)
})

test.each([
  ['2019-001', 'works/2019-001.html'],
  ['BI.2019.1', 'works/bi.2019.1.html'],
  ['A/1', 'works/a-1_1.html'],
  ['a-1_1', 'works/a-1-1_1.html'],
  ['Nº 5', 'works/no-5_1.html'],
  ['№ 5', 'works/no-5_1.html'],
  ['絵', 'works/work_1.html'],
  ['con', 'works/con_1.html'],
  ['COM1.a', 'works/com1-a_1.html'],
  ['..', 'works/work_1.html'],
  ['a.', 'works/a_1.html'],
])('the page of number %j is %s, on any system', async (inventoryNumber, file) => {
  const { folder } = await site([portfolioWork({ inventoryNumber, pictures: [] })])
  expect((await filesIn(folder)).filter(name => name.startsWith('works/'))).toEqual([file])
})

test('status, price and provenance are there only if asked for, and where a work is kept never', async () => {
  const sold = {
    status: 'sold',
    price: { minor: 120_000, currency: 'EUR' },
    provenance: 'Private collection',
    edition: { copy: 3, size: 10, proofs: 2 },
    series: 'Barns',
    seriesId: 1,
    statement: 'Painted\nat dusk.\n\nTwice.',
  } as const
  const shows = { status: true, prices: true, provenance: true }
  const plain = await main((await site([portfolioWork(sold)])).folder, 'works/2019-001.html')
  expect(plain).toBe(
    'Red barn, 2019 Oil on linen 30 × 40 cm Edition: 3 of 10 + 2 AP From the series Barns Painted at dusk. Twice.',
  )
  const told = await main((await site([portfolioWork(sold)], { shows })).folder, 'works/2019-001.html')
  expect(told).toContain('From the series Barns Sold Painted')
  expect(told).toContain('Provenance Private collection')
  const asked = await site([portfolioWork({ ...sold, status: 'reserved' })], { shows })
  expect(await main(asked.folder, 'works/2019-001.html')).toContain('Reserved, 1,200 EUR')
  const all = await Promise.all((await filesIn(asked.folder)).map(name => readFile(join(asked.folder, name), 'utf8')))
  expect(all.join()).not.toContain('Rack 4')
})

test('contact: addresses of mail and of the web are links, all else is text', async () => {
  const { folder } = await site([portfolioWork()], {
    contact: 'Hay Lane 5\nada@example.com\nhttps://ada.example/prints/',
  })
  const [address] = elements(await pageAt(folder, 'about.html'), 'address')
  expect(textIn(address)).toBe('Hay Lane 5 ada@example.com ada.example/prints')
  const links = elements(await pageAt(folder, 'about.html'), 'a').map(link => attribute(link, 'href'))
  expect(links.slice(-2)).toEqual(['mailto:ada@example.com', 'https://ada.example/prints/'])
})

test('others see whole addresses where it is known where the site will be, and search engines what they may', async () => {
  const metas = async (given: Parameters<typeof portfolioOptions>[1]) => {
    const { folder } = await site([portfolioWork({ statement: 'At dusk.' })], given)
    const page = await pageAt(folder, 'works/2019-001.html')
    const named = elements(page, 'meta').map(meta => [
      attribute(meta, 'property') ?? attribute(meta, 'name') ?? '',
      attribute(meta, 'content'),
    ])
    return Object.fromEntries(named)
  }
  const known = await metas({ address: 'https://ada.example/art/' })
  expect(known).toMatchObject({
    description: 'Red barn, 2019, Oil on linen, 30 × 40 cm. At dusk.',
    'og:title': 'Red barn, 2019 – Ada Burg',
    'og:url': 'https://ada.example/art/works/2019-001.html',
    'og:image': expect.stringMatching(/^https:\/\/ada\.example\/art\/pictures\/1-[0-9a-f]{10}-1920x1440\.jpg$/),
  })
  expect(known).not.toHaveProperty('robots')
  const unknown = await metas({ isIndexed: false })
  expect(unknown).toMatchObject({ robots: 'noindex, nofollow, noimageindex' })
  expect(unknown).not.toHaveProperty('og:image')
})
