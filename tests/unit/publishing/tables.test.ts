import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  csvTexts,
  ExportFailed,
  fileTarget,
  folderTarget,
  mediaColumns,
  mediaJsonTexts,
  writeWholeFile,
} from '../../../src/main/publishing/index.ts'
import { pagesOf, publishedMedia, textOf } from '../../support/published.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

/** The cell of that column in the only row, as it is written; none of the cells before it may need quotes. */
async function cellOf(column: string, given: Parameters<typeof publishedMedia>[0], isForSpreadsheets: boolean) {
  const [head = '', ...rows] = (
    await textOf(csvTexts(mediaColumns, pagesOf([publishedMedia(given)]), { isForSpreadsheets }))
  ).split('\r\n')
  const at = head.replace('\u{feff}', '').split(',').indexOf(column)
  expect(at).toBeGreaterThanOrEqual(0)
  return rows.join('\r\n').split(',').slice(at).join(',')
}

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1'])('a spreadsheet runs nothing of %j', async title => {
  expect(await cellOf('title', { title }, true)).toMatch(new RegExp(`^"?'${title.replaceAll(/[+()]/g, '\\$&')}`))
  expect(await cellOf('title', { title }, false)).toMatch(new RegExp(`^"?${title.replaceAll(/[+()]/g, '\\$&')}`))
})

test('quotes, commas and line breaks stay in their cell', async () => {
  expect(await cellOf('title', { title: 'a "b", c\nd' }, true)).toMatch(/^"a ""b"", c\nd",/)
})

test('only a table for spreadsheets begins with a byte order mark', async () => {
  const pages = () => pagesOf([publishedMedia()])
  expect(await textOf(csvTexts(mediaColumns, pages(), { isForSpreadsheets: true }))).toMatch(/^\u{feff}file,folder,/u)
  expect(await textOf(csvTexts(mediaColumns, pages(), { isForSpreadsheets: false }))).toMatch(/^file,folder,/)
})

test('a table without pictures has its head', async () => {
  expect((await textOf(csvTexts(mediaColumns, pagesOf([]), { isForSpreadsheets: false }))).split('\r\n')).toHaveLength(
    2,
  )
  expect(JSON.parse(await textOf(mediaJsonTexts(pagesOf(), new Date(0))))).toMatchObject({ media: [] })
})

test('JSON is one object over all pages, with a line for each picture', async () => {
  const titles = ['a\u{2028}b', '"', '\\'] as const
  const pages = pagesOf(
    [publishedMedia({ title: titles[0] }), publishedMedia({ title: titles[1] })],
    [publishedMedia({ title: titles[2] })],
  )
  const text = await textOf(mediaJsonTexts(pages, new Date(0)))
  const read = JSON.parse(text)
  expect(read).toMatchObject({ format: 'burg-ink-media', version: 1, exportedAt: '1970-01-01T00:00:00.000Z' })
  expect(read.media.map((media: { title: string }) => media.title)).toEqual(titles)
  expect(read.media[0]).not.toHaveProperty('placeholder')
  expect(text.trimEnd().split('\n')).toHaveLength(5)
})

test('a file is there when it is whole, and nothing is left of one that is not', async () => {
  const folder = await makeTempFolder('export')
  const target = join(folder, 'all.csv')
  const seen: string[][] = []
  async function* texts(fails: boolean) {
    yield 'half'
    seen.push(await readdir(folder))
    if (fails) throw new Error('stopped')
    yield ' and half'
  }
  await expect(writeWholeFile(target, texts(true))).rejects.toThrow('stopped')
  expect(await readdir(folder)).toEqual([])
  await writeWholeFile(target, texts(false))
  expect(seen).toEqual([['.all.csv.part'], ['.all.csv.part']])
  expect(await readFile(target, 'utf8')).toBe('half and half')
  await expect(writeWholeFile(target, texts(false))).rejects.toThrow(/is there already/)
  expect(await readFile(target, 'utf8')).toBe('half and half')
  expect(await readdir(folder)).toEqual(['all.csv'])
})

test('what came there meanwhile is not overwritten', async () => {
  const target = join(await makeTempFolder('export'), 'all.csv')
  async function* texts() {
    yield 'ours'
    await writeFile(target, 'theirs')
  }
  await expect(writeWholeFile(target, texts())).rejects.toThrow(/is there already/)
  expect(await readFile(target, 'utf8')).toBe('theirs')
})

test('a table in a folder gets a name that is free; a place that cannot be is refused with a sentence', async () => {
  const folder = await makeTempFolder('export')
  const library = await makeTempFolder('library')
  const day = new Date(2026, 10, 27)
  const target = (to: string) => fileTarget(to, 'csv', library, day)
  expect(await target(folder)).toBe(join(folder, 'Burg Ink 2026-11-27.csv'))
  await writeFile(join(folder, 'Burg Ink 2026-11-27.csv'), '')
  expect(await target(folder)).toBe(join(folder, 'Burg Ink 2026-11-27 (2).csv'))
  expect(await target(join(folder, 'mine.csv'))).toBe(join(folder, 'mine.csv'))
  for (const to of [
    join(folder, 'no/x.csv'),
    join(folder, 'mine'),
    join(folder, 'Burg Ink 2026-11-27.csv'),
    library,
    'mine.csv',
    join(library, 'x.csv'),
  ]) {
    await expect(target(to)).rejects.toThrow(ExportFailed)
  }
  for (const to of [library, join(folder, 'no'), 'here'])
    await expect(folderTarget(to, library)).rejects.toThrow(ExportFailed)
})
