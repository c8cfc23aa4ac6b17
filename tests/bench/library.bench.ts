import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Library, openLibrary } from '../../src/main/library/index.ts'
import { migrations } from '../../src/main/library/migrations/index.ts'
import type { MediaFilter, MediaSort } from '../../src/shared/media.ts'
import { fillLibrary, seeded, tagNames, vocabulary } from '../support/million.ts'
import type { BenchRow } from './rows.ts'

const rowCount = 1_000_000
const rounds = 200
const pageSize = 100

/** Questions to a library of a million pictures: 95th percentile of many, each with other words, tags and places. */
export async function benchLibrary(): Promise<BenchRow[]> {
  const folder = await millionRows()
  const startedAt = performance.now()
  const library = await openLibrary(folder)
  library.listing.page({ filter: {}, sort: 'newest' }, null, pageSize)
  const readyMs = performance.now() - startedAt
  try {
    return [row('ready after start, first page read', readyMs, 1000), ...(await measureQuestions(library))]
  } finally {
    await library.close()
  }
}

/** Filling takes minutes, so the library is kept for the next run while its schema is the same. */
async function millionRows(): Promise<string> {
  const folder = join(tmpdir(), 'burg-ink-bench-million')
  const mark = join(folder, 'filled')
  const schema = createHash('sha256').update(migrations.join()).update(String(rowCount)).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === schema) return folder
  rmSync(folder, { recursive: true, force: true })
  console.error(`filling a library with ${rowCount.toLocaleString()} rows: this takes some minutes …`)
  await fillLibrary(folder, rowCount)
  writeFileSync(mark, schema)
  return folder
}

async function measureQuestions(library: Library): Promise<BenchRow[]> {
  const { listing, facets, detail, files } = library
  const random = seeded(11)
  const pick = <T>(list: readonly T[], from: number, to: number): T =>
    list[from + Math.floor(random() * (to - from))] as T
  const page = (filter: MediaFilter, sort: MediaSort = 'newest', after: string | null = null) =>
    listing.page({ filter, sort }, after, pageSize)
  const { cursors } = await listing.index({ filter: {}, sort: 'newest' }, pageSize, async () => {})
  const { cursors: byDate } = await listing.index({ filter: {}, sort: 'taken-newest' }, 1000, async () => {})
  const word = (from: number, to: number) => pick(vocabulary, from, to)
  const tag = (from: number, to: number) => pick(tagNames, from, to)

  return [
    p95('page, newest, anywhere', 5, () => page({}, 'newest', pick(cursors, 0, cursors.length))),
    p95('page, by date taken, anywhere', 5, () => page({}, 'taken-newest', pick(byDate, 0, byDate.length))),
    p95('page, by name, first', 5, () => page({}, 'name')),
    p95('filter: status', 5, () => page({ status: 'completed' })),
    p95('filter: folder and colour', 5, () => page({ folderId: 1 + Math.floor(random() * 20), colours: ['blue'] })),
    p95('filter: dates of some years', 5, () => page({ takenFrom: '2003-05-14', takenTo: '2011-02' })),
    p95('tag and tag, common', 5, () => page({ tags: [tag(0, 20), tag(0, 20)] })),
    p95('tag and tag, middling', 5, () => page({ tags: [tag(100, 400), tag(100, 400)] })),
    p95('tag and tag and colour', 5, () => page({ tags: [tag(0, 50), tag(50, 200)], colours: ['grey'] })),
    p95('text, common word', 5, () => page({ text: `${word(0, 20)} ` })),
    p95('text, middling word', 5, () => page({ text: `${word(200, 2000)} ` })),
    p95('text, rare word', 5, () => page({ text: `${word(10_000, 20_000)} ` })),
    p95('text, two common words', 5, () => page({ text: `${word(0, 20)} ${word(0, 20)} ` })),
    p95('text, prefix of 3 letters', 5, () => page({ text: 'wor' })),
    p95('text and tag', 5, () => page({ text: `${word(0, 50)} `, tags: [tag(0, 50)] })),
    p95('by relevance, common word', 50, () => page({ text: `${word(0, 20)} ` }, 'relevance')),
    p95('by relevance, middling word', 50, () => page({ text: `${word(200, 2000)} ` }, 'relevance')),
    p95('facet counts, all', 50, () => facets.facets({})),
    p95('facet counts, of a common tag', 50, () => facets.facets({ tags: [tag(0, 20)] })),
    p95('facet counts, of words', 50, () => facets.facets({ text: word(0, 50) })),
    p95('tag suggestions', 50, () => facets.suggestTags('tag1', 10)),
    p95('one picture, every fact', 5, () => detail(1 + Math.floor(random() * rowCount))),
    p95('ledger page, anywhere', 5, () => files.ledger(1, { after: Math.floor(random() * rowCount), limit: pageSize })),
    p95('filter: tag, by date taken', 50, () => page({ tags: [tag(0, 20)] }, 'taken-newest')),
    p95('filter: rare tag, by name', 50, () => page({ tags: [tag(1000, 2000)] }, 'name')),
    ...(await longest('index of all (hops)', () => listing.index({ filter: {}, sort: 'newest' }, 200, turn))),
    ...(await longest('index of a common tag (hops)', () =>
      listing.index({ filter: { tags: [tag(0, 5)] }, sort: 'newest' }, 200, turn),
    )),
    ...(await longest('index of a common word by date', () =>
      listing.index({ filter: { text: `${word(0, 3)} ` }, sort: 'taken-newest' }, 200, turn),
    )),
  ]
}

function p95(name: string, targetMs: number, ask: () => unknown): BenchRow {
  ask()
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    ask()
    return performance.now() - startedAt
  }).sort((a, b) => a - b)
  return row(`${name} (p95)`, times[Math.floor(rounds * 0.95)] as number, targetMs)
}

let turnStartedAt = 0
let longestTurnMs = 0

/** Ends a turn of the event loop and notes how long it was. */
function turn(): Promise<void> {
  longestTurnMs = Math.max(longestTurnMs, performance.now() - turnStartedAt)
  return new Promise(resolve =>
    setImmediate(() => {
      turnStartedAt = performance.now()
      resolve()
    }),
  )
}

/** How long the whole takes, and how long nothing else had its turn. */
async function longest(name: string, ask: () => Promise<unknown>): Promise<BenchRow[]> {
  longestTurnMs = 0
  const startedAt = performance.now()
  turnStartedAt = startedAt
  await ask()
  await turn()
  const totalMs = performance.now() - startedAt
  return [row(`${name}, whole`, totalMs, 1000), row(`${name}, longest turn`, longestTurnMs, 50)]
}

function row(name: string, value: number, targetMs: number): BenchRow {
  return { name, value, unit: 'ms', target: `< ${targetMs}`, isMet: value < targetMs }
}

if (import.meta.main)
  for (const { name, value, target, isMet } of await benchLibrary())
    console.log(`${isMet ? ' ' : '!'} ${name.padEnd(50)} ${value.toFixed(2).padStart(9)} ms  ${target}`)
