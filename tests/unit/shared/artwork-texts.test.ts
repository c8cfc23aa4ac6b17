import { describe, expect, test } from 'vitest'
import {
  type ArtworkStatus,
  type Copy,
  currencyDigits,
  formatCopyNumber,
  formatDimensions,
  formatEdition,
  formatPrice,
  formatSold,
  inventoryPatternSchema,
  nextCopyNumber,
  nextInventoryNumber,
  parseCopyNumber,
  parseDimensions,
  parseEdition,
  parsePrice,
  parseYears,
  type Reading,
  sizeUnits,
  statusOfCopies,
  tallyOf,
} from '../../../src/shared/artworks.ts'

const errorOf = (reading: Reading<unknown>) => (reading.ok ? null : reading.error)
const readOf = <T>(reading: Reading<T>): T => {
  if (!reading.ok) throw new Error(reading.error)
  return reading.value
}

/** The same numbers at every run. */
function* numbers(seed: number): Generator<number> {
  let state = seed
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state
  }
}

describe('dimensions', () => {
  test.each([
    ['30 x 40 cm', 300, 400, null, 'cm'],
    ['30×40cm', 300, 400, null, 'cm'],
    ['12 1/2 × 9 in', 317.5, 228.6, null, 'in'],
    ['12½ x 9"', 317.5, 228.6, null, 'in'],
    ['½ x 3/4 in', 12.7, 19.05, null, 'in'],
    ['30,5 X 40.25 cm', 305, 402.5, null, 'cm'],
    ['300 x 400 x 20 mm', 300, 400, 20, 'mm'],
    ['1.2 m x 80 cm', 1200, 800, null, 'cm'],
    ['3 ft by 4 ft', 914.4, 1219.2, null, 'in'],
    ['30 cm x 40 cm', 300, 400, null, 'cm'],
    ['40 inches', 1016, null, null, 'in'],
    ['30 x 40', 300, 400, null, 'cm'],
  ])('%s', (text, heightMm, widthMm, depthMm, unit) => {
    expect(readOf(parseDimensions(text, 'cm'))).toEqual({ heightMm, widthMm, depthMm, unit })
  })

  test('a bare number is in the usual unit', () => {
    expect(readOf(parseDimensions('12 x 9', 'in'))).toMatchObject({ heightMm: 304.8, unit: 'in' })
  })

  test.each([
    ['large', '“large” is no length.'],
    ['30 x', '“30 x” is no length.'],
    ['0 x 4 cm', 'A side cannot be 0.'],
    ['1 x 2 x 3 x 4 cm', 'no fourth side'],
    ['1/0 x 3 in', '“1/0” is no length.'],
    ['30 x 40 px', '“40 px” is no length.'],
    ['-3 x 4 cm', '“-3” is no length.'],
    ['101 x 4 m', 'longer than 100 metres'],
    ['', 'is no length'],
  ])('%s is refused in words', (text, error) => {
    expect(errorOf(parseDimensions(text, 'cm'))).toContain(error)
  })

  test('what is shown is read again as the same', () => {
    const next = numbers(1)
    for (let i = 0; i < 3000; i++) {
      const unit = sizeUnits[(next.next().value as number) % 3] as (typeof sizeUnits)[number]
      const step = unit === 'in' ? 25.4 / 16 : 0.5
      const side = () => Math.round((1 + ((next.next().value as number) % 4000)) * step * 100) / 100
      const given = { heightMm: side(), widthMm: side(), depthMm: i % 2 ? side() : null, unit }
      expect(readOf(parseDimensions(formatDimensions(given), 'cm'))).toEqual(given)
    }
  })

  test('inches are shown in fractions, and what is none is not', () => {
    expect(formatDimensions({ heightMm: 317.5, widthMm: 228.6, depthMm: 1.5875, unit: 'in' })).toBe(
      '12 1/2 × 9 × 1/16 in',
    )
    expect(formatDimensions({ heightMm: 100, widthMm: null, depthMm: null, unit: 'in' })).toBe('3.937 in')
  })
})

