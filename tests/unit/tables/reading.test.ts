import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findDelimiter, findEncoding, readHead, readTable, TableUnreadable } from '../../../src/main/tables/index.ts'
import type { TableDelimiter, TableEncoding } from '../../../src/shared/tables.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

async function fileOf(bytes: Buffer | string): Promise<string> {
  const path = join(await makeTempFolder('table'), 'table.csv')
  await writeFile(path, bytes)
  return path
}

async function read(bytes: Buffer | string, encoding: TableEncoding = 'utf-8', delimiter: TableDelimiter = ',') {
  const records: [number, ...string[]][] = []
  for await (const { line, cells } of readTable(await fileOf(bytes), { encoding, delimiter })) {
    records.push([line, ...cells])
  }
  return records
}

/** As a Mac wrote it before Unicode. */
const macBytes: Record<string, number> = {
  ä: 0x8a,
  ö: 0x9a,
  ü: 0x9f,
  ß: 0xa7,
  é: 0x8e,
  è: 0x8f,
  ñ: 0x96,
  '€': 0xdb,
  Ö: 0x85,
}
const ofMac = (text: string) => Buffer.from([...text].map(sign => macBytes[sign] ?? sign.charCodeAt(0)))

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
const german = 'Titel;Maß\nÖl für Möwen, groß;1\nCafé Träume;2\n'

test.each<[string, Buffer, TableEncoding, boolean]>([
  ['with a mark', Buffer.from(`\u{feff}${german}`), 'utf-8', false],
  ['without a mark', Buffer.from(german), 'utf-8', false],
  ['of letters without accents', Buffer.from('a;b\n1;2\n'), 'utf-8', false],
  ['of Windows', Buffer.from(german, 'latin1'), 'windows-1252', true],
  ['of Windows, in Spanish', Buffer.from('Título;Año\nEl niño y más allá;1999\n', 'latin1'), 'windows-1252', true],
  ['of Windows, with capitals', Buffer.from('TITEL\nMÄDCHEN AM FLUSS, GRÖßE\nÜBUNG\n', 'latin1'), 'windows-1252', true],
  ['of the Mac', ofMac(german), 'macintosh', true],
  ['of the Mac, in French', ofMac('Titre;Prix\nPère et fièvre, été;3\n'), 'macintosh', true],
  ['in sixteen bits', Buffer.from(`\u{feff}${german}`, 'utf16le'), 'utf-16le', false],
  ['in sixteen bits, the other way', utf16be(`\u{feff}${german}`), 'utf-16be', false],
  ['in sixteen bits, without a mark', Buffer.from(german, 'utf16le'), 'utf-16le', false],
])('letters %s are told', async (_, bytes, encoding, isGuessed) => {
  const path = await fileOf(bytes)
  expect(await findEncoding(path)).toEqual({ encoding, isGuessed })
})

test('letters of an old Mac are read', async () => {
  expect(await read(ofMac(german), 'macintosh', ';')).toEqual([
    [1, 'Titel', 'Maß'],
    [2, 'Öl für Möwen, groß', '1'],
    [3, 'Café Träume', '2'],
  ])
})

test.each<[string, TableDelimiter]>([
  ['a,b,c\n1,2,3\n', ','],
  ['a;b;c\n1,5;2,5;3\n', ';'],
  ['a\tb\n"x;y;z"\t1,2\n', '\t'],
  ['title\nSea\n', ','],
  ['sep=;\na;b\n1,2;3\n', ';'],
  ['a;b\n"many, many, commas, in, quotes\nand, lines";2\n', ';'],
])('what divides the columns of %j', async (text, delimiter) => {
  expect(await findDelimiter(await fileOf(text), 'utf-8')).toBe(delimiter)
})

test('rows have the line in which they begin, whatever is between and within them', async () => {
  const rows = 'a,b\r\n1,"two\r\nlines, ""and"" more"\r\n\r\n,\r\n2,3,beside\r\n"x\ny",\r\n4'
  expect(await read(rows)).toEqual([
    [1, 'a', 'b'],
    [2, '1', 'two\nlines, "and" more'],
    [6, '2', '3', 'beside'],
    [7, 'x\ny', ''],
    [9, '4'],
  ])
  expect((await read('sep=;\na;b\n1;2\n', 'utf-8', ';'))[1]).toEqual([3, '1', '2'])
})

test.each<[string, RegExp]>([
  ['a,b\n1,"x\n2,3\n', /^A quote \("\) that begins in line 3, or before it, has no end\. Save the table again/],
  ['a,b\n"x\r\ny",1\n2,3" x\n', /^Line 4 has a quote \("\) where none can be/],
  [`a\n${'x'.repeat(4_100_000)}\n`, /^The row at line 2 is longer than 4 MB/],
  [`${','.repeat(500)}x\n`, /has 501 columns, and 500 are read at most/],
])('what cannot be read says where', async (text, sentence) => {
  const failure = await read(text).catch(cause => cause)
  expect(failure).toBeInstanceOf(TableUnreadable)
  expect(failure.message).toMatch(sentence)
})

test('a column has a name and samples, and one without a name is told by its place', async () => {
  const path = await fileOf('Title,,Price\nSea,,1\nSea,x,\nSky,y,2\n')
  expect(await readHead(path, { encoding: 'utf-8', delimiter: ',' })).toEqual({
    columns: [
      { name: 'Title', samples: ['Sea', 'Sky'] },
      { name: 'Column 2', samples: ['x', 'y'] },
      { name: 'Price', samples: ['1', '2'] },
    ],
  })
})
