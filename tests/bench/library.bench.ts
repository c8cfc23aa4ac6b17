import { type Library, openLibrary } from '../../src/main/library/index.ts'
import type { MediaFilter, MediaSort } from '../../src/shared/media.ts'
import { millionRows, rowCount, seeded, tagNames, vocabulary } from '../support/million.ts'
import type { BenchRow } from './rows.ts'

const rounds = 200
const pageSize = 100

/** Questions to a library of a million pictures, or so many: 95th percentile of many, each with other words, tags and places. */
export async function benchLibrary(rows = rowCount): Promise<BenchRow[]> {
  const folder = await millionRows(rows)
  const startedAt = performance.now()
  const library = await openLibrary(folder)
  await library.ask.page({ filter: {}, sort: 'newest' }, null, pageSize)
  const readyMs = performance.now() - startedAt
  try {
    return [row('ready after start, first page read', readyMs, 1000), ...(await measureQuestions(library, rows))]
  } finally {
    await library.close()
  }
}

async function measureQuestions(library: Library, rows: number): Promise<BenchRow[]> {
  const { ask, detail, files } = library
  const random = seeded(11)
  const pick = <T>(list: readonly T[], from: number, to: number): T =>
    list[from + Math.floor(random() * (to - from))] as T
  const page = (filter: MediaFilter, sort: MediaSort = 'newest', after: string | null = null) =>
    ask.page({ filter, sort }, after, pageSize)
  const { cursors } = await ask.index({ filter: {}, sort: 'newest' }, pageSize)
  const { cursors: byDate } = await ask.index({ filter: {}, sort: 'taken-newest' }, 1000)
  const word = (from: number, to: number) => pick(vocabulary, from, to)
  const tag = (from: number, to: number) => pick(tagNames, from, to)

  const { cursors: ofTag } = await ask.index({ filter: { tags: [tagNames[1] as string] }, sort: 'newest' }, pageSize)
  const start = (text: string, letters: number) => text.slice(0, letters)

  return [
    await p95('page, newest, anywhere', 5, () => page({}, 'newest', pick(cursors, 0, cursors.length))),
    await p95('page, by date taken, anywhere', 5, () => page({}, 'taken-newest', pick(byDate, 0, byDate.length))),
    await p95('page, by name, first', 5, () => page({}, 'name')),
    await p95('filter: status', 5, () => page({ status: 'completed' })),
    await p95('filter: folder and colour', 5, () => page({ folderId: pick(folderIds, 0, 20), colours: ['blue'] })),
    await p95('filter: dates of some years', 5, () => page({ takenFrom: '2003-05-14', takenTo: '2011-02' })),
    await p95('filter: tag, anywhere in the list', 5, () =>
      page({ tags: [tagNames[1] as string] }, 'newest', pick(ofTag, 0, ofTag.length)),
    ),
    await p95('tag and tag, common', 5, () => page({ tags: [tag(0, 20), tag(0, 20)] })),
    await p95('tag and tag, middling', 5, () => page({ tags: [tag(100, 400), tag(100, 400)] })),
    await p95('tag and tag and colour', 5, () => page({ tags: [tag(0, 50), tag(50, 200)], colours: ['grey'] })),
    await p95('text, common word', 5, () => page({ text: `${word(0, 20)} ` })),
    await p95('text, middling word', 5, () => page({ text: `${word(200, 2000)} ` })),
    await p95('text, rare word', 5, () => page({ text: `${word(10_000, 20_000)} ` })),
    await p95('text, two common words', 5, () => page({ text: `${word(0, 20)} ${word(0, 20)} ` })),
    await p95('text, being typed: 2 letters', 5, () => page({ text: start(word(0, 500), 2) })),
    await p95('text, being typed: 4 letters', 5, () => page({ text: start(word(0, 500), 4) })),
    await p95('text, being typed: a whole word', 5, () => page({ text: word(0, 2000) })),
    await p95('text and tag', 5, () => page({ text: `${word(0, 50)} `, tags: [tag(0, 50)] })),
    await p95('by relevance, common word', 50, () => page({ text: `${word(0, 20)} ` }, 'relevance')),
    await p95('by relevance, middling word', 50, () => page({ text: `${word(200, 2000)} ` }, 'relevance')),
    await p95('typed: colour and not a tag', 50, () => page({ text: `color:blue -tag:${tag(0, 20)} ` })),
    await p95('typed: not a common word', 50, () => page({ text: `-${word(0, 20)} ` })),
    await p95('typed: tag being typed', 50, () => page({ text: `tag:${start(tag(0, 400), 4)}` })),
    await p95('typed: size', 50, () => page({ text: 'size:1.2mb..13mb ' })),
    await p95('typed: dates and type and stars', 50, () =>
      page({ text: 'date:2003-05-14..2011-02 type:jpeg rating:0 ' }),
    ),
    await p95('typed: near a swatch', 50, () => page({ text: 'color:#808080~20 ' })),
    await p95('facet counts, of typed terms', 50, () => ask.facets({ text: `color:blue -${word(0, 50)} ` })),
    await p95('facet counts, all', 50, () => ask.facets({})),
    await p95('facet counts, of a common tag', 50, () => ask.facets({ tags: [tag(0, 20)] })),
    await p95('facet counts, of a word being typed', 50, () => ask.facets({ text: word(0, 50) })),
    await p95('tag suggestions', 50, () => ask.suggestTags('tag1', 10)),
    await p95('one picture, every fact', 5, () => detail(1 + Math.floor(random() * rows))),
    await p95('ledger page, anywhere', 5, () =>
      files.ledger(1, { after: Math.floor(random() * rows), limit: pageSize }),
    ),
    // Not asked for, but told: lists that are made in full once, in a thread of their own.
    await once('whole list: all, by pages of 200', () => ask.index({ filter: {}, sort: 'newest' }, 200)),
    ...(await Promise.all(
      (['month', 'day', 'folder', 'sync'] as const).map(group =>
        once(`whole list: in sections, by ${group}`, () => ask.index({ filter: {}, sort: 'newest', group }, 200)),
      ),
    )),
    await once('whole list: all, with proportions', () => ask.index({ filter: {}, sort: 'newest' }, 200, true)),
    await once('whole list: a common word', () =>
      ask.index({ filter: { text: `${word(0, 3)} ` }, sort: 'newest' }, 200),
    ),
    await once('whole list: typed, nearly all', () =>
      ask.index({ filter: { text: `-tag:${tag(100, 400)} ` }, sort: 'newest' }, 200),
    ),
    await once('whole list: a common word, by date taken', () =>
      ask.index({ filter: { text: `${word(3, 6)} ` }, sort: 'taken-newest' }, 200),
    ),
    await once('whole list: a middling tag, by name', () =>
      ask.index({ filter: { tags: [tag(100, 400)] }, sort: 'name' }, 200),
    ),
  ]
}

const folderIds = Array.from({ length: 20 }, (_, i) => i + 1)

async function p95(name: string, targetMs: number, ask: () => unknown): Promise<BenchRow> {
  await ask()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    await ask()
    times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  return row(`${name} (p95)`, times[Math.floor(rounds * 0.95)] as number, targetMs)
}

async function once(name: string, ask: () => Promise<unknown>): Promise<BenchRow> {
  const startedAt = performance.now()
  await ask()
  return row(name, performance.now() - startedAt, 1000)
}

function row(name: string, value: number, targetMs: number): BenchRow {
  return { name, value, unit: 'ms', target: `< ${targetMs}`, isMet: value < targetMs }
}

if (import.meta.main)
  for (const { name, value, target, isMet } of await benchLibrary(Number(process.argv[2]) || rowCount))
    console.log(`${isMet ? ' ' : '!'} ${name.padEnd(50)} ${value.toFixed(2).padStart(9)} ms  ${target}`)
