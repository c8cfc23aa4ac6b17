import { expect } from 'vitest'
import { type LabelOptions, labelBytes, type Remark } from '../../../src/main/publishing/index.ts'
import { pdfFacts, pdfFile, pdfPages, pdfWords, withPoppler } from '../../support/poppler.ts'
import { worksOf } from '../../support/portfolio.ts'
import { artwork } from '../../support/printed-works.ts'

const plainly: LabelOptions = {
  artist: 'Élise Nguyễn',
  now: new Date(2026, 10, 27, 12),
  pageSize: 'a4',
  labelSize: '90x50',
  showsPrices: false,
}

async function labels(works: ReturnType<typeof artwork>[], given: Partial<LabelOptions> = {}) {
  const remarks: Remark[] = []
  const bytes = labelBytes(worksOf(...works), { ...plainly, ...given }, remark => remarks.push(remark))
  return { path: await pdfFile(bytes), remarks }
}

const etching = () =>
  artwork({
    title: 'Barn',
    year: '2019–21',
    medium: 'Etching',
    dimensions: { heightMm: 317.5, widthMm: 228.6, depthMm: null, unit: 'in' },
    edition: { copy: null, size: 10, proofs: null },
    inventoryNumber: '2019-004',
    price: { minor: 90_000, currency: 'USD' },
  })

withPoppler('a label says who made what, when, of what, and how large it is', async () => {
  const said = ['Élise Nguyễn', 'Barn, 2019–21', 'Etching', '12 1/2 × 9 in', 'Edition of 10']
  expect(await pdfPages((await labels([etching()])).path)).toEqual([[...said, '2019-004']])
  expect(await pdfPages((await labels([etching()], { showsPrices: true, artist: '' })).path)).toEqual([
    [...said.slice(1), '900 USD', '2019-004'],
  ])
})

withPoppler.each([
  ['90x50', 'a4', 10, '595.276 x 841.89'],
  ['90x50', 'letter', 10, '612 x 792'],
  ['70x40', 'a4', 16, '841.89 x 595.276'],
  ['120x80', 'a4', 4, '841.89 x 595.276'],
] as const)('%s on %s: %i labels a sheet', async (labelSize, pageSize, onSheet, points) => {
  const works = Array.from({ length: onSheet + 1 }, (_, place) => artwork({ title: `w${place}` }))
  const { path } = await labels(works, { labelSize, pageSize, artist: '' })
  expect(await pdfFacts(path)).toMatchObject({ Pages: '2', 'Page size': expect.stringContaining(points) })
  const titles = (await pdfPages(path)).map(lines => lines.join(' ').match(/w\d+/g))
  expect(titles).toEqual([works.slice(0, -1).map(({ title }) => title), [`w${onSheet}`]])
})

withPoppler('what is too long gets smaller first, then ends with …, and is told of', async () => {
  const longish =
    'A title that needs some lines on a label, but fits on it once the letters are smaller than those of others'
  const endless = 'No label has room for this. '.repeat(10)
  const { path, remarks } = await labels([
    artwork({
      title: longish,
      medium: 'Oil, wax, limewash and linseed oil on two boards of larch',
      inventoryNumber: '1',
    }),
    artwork({ title: endless, medium: endless, support: endless, inventoryNumber: '2' }),
  ])
  expect(remarks).toEqual([
    { work: `${endless} (2)`, text: 'Its label is too small for all of its text, which ends with ….' },
  ])
  const words = await pdfWords(path)
  const text = words.map(word => word.text).join(' ')
  expect(text).toContain('…')
  expect(text).toContain('others')
  // All of it is still within its label, which is 90 mm wide.
  const [, , right = 0] = words.findLast(({ text: word }) => word.includes('…'))?.box ?? []
  expect(right).toBeLessThan(595 / 2 + 255)
  for (const number of ['1', '2']) expect(words.filter(word => word.text === number)).toHaveLength(1)
})
