import { expect, test } from 'vitest'
import { mediaColumns } from '../../../src/main/publishing/media-columns.ts'
import { workColumns } from '../../../src/main/publishing/work-columns.ts'
import {
  createPictureReader,
  createWorkReader,
  mapColumns,
  mappingFault,
  subjectOf,
} from '../../../src/main/tables/index.ts'
import type { ColumnTarget } from '../../../src/shared/tables.ts'

const usual = { unit: 'cm', currency: 'EUR' } as const

/** One row of works under these names. */
function work(columns: string[], cells: string[], clearsEmpty = false) {
  const mapping = { columns, targets: mapColumns(columns, 'works'), clearsEmpty }
  return createWorkReader(mapping, usual)({ line: 2, cells })
}

function picture(columns: string[], cells: string[], clearsEmpty = false) {
  const mapping = { columns, targets: mapColumns(columns, 'pictures'), clearsEmpty }
  return createPictureReader(mapping)({ line: 2, cells })
}

test.each<[string[], (ColumnTarget | null)[]]>([
  [
    ['Inventory No.', 'Title', 'Year', 'Medium', 'H (cm)', 'W (cm)', 'D (cm)', 'Retail Price (USD)', 'Notes'],
    ['inventoryNumber', 'title', 'year', 'medium', 'height', 'width', 'depth', 'price', null],
  ],
  [
    ['Inventarnummer', 'Titel', 'Jahr', 'Technik', 'Bildträger', 'Maße', 'Auflage', 'Preis in €', 'Standort'],
    ['inventoryNumber', 'title', 'year', 'medium', 'support', 'dimensions', 'edition', 'price', 'location'],
  ],
  [
    ["N° d'inventaire", 'Titre', 'Année', 'Technique', 'Dimensions', 'Série', 'Statut', 'Prix', 'Devise'],
    ['inventoryNumber', 'title', 'year', 'medium', 'dimensions', 'series', 'status', 'price', 'currency'],
  ],
  [
    [
      'Nº de inventario',
      'Título',
      'Año',
      'Técnica',
      'Soporte',
      'Medidas',
      'Serie',
      'Precio',
      'Ubicación',
      'Procedencia',
    ],
    [
      'inventoryNumber',
      'title',
      'year',
      'medium',
      'support',
      'dimensions',
      'series',
      'price',
      'location',
      'provenance',
    ],
  ],
])('columns are known by their names: %j', (columns, targets) => {
  expect(mapColumns(columns, 'works')).toEqual(targets)
  expect(subjectOf(columns)).toBe('works')
})

test('columns of our own table of works are what they were', () => {
  const names = workColumns.map(({ name }) => name)
  expect(subjectOf(names)).toBe('works')
  expect(Object.fromEntries(mapColumns(names, 'works').map((target, i) => [names[i], target]))).toEqual({
    inventory_number: 'inventoryNumber',
    title: 'title',
    year: 'year',
    medium: 'medium',
    support: 'support',
    dimensions: 'dimensions',
    height_mm: 'height',
    width_mm: 'width',
    depth_mm: 'depth',
    edition: 'edition',
    series: 'series',
    status: 'status',
    price: 'price',
    currency: 'currency',
    copies: null,
    location: 'location',
    provenance: 'provenance',
    statement: 'statement',
    pictures: 'pictures',
    created: null,
    updated: null,
    id: null,
  })
})

test('columns of our own table of pictures are what they were', () => {
  const names = mediaColumns.map(({ name }) => name)
  const mapped = Object.fromEntries(mapColumns(names, 'pictures').map((target, i) => [names[i], target]))
  expect(subjectOf(names)).toBe('pictures')
  expect(mapped).toMatchObject({
    id: 'id',
    sha256: 'sha256',
    path: 'path',
    folder: 'folder',
    file: 'file',
    title: 'title',
    description: 'description',
    style: 'style',
    tags: 'tags',
    own_tags: 'ownTags',
    rating: 'rating',
    flag: 'flag',
    label: 'label',
    keywords: null,
    caption: null,
    analysis: null,
  })
})

