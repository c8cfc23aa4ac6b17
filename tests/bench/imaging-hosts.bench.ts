/**
 * How to decode inside Electron on Linux, where native sharp must not be loaded into Electron's process: by native sharp in
 * a child of plain Node, or by the WebAssembly build of sharp, in a child or in a thread. All on the same pictures, in
 * turns: `node tests/bench/imaging-hosts.bench.ts [count of clip art] [rounds]`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { DerivedPicture } from '../../src/main/imaging/index.ts'
import { type DecodingHost, hosts, native, openHost } from './decoding-hosts.ts'
import { sizeOf } from './packed-size.ts'
import { listBenchPictures } from './pictures.ts'
import type { BenchRow } from './rows.ts'
import { makeVeryLarge } from './very-large.ts'

interface Round {
  firstMs: number
  elapsedMs: number
  peakBytes: number
  /** What came out, or why nothing did. */
  endings: (DerivedPicture | string)[]
}

export async function benchImagingHosts(count = 100, rounds = 5): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-bench-'))
  try {
    const files = await listBenchPictures(count)
    const measured = new Map<DecodingHost, Round[]>(hosts.map(host => [host, []]))
    for (let round = 0; round < rounds; round += 1) {
      // Another one begins each time: what else the machine does must not always hit the same.
      const order = hosts.map((_, index) => hosts[(index + round) % hosts.length] as DecodingHost)
      for (const host of order) measured.get(host)?.push(await runRound(host, files, folder))
    }
    const veryLarge = await makeVeryLarge(folder)
    const rows: BenchRow[] = []
    for (const host of hosts) {
      rows.push(...speedRows(host, measured, files.length))
      rows.push(await largeRow(host, veryLarge, folder), await foreignRow(host, folder), ...sizeRows(host))
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** One picture alone, which includes the start, and then all at once, as an import asks for them. */
async function runRound(host: DecodingHost, files: string[], folder: string): Promise<Round> {
  const { imaging, peakBytes } = openHost(host)
  const derive = (file: string, index: number) =>
    imaging
      .derive(file, { preview: join(folder, `${index}-p.webp`), thumbnail: join(folder, `${index}-t.webp`) })
      .catch((error: Error) => error.message)
  try {
    const startedAt = performance.now()
    await derive(files[0] as string, 0)
    const firstMs = performance.now() - startedAt
    const endings = await Promise.all(files.map(derive))
    return { firstMs, elapsedMs: performance.now() - startedAt - firstMs, peakBytes: peakBytes(), endings }
  } finally {
    await imaging.close()
  }
}

function speedRows(host: DecodingHost, measured: Map<DecodingHost, Round[]>, count: number): BenchRow[] {
  const rounds = measured.get(host) as Round[]
  const nativeRounds = measured.get(native) as Round[]
  const elapsedMs = median(rounds.map(round => round.elapsedMs))
  const ratio = median(rounds.map((round, index) => round.elapsedMs / (nativeRounds[index] as Round).elapsedMs))
  const [here, there] = [rounds[0], nativeRounds[0]] as [Round, Round]
  const other = here.endings.filter((ending, index) => looksOf(ending) !== looksOf(there.endings[index])).length
  return [
    plainRow(host, `${count} pictures`, count / (elapsedMs / 1000), 'pictures/s'),
    plainRow(host, 'time / plain Node', ratio, '×'),
    plainRow(host, 'start and first picture', median(rounds.map(round => round.firstMs)), 'ms'),
    plainRow(host, 'peak memory', Math.max(...rounds.map(round => round.peakBytes)) / 1e6, 'MB'),
    plainRow(host, 'pictures that come out otherwise', other, ''),
  ]
}

function looksOf(ending: DerivedPicture | string | undefined): string {
  if (typeof ending !== 'object') return String(ending)
  const { previewBytes: _, thumbnailBytes: __, ...facts } = ending
  return JSON.stringify(facts)
}

async function largeRow(host: DecodingHost, files: string[], folder: string): Promise<BenchRow> {
  let opened = 0
  for (const file of files) {
    const { endings } = await runRound(host, [file], folder)
    opened += endings.filter(ending => typeof ending === 'object').length
  }
  return plainRow(host, `of ${files.length} pictures of 400 megapixels open`, opened, '')
}

/** An SVG may come from anybody. What it names on this disk must not get into its preview, which others may be shown. */
async function foreignRow(host: DecodingHost, folder: string): Promise<BenchRow> {
  const foreign = join(folder, 'foreign.svg')
  const other = join(folder, 'red.png')
  await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).toFile(other)
  const size = 'width="100" height="100"'
  const content = `<rect ${size} fill="#fff"/><image ${size} href="${other}"/>`
  await writeFile(foreign, `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${content}</svg>`)
  const [ending] = (await runRound(host, [foreign], folder)).endings
  const isDrawn = typeof ending === 'object' && ending.palette.some(({ name }) => name !== 'white')
  return {
    name: `${host.name}: other files shown by an SVG`,
    value: Number(isDrawn),
    unit: '',
    target: '0',
    isMet: !isDrawn,
  }
}

function sizeRows(host: DecodingHost): BenchRow[] {
  const { bytes, packedBytes } = sizeOf(host.files)
  return [plainRow(host, 'on the disk', bytes / 1e6, 'MB'), plainRow(host, 'compressed', packedBytes / 1e6, 'MB')]
}

const plainRow = (host: DecodingHost, what: string, value: number, unit: string): BenchRow => ({
  name: `${host.name}: ${what}`,
  value,
  unit,
  target: '–',
  isMet: true,
})

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] as number
}

if (import.meta.main) console.table(await benchImagingHosts(...process.argv.slice(2).map(Number)))
