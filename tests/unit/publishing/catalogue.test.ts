import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { mediumLine } from '../../../src/main/publishing/caption.ts'
import {
  type CatalogueOptions,
  catalogueBytes,
  type Remark,
  type WorkPicture,
} from '../../../src/main/publishing/index.ts'
import { pdfFacts, pdfFile, pdfPages, pdfPictures, pdfWords, withPoppler } from '../../support/poppler.ts'
import { worksOf } from '../../support/portfolio.ts'
import { artwork } from '../../support/printed-works.ts'

const plainly: CatalogueOptions = {
  title: 'Barns',
  artist: 'Élise Nguyễn',
  now: new Date(2026, 10, 27, 12),
  pageSize: 'a4',
  layout: 'one',
  showsStatus: false,
  showsPrices: false,
  showsStatement: false,
  showsProvenance: false,
  listsWorks: false,
}

let wide: Buffer
beforeAll(async () => {
  wide = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c63' } })
    .jpeg()
    .toBuffer()
})

const picture: WorkPicture = async () => ({ jpeg: wide, width: 300, height: 200 })

async function catalogue(works: ReturnType<typeof artwork>[], given: Partial<CatalogueOptions> = {}) {
  const remarks: Remark[] = []
  const bytes = catalogueBytes(worksOf(...works), picture, { ...plainly, ...given }, remark => remarks.push(remark))
  return { path: await pdfFile(bytes), remarks }
}

const oak = () =>
  artwork({
    title: 'Свет и тень, Ἀρχή',
    year: 'c. 2019',
    medium: 'Oil',
    support: 'canvas',
    dimensions: { heightMm: 300, widthMm: 400, depthMm: 45, unit: 'cm' },
    edition: { copy: 3, size: 10, proofs: 2 },
    inventoryNumber: '2019-004',
    status: 'reserved',
    price: { minor: 120_050, currency: 'EUR' },
    statement: 'Light through boards.\n\nSecond paragraph.',
    provenance: 'Private collection, Vienna.',
    location: 'Rack 7',
    pictureId: 1,
  })

withPoppler('a page of a catalogue says of a work what is asked for, in the order of a caption', async () => {
  const all = { showsStatus: true, showsPrices: true, showsStatement: true, showsProvenance: true }
  expect(await pdfPages((await catalogue([oak()], all)).path)).toEqual([
    ['Élise Nguyễn', 'Barns', '27 November 2026'],
    [
      'Свет и тень, Ἀρχή, c. 2019',
      'Oil on canvas',
      '30 × 40 × 4.5 cm',
      'Edition 3 of 10 + 2 AP',
      'Reserved, 1,200.50 EUR',
      'Inv. 2019-004',
      'Light through boards.',
      'Second paragraph.',
      'Provenance',
      'Private collection, Vienna.',
      '2',
    ],
  ])
  const [, page] = await pdfPages((await catalogue([oak()])).path)
  expect(page).toEqual([
    'Свет и тень, Ἀρχή, c. 2019',
    'Oil on canvas',
    '30 × 40 × 4.5 cm',
    'Edition 3 of 10 + 2 AP',
    'Inv. 2019-004',
    '2',
  ])
})

withPoppler('the file tells its title, artist and language, and is tagged for whoever has it read aloud', async () => {
  const { path } = await catalogue([oak()], { title: 'Licht – Свет' })
  expect(await pdfFacts(path)).toMatchObject({
    Title: 'Licht – Свет',
    Author: 'Élise Nguyễn',
    Tagged: 'yes',
    Pages: '2',
    'Page size': '595.276 x 841.89 pts (A4)',
  })
  expect((await pdfFacts((await catalogue([], { pageSize: 'letter' })).path))['Page size']).toContain('letter')
})