test.each<[string[], string[], object]>([
  [['Title', 'Size'], ['Sea', '50,5 × 70 cm'], { heightMm: 505, widthMm: 700, depthMm: null, unit: 'cm' }],
  [['Title', 'Size (in)'], ['Sea', '12 1/2 x 9'], { heightMm: 317.5, widthMm: 228.6, depthMm: null, unit: 'in' }],
  [
    ['Title', 'Height', 'Width', 'Depth', 'Unit'],
    ['Sea', '30', '40', '0', 'mm'],
    { heightMm: 30, widthMm: 40, depthMm: null },
  ],
  [['Title', 'Höhe (cm)', 'Breite (cm)'], ['Sea', '30,5', '1 m'], { heightMm: 305, widthMm: 1000, unit: 'cm' }],
])('dimensions of %j %j', (columns, cells, dimensions) => {
  expect(work(columns, cells)).toMatchObject({ fields: { dimensions } })
})

test.each<[string[], string[], object]>([
  [['Title', 'Price'], ['Sea', '€ 1.200,–'], { minor: 120_000, currency: 'EUR' }],
  [['Title', 'Price', 'Currency'], ['Sea', "1'200.50", 'CHF'], { minor: 120_050, currency: 'CHF' }],
  [['Title', 'Price', 'Currency'], ['Sea', '900', '$'], { minor: 90_000, currency: 'USD' }],
  [['Title', 'Price (GBP)'], ['Sea', '900'], { minor: 90_000, currency: 'GBP' }],
  [['Title', 'Price (GBP)'], ['Sea', '900 JPY'], { minor: 900, currency: 'JPY' }],
])('price of %j %j', (columns, cells, price) => {
  expect(work(columns, cells)).toMatchObject({ fields: { price } })
})

test('what cannot be read is told column by column, and nothing of the row is taken', () => {
  const columns = ['Titel', 'Jahr', 'Preis', 'Zustand', 'Status', 'Höhe', 'Breite']
  expect(work(columns, ['Meer', 'bald', 'viel', 'gut', 'weg', '', '30'])).toEqual({
    line: 2,
    label: 'Meer',
    faults: [
      'Jahr: “bald” is no year. Write it such as 2019, c. 2019, or 2019–21.',
      'Breite: The height is missing.',
      'Status: “weg” is no status. Write available, reserved, sold, on loan, or not for sale.',
      'Preis: “viel” is no price. Write it such as 1,200 EUR or € 1.200.',
    ],
  })
})

test('an empty cell leaves what there is, or takes it away; a title and a status are always there', () => {
  const columns = ['Title', 'Year', 'Dimensions', 'Status', 'Price', 'Series']
  expect(work(columns, ['', '', '', '', '', ''])).toMatchObject({ fields: {} })
  expect(work(columns, ['Sea'], true)).toEqual({
    line: 2,
    number: null,
    fields: { title: 'Sea', year: null, dimensions: null, price: null, series: null },
    pictures: [],
  })
  expect(work(['Title', 'Height', 'Width'], ['Sea', '', ''], true)).toMatchObject({ fields: { dimensions: null } })
})

test('words of pictures: the apostrophe of formulas goes, lists are divided, stars are counted', () => {
  const columns = ['file', 'description', 'tags', 'rating', 'flag', 'label']
  expect(picture(columns, ['a.png', "'=1+1", 'sea; oil, old', '★★★', 'picked', 'Rot'])).toMatchObject({
    words: { description: '=1+1' },
    tags: ['sea', 'oil, old'],
    marks: { rating: 3, flag: 'picked', label: 'red' },
  })
  expect(picture(columns, ['a.png', '', 'sea, oil', '4.0', '', ''])).toMatchObject({
    words: {},
    tags: ['sea', 'oil'],
    marks: { rating: 4 },
  })
  expect(picture(columns, ['a.png', '', '', '', '', ''], true)).toMatchObject({
    words: { description: null },
    tags: [],
    marks: { rating: null, flag: null, label: null },
  })
  expect(picture(columns, ['a.png', '', '', '6', 'maybe', ''])).toMatchObject({
    label: 'a.png',
    faults: ['flag: “maybe” is no flag. Write picked or rejected.', 'rating: “6” is no number of stars, 0 to 5.'],
  })
})

test('a mapping that tells no rows apart says what is missing', () => {
  expect(mappingFault('works', ['title', 'title'])).toMatch(/Two columns/)
  expect(mappingFault('works', ['year', null])).toMatch(/title or the inventory number/)
  expect(mappingFault('pictures', ['tags'])).toMatch(/names the picture/)
  expect(mappingFault('pictures', ['file', 'folder'])).toMatch(/something to take over/)
  expect(mappingFault('pictures', ['file', 'tags'])).toBe(null)
})