describe('prices', () => {
  test.each([
    ['€ 1.200', 120_000, 'EUR'],
    ['€1.200,50', 120_050, 'EUR'],
    ['1,200 EUR', 120_000, 'EUR'],
    ['1.200,-', 120_000, 'EUR'],
    ['1 200,50 €', 120_050, 'EUR'],
    ['1\u202f200 €', 120_000, 'EUR'],
    ["1'200.50 CHF", 120_050, 'CHF'],
    ['Fr. 80', 8000, 'CHF'],
    ['£1,200.5', 120_050, 'GBP'],
    ['US$ 1,234,567.89', 123_456_789, 'USD'],
    ['$950', 95_000, 'USD'],
    ['¥120,000', 120_000, 'JPY'],
    ['1.250 KWD', 1250, 'KWD'],
    ['eur 12', 1200, 'EUR'],
    ['1200', 120_000, 'EUR'],
    ['0', 0, 'EUR'],
  ])('%s', (text, minor, currency) => {
    expect(readOf(parsePrice(text, 'EUR'))).toEqual({ minor, currency })
  })

  test.each([
    ['a lot', '“a lot” is no price.'],
    ['12 kr', 'can be several currencies'],
    ['12 quid', '“quid” is no currency.'],
    ['$ 12 EUR', 'are two currencies'],
    ['1.2345 EUR', 'EUR has 2 digits behind the point'],
    ['12.5 JPY', 'JPY has no digits behind the point'],
    ['1,20,300 EUR', 'three digits'],
    ['-5 EUR', 'is no price'],
    ['99999999999999999 EUR', 'too large'],
  ])('%s is refused in words', (text, error) => {
    expect(errorOf(parsePrice(text, 'EUR'))).toContain(error)
  })

  test('what is shown is read again as the same, to the last cent', () => {
    const next = numbers(2)
    const codes = ['EUR', 'USD', 'JPY', 'KWD', 'CHF', 'HUF']
    for (let i = 0; i < 3000; i++) {
      const currency = codes[i % codes.length] as string
      const given = { minor: (next.next().value as number) * (i % 7 === 0 ? 100 : 1), currency }
      expect(readOf(parsePrice(formatPrice(given), 'GBP'))).toEqual(given)
    }
    const most = { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }
    expect(readOf(parsePrice(formatPrice(most), 'GBP'))).toEqual(most)
    expect(currencyDigits('JPY')).toBe(0)
  })
})

describe('editions', () => {
  test.each([
    ['3 of 10 + 2 AP', { copy: 3, size: 10, proofs: 2 }],
    ['3/10', { copy: 3, size: 10, proofs: null }],
    ['No. 3/10', { copy: 3, size: 10, proofs: null }],
    ['Edition of 10', { copy: null, size: 10, proofs: null }],
    ['ed. 10 plus 1 artist’s proof', { copy: null, size: 10, proofs: 1 }],
    ['Open edition', { copy: null, size: null, proofs: null }],
    ['open ed. + 2 AP', { copy: null, size: null, proofs: 2 }],
    ['unlimited', { copy: null, size: null, proofs: null }],
    ['unique', null],
    ['1/1', null],
  ])('%s', (text, edition) => {
    expect(readOf(parseEdition(text))).toEqual(edition)
    if (edition) expect(readOf(parseEdition(formatEdition(edition)))).toEqual(edition)
  })

  test.each([
    ['11/10', 'Copy 11 is beyond an edition of 10.'],
    ['0/10', 'counted from 1'],
    ['0', 'at least one copy'],
    ['many', '“many” is no edition.'],
    ['AP', '“AP” is one of the copies.'],
    ['AP 1/2', '“AP 1/2” is one of the copies.'],
  ])('%s is refused in words', (text, error) => {
    expect(errorOf(parseEdition(text))).toContain(error)
  })

  test.each([
    ['3', 'copy', 3],
    ['3/10', 'copy', 3],
    ['no. 3 of 10', 'copy', 3],
    ['AP 1/2', 'proof', 1],
    ['e.a. 2', 'proof', 2],
    ['AP', 'proof', null],
  ] as const)('the copy %s', (text, kind, number) => {
    expect(readOf(parseCopyNumber(text))).toEqual({ kind, number })
  })

  test.each([
    ['', 'is no number'],
    ['last', '“last” is no number of a copy.'],
    ['AP 0', 'counted from 1'],
  ])('the copy “%s” is refused in words', (text, error) => {
    expect(errorOf(parseCopyNumber(text))).toContain(error)
  })

  const edition = { copy: null, size: 3, proofs: 2 }
  const copy = (number: number, status: ArtworkStatus, kind: Copy['kind'] = 'copy'): Copy => ({
    ...{ kind, number, status, statusOn: null, price: null, location: null, buyer: null, note: null },
  })

  test('the next copy is the first that is missing; of an open edition there is always another', () => {
    const copies = [copy(1, 'sold'), copy(3, 'sold')]
    expect(nextCopyNumber('copy', edition, copies)).toBe(2)
    expect(nextCopyNumber('copy', edition, [...copies, copy(2, 'sold')])).toBeNull()
    expect(nextCopyNumber('proof', edition, copies)).toBe(1)
    expect(nextCopyNumber('proof', { ...edition, proofs: null }, copies)).toBeNull()
    expect(nextCopyNumber('copy', { ...edition, size: null }, copies)).toBe(4)
  })

  test('a work is what can be had of it most easily, and sold when nothing can', () => {
    const sold = [copy(1, 'sold'), copy(2, 'sold'), copy(3, 'sold')]
    expect(statusOfCopies(edition, sold)).toBe('sold')
    expect(statusOfCopies(edition, sold.slice(1))).toBe('available')
    expect(statusOfCopies({ ...edition, size: null }, sold)).toBe('available')
    expect(statusOfCopies(edition, [...sold, copy(1, 'not-for-sale', 'proof')])).toBe('not-for-sale')
    expect(statusOfCopies(edition, [...sold, copy(1, 'reserved', 'proof'), copy(2, 'on-loan', 'proof')])).toBe(
      'reserved',
    )
    const tally = tallyOf([...sold.slice(1), copy(1, 'sold', 'proof')])
    expect(formatSold(tally, edition)).toBe('2 of 3 + 1 AP sold')
    expect(formatSold({ ...tally, soldProofs: 0 }, { ...edition, size: null })).toBe('2 sold')
    expect([copy(3, 'sold'), copy(1, 'sold', 'proof')].map(each => formatCopyNumber(each, edition))).toEqual([
      '3/3',
      'AP 1/2',
    ])
  })
})