withPoppler('works keep their order and their pictures, also those that have none', async () => {
  const works = ['A', 'B', 'C', 'D', 'E'].map((title, place) =>
    artwork({ title, ...(place !== 1 && { pictureId: place + 1 }) }),
  )
  const one = await catalogue(works, { listsWorks: true })
  const pages = await pdfPages(one.path)
  expect(pages.slice(1, 6).map(([title]) => title)).toEqual(['A', 'B', 'C', 'D', 'E'])
  expect(pages[6]?.map(line => line.replace(/ +/, ' '))).toEqual([
    'List of works',
    '2 A',
    '3 B',
    '4 C',
    '5 D',
    '6 E',
    '7',
  ])
  expect((await pdfPictures(one.path)).map(({ page }) => page)).toEqual([2, 4, 5, 6])
  expect((await pdfPictures(one.path))[0]).toMatchObject({ width: 300, height: 200 })

  const two = await catalogue(works, { layout: 'two' })
  expect((await pdfPictures(two.path)).map(({ page }) => page)).toEqual([2, 3, 3, 4])
  const list = await catalogue(works, { layout: 'list' })
  expect((await pdfPictures(list.path)).map(({ page }) => page)).toEqual([2, 2, 2, 2])
  expect((await pdfPages(list.path))[1]?.filter(line => /^[A-E]$/.test(line))).toEqual(['A', 'B', 'C', 'D', 'E'])
})

withPoppler.each(['one', 'two', 'list'] as const)(
  'in layout %s a long text goes on over pages and never off them',
  async layout => {
    const words = Array.from({ length: 2_000 }, (_, place) => `w${place}`)
    const long = artwork({
      title: 'x'.repeat(300),
      medium: 'y '.repeat(149).trim(),
      statement: words.join(' '),
      pictureId: 1,
    })
    const { path } = await catalogue([long, artwork({ title: 'After', pictureId: 2 })], {
      layout,
      showsStatement: true,
      title: 'z'.repeat(300),
    })
    const found = await pdfWords(path)
    expect(found.map(({ text }) => text).filter(text => /^w\d+$/.test(text))).toEqual(words)
    for (const {
      box: [left = -1, top = -1, right = 1e9, bottom = 1e9],
      page: [width = 0, height = 0],
    } of found) {
      expect(Math.min(left, top)).toBeGreaterThan(20)
      expect(right).toBeLessThan(width - 20)
      expect(bottom).toBeLessThan(height - 20)
    }
    expect(found.filter(({ text }) => text === 'After')).toHaveLength(1)
  },
)

withPoppler('letters that the font does not have are boxes, and are told of', async () => {
  const { path, remarks } = await catalogue([artwork({ title: '日本 🎨 barn', inventoryNumber: '7' }), oak()])
  expect((await pdfPages(path))[1]?.[0]).toBe('□□ □ barn')
  expect(remarks).toEqual([
    { work: '日本 🎨 barn (7)', text: 'The font has no 日 本 🎨; a box □ stands in its place.' },
  ])
})

test.each([
  ['Oil', 'canvas', 'Oil on canvas'],
  ['Oil on canvas', 'Canvas', 'Oil on canvas'],
  ['Ink', 'on paper', 'Ink on paper'],
  [null, 'Paper', 'Paper'],
  ['Ink', null, 'Ink'],
])('of the medium %j and the support %j one line is made', (medium, support, line) => {
  expect(mediumLine({ medium, support })).toBe(line)
})

test('of pictures and pages no more than one is held', async () => {
  let asked = 0
  let taken = 0
  const works = Array.from({ length: 40 }, (_, id) => artwork({ pictureId: id + 1 }))
  const noise = await sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer()
  const counted: WorkPicture = async () => {
    // All pictures before this one are on the disk by now.
    expect(taken).toBeGreaterThanOrEqual(asked * noise.length)
    asked += 1
    return { jpeg: Buffer.from(noise), width: 400, height: 400 }
  }
  for await (const bytes of catalogueBytes(worksOf(...works), counted, plainly, () => {})) taken += bytes.length
  expect(asked).toBe(40)
})
