import { execFile, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  createDiskStore,
  createS3Store,
  type ObjectStore,
  originalKey,
  type RemoteStoreConfig,
} from '../../src/main/storage/index.ts'
import type { BenchRow } from './rows.ts'

const serverEntry = fileURLToPath(new URL('../support/s3-server-process.ts', import.meta.url))
const fileCount = 200
/** Bodies on their way, as rclone's transfers; beside them rclone has as many checkers, and we ask ahead as often. */
const transfers = 8
const atOnce = 2 * transfers
const rounds = 3
const latencyMs = 100
const streamBytes = 1024 ** 3
const peakMegabytesMax = 150

interface Original {
  key: string
  sha256: string
  sizeBytes: number
}

/** Originals into a bucket, against rclone sending the same files to the same server; and the memory that a long stream takes. */
export async function benchUploads(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-uploads-bench-'))
  try {
    const memory = await measureMemory()
    const disk = await createDiskStore(folder)
    const originals = await writeOriginals(disk)
    return [
      ...(await measureUploads(folder, disk, originals, 0)),
      ...(await measureUploads(folder, disk, originals, latencyMs)),
      memory,
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface World {
  config: RemoteStoreConfig
  empty(): Promise<void>
  stop(): void
}

async function startServer(spec: { latencyMs: number }): Promise<World> {
  const child = fork(serverEntry, [JSON.stringify(spec)])
  const [config] = (await once(child, 'message')) as [RemoteStoreConfig]
  return {
    config,
    async empty() {
      child.send('empty')
      await once(child, 'message')
    },
    stop: () => child.disconnect(),
  }
}

/** Of 2 to 5 MB, whose bytes cannot be compressed; where a library keeps them. */
async function writeOriginals(disk: ObjectStore): Promise<Original[]> {
  const originals: Original[] = []
  for (let i = 0; i < fileCount; i++) {
    const bytes = randomBytes(2_000_000 + Math.round((i / (fileCount - 1)) * 3_000_000))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const key = originalKey(sha256, 'jpg')
    await disk.put(key, Readable.from([bytes]), sha256, bytes.length)
    originals.push({ key, sha256, sizeBytes: bytes.length })
  }
  return originals
}

async function measureUploads(
  folder: string,
  disk: ObjectStore,
  originals: Original[],
  distanceMs: number,
): Promise<BenchRow[]> {
  const world = await startServer({ latencyMs: distanceMs })
  try {
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      theirs.push(await timed(world, () => uploadByRclone(world.config, folder)))
      ours.push(await timed(world, () => uploadByStore(world.config, disk, originals)))
    }
    const megabytes = originals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6
    const share = median(theirs) / median(ours)
    const what = `uploads: ${fileCount} of 2–5 MB${distanceMs ? `, ${distanceMs} ms latency` : ''}`
    const rate = (seconds: number[]) => ({ value: megabytes / median(seconds), unit: 'MB/s', isMet: true })
    return [
      { name: `${what}, by rclone`, ...rate(theirs), target: 'floor' },
      { name: what, ...rate(ours), target: 'see share' },
      { name: `${what} / rclone`, value: share * 100, unit: '%', target: '≥ 90', isMet: share >= 0.9 },
    ]
  } finally {
    world.stop()
  }
}

async function timed(world: World, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  const seconds = (performance.now() - startedAt) / 1000
  await world.empty()
  return seconds
}

async function uploadByStore(config: RemoteStoreConfig, disk: ObjectStore, originals: Original[]): Promise<void> {
  const store = createS3Store(config)
  const waiting = [...originals]
  const work = async () => {
    for (let original = waiting.pop(); original; original = waiting.pop()) {
      const { key, sha256, sizeBytes } = original
      await store.put(key, await disk.get(key), sha256, sizeBytes)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  store.close()
}

async function uploadByRclone(config: RemoteStoreConfig, folder: string): Promise<void> {
  const remote = {
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CONFIG_STORE_TYPE: 's3',
    RCLONE_CONFIG_STORE_PROVIDER: 'Other',
    RCLONE_CONFIG_STORE_ENDPOINT: config.endpoint,
    RCLONE_CONFIG_STORE_ACCESS_KEY_ID: config.accessKeyId,
    RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY: config.secretAccessKey,
    RCLONE_S3_NO_CHECK_BUCKET: 'true',
  }
  const to = `store:${config.bucket}/${config.prefix}`
  // Nothing of the environment but where programs are: variables of Amazon's would change what it does.
  const env = { PATH: process.env.PATH, HOME: folder, ...remote }
  await promisify(execFile)('rclone', ['copy', '--transfers', String(transfers), '--include', '*.jpg', folder, to], {
    env,
  })
}

/** What one stream of 1 GB takes at its peak, above what the process had before. */
async function measureMemory(): Promise<BenchRow> {
  const world = await startServer({ latencyMs: 0 })
  try {
    const store = createS3Store(world.config)
    const block = randomBytes(64 * 1024)
    const count = streamBytes / block.length
    const hash = createHash('sha256')
    for (let i = 0; i < count; i++) hash.update(block)
    const sha256 = hash.digest('hex')
    await store.head(originalKey(sha256, 'mov'))
    const before = process.memoryUsage.rss()
    await store.put(originalKey(sha256, 'mov'), Readable.from(repeated(block, count)), sha256, streamBytes)
    const peak = (process.resourceUsage().maxRSS * 1024 - before) / 1e6
    store.close()
    const target = `< ${peakMegabytesMax}`
    return {
      name: 'uploads: memory of one stream of 1 GB',
      value: peak,
      unit: 'MB',
      target,
      isMet: peak < peakMegabytesMax,
    }
  } finally {
    world.stop()
  }
}

function* repeated(block: Buffer, count: number): Generator<Buffer> {
  // Copies, as a source gives: the same block again and again would stay in the cache of the processor.
  for (let i = 0; i < count; i++) yield Buffer.from(block)
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
}

if (import.meta.main) console.table(await benchUploads())