describe('years', () => {
  test.each([
    ['2019', '2019', 2019, 2019],
    ['ca 2019', 'c. 2019', 2019, 2019],
    ['Circa 1890', 'c. 1890', 1890, 1890],
    ['2019-21', '2019–21', 2019, 2021],
    ['2019 – 2021', '2019–2021', 2019, 2021],
    ['c. 1999/2001', 'c. 1999–2001', 1999, 2001],
    ['1980s', '1980s', 1980, 1989],
    ['2019–2019', '2019', 2019, 2019],
  ])('%s', (typed, text, first, last) => {
    expect(readOf(parseYears(typed))).toEqual({ text, first, last })
    expect(readOf(parseYears(text))).toEqual({ text, first, last })
  })

  test.each([
    ['last year', '“last year” is no year.'],
    ['2021-19', '19 is before 2021.'],
    ['0019', 'between 1000 and 2199'],
    ['20199', 'is no year'],
  ])('%s is refused in words', (text, error) => {
    expect(errorOf(parseYears(text))).toContain(error)
  })
})

describe('inventory numbers', () => {
  test('the next is behind the largest of its year, and gaps are kept', () => {
    const given = ['2019-001', '2019-004', '2020-009', '2019-x', '2019-', 'A7', '2019-002b']
    expect(nextInventoryNumber('{year}-{number:3}', 2019, given)).toBe('2019-005')
    expect(nextInventoryNumber('{year}-{number:3}', 2021, given)).toBe('2021-001')
    expect(nextInventoryNumber('{year}-{number:3}', 2019, ['2019-999'])).toBe('2019-1000')
    expect(nextInventoryNumber('A{number}', 2019, given)).toBe('A8')
    expect(nextInventoryNumber('{number:4}/{yy}', 2019, ['0007/19', '0009/20'])).toBe('0008/19')
  })

  test.each([
    ['{year}', 'needs {number} once'],
    ['{number}{number}', 'needs {number} once'],
    ['{month}-{number}', '“{month}” is unknown'],
    ['{number:3', 'needs {number} once'],
  ])('the pattern %s is refused in words', (pattern, error) => {
    expect(inventoryPatternSchema.safeParse(pattern).error?.issues[0]?.message).toContain(error)
  })
})
