import { type ChildProcess, spawn } from 'node:child_process'
import { appendFile, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { listBenchPictures } from './pictures.ts'
import type { BenchRow } from './rows.ts'

const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
const bareLoop = fileURLToPath(new URL('../support/bare-loop.ts', import.meta.url))
const memorySampleMs = 250
/** Files done before memory has to stay flat. */
const warmFiles = 1_000
const manyFiles = 10_000
/** A prime, so that every picture comes once before any comes again. */
const shuffleStride = 617
const largePixels = 20_000_000

interface Measured {
  elapsedMs: number
  /** Proportional set size of the process and its children, bytes, over time. */
  memory: { atMs: number; bytes: number }[]
  lastLine: string
}

/**
 * The whole command, from its start to its exit, on real pictures; against a bare loop of the imaging library and against
 * vipsthumbnail with sha256sum, each in a process of its own, one after the other on the same cores.
 */
export async function benchImport(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-import-bench-'))
  try {
    return [...(await measureSpeed(folder)), ...(await measureMemory(folder))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureSpeed(folder: string): Promise<BenchRow[]> {
  const pictures = join(folder, 'pictures')
  const count = await gather(await listBenchPictures(), pictures)
  const library = join(folder, 'library')
  const bare = await measure([bareLoop, 'sharp', pictures, join(folder, 'bare')])
  const first = await measure([cli, 'import', pictures, '--library', library, '--json'])
  const vips = await measure([bareLoop, 'vipsthumbnail', pictures, join(folder, 'vips')])
  const second = await measure([cli, 'import', pictures, '--library', library, '--json'])
  const counts = JSON.parse(first.lastLine) as { found: number; imported: number }
  const again = JSON.parse(second.lastLine) as { imported: number }
  if (counts.found !== count) throw new Error(`${counts.found} of ${count} pictures were found`)
  const seconds = (run: Measured) => run.elapsedMs / 1000
  const ofBare = first.elapsedMs / bare.elapsedMs
  const ofVips = first.elapsedMs / vips.elapsedMs
  return [
    { name: `import of ${count} pictures`, value: seconds(first), unit: 's', target: 'see ratios', isMet: true },
    { name: 'bare loop of the imaging library', value: seconds(bare), unit: 's', target: 'floor', isMet: true },
    { name: 'import / bare loop', value: ofBare, unit: '×', target: '≤ 1.25', isMet: ofBare <= 1.25 },
    { name: 'vipsthumbnail twice and sha256sum', value: seconds(vips), unit: 's', target: 'floor', isMet: true },
    { name: 'import / vipsthumbnail', value: ofVips, unit: '×', target: '≤ 0.5', isMet: ofVips <= 0.5 },
    {
      name: 'second import of the same folder',
      value: seconds(second),
      unit: 's',
      target: 'imports nothing',
      isMet: again.imported === 0,
    },
  ]
}

/**
 * Small pictures, so that ten thousand are through in minutes: memory is a matter of how many, not of how large. They are
 * shuffled, because a folder sorted by subject has its larger pictures together, which would look like growth.
 */
async function measureMemory(folder: string): Promise<BenchRow[]> {
  const pictures = join(folder, 'many')
  const clipArt = await withoutLarge((await listBenchPictures(6_500)).filter(path => path.includes('openclipart')))
  const files = Array.from({ length: manyFiles }, (_, i) => clipArt[(i * shuffleStride) % clipArt.length] as string)
  await gather(files, pictures)
  await makeDistinct(pictures)
  const bare = await measure([bareLoop, 'sharp', pictures, join(folder, 'bare-many')])
  const run = await measure([cli, 'import', pictures, '--library', join(folder, 'many-library'), '--json'])
  const warmAtMs = (run.elapsedMs * warmFiles) / manyFiles
  const warm = run.memory.filter(sample => sample.atMs > warmAtMs)
  const growth = (mean(warm.slice(-warm.length / 4)) - mean(warm.slice(0, warm.length / 4))) / 1e6
  const above = (peak(warm) - peak(bare.memory)) / 1e6
  return [
    {
      name: `memory of an import of ${manyFiles} files, peak`,
      value: peak(run.memory) / 1e6,
      unit: 'MB',
      target: '',
      isMet: true,
    },
    { name: 'above the bare loop’s peak', value: above, unit: 'MB', target: '≤ 100', isMet: above <= 100 },
    {
      name: 'growth after the first 1,000 files',
      value: growth,
      unit: 'MB',
      target: 'flat (< 20)',
      isMet: growth < 20,
    },
  ]
}

/** A single one of 169 megapixels takes more memory than everything else, and says nothing about growth. */
async function withoutLarge(files: string[]): Promise<string[]> {
  const small: string[] = []
  for (const file of files) {
    const { width, height } = await sharp(file, { limitInputPixels: false }).metadata()
    if (width * height < largePixels) small.push(file)
  }
  return small
}

/** Some are there twice, and of equal files only one would be read. What follows the last chunk of a PNG is ignored. */
async function makeDistinct(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter(one => one.isFile()))
    await appendFile(join(entry.parentPath, entry.name), entry.name)
}

/** Copies with names of their own: equal names from different folders are different files. */
async function gather(files: string[], folder: string): Promise<number> {
  for (const [i, file] of files.entries()) {
    const into = join(folder, String(Math.floor(i / 500)))
    await mkdir(into, { recursive: true })
    await copyFile(file, join(into, `${i}-${basename(file)}`))
  }
  return files.length
}

async function measure(args: string[]): Promise<Measured> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const memory: Measured['memory'] = []
  const sampling = setInterval(async () => {
    memory.push({ atMs: performance.now() - startedAt, bytes: await proportionalBytes(child) })
  }, memorySampleMs)
  let printed = ''
  child.stdout.on('data', chunk => {
    printed += chunk
  })
  await finished(child.stdout)
  clearInterval(sampling)
  return { elapsedMs: performance.now() - startedAt, memory, lastLine: printed.trim().split('\n').at(-1) ?? '' }
}

/** Pages shared by several processes count once, divided among them: what the whole tree costs the machine. */
async function proportionalBytes({ pid }: ChildProcess): Promise<number> {
  const pids = [pid, ...(await childrenOf(pid))]
  const sizes = await Promise.all(
    pids.map(async id => {
      const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
      return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024
    }),
  )
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

async function childrenOf(pid: number | undefined): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = await Promise.all(
    tasks.map(task => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  )
  return lists.flatMap(list => list.split(' ').filter(Boolean).map(Number))
}

const mean = (samples: Measured['memory']) => samples.reduce((sum, { bytes }) => sum + bytes, 0) / samples.length
const peak = (samples: Measured['memory']) => Math.max(...samples.map(({ bytes }) => bytes))

if (import.meta.main) console.table(await benchImport())
