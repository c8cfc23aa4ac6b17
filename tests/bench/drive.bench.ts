import { execFile, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createApp } from '../../src/main/app.ts'
import { createDriveSource } from '../../src/main/sources/index.ts'
import { startGoogle } from '../support/google.ts'
import type { BenchRow } from './rows.ts'

const serverEntry = fileURLToPath(new URL('../support/drive-server-process.ts', import.meta.url))
const folderCount = 10_000
const filesPerFolder = 4
const latencyMs = 100
const downloads = 300
const downloadBytes = 1_000_000
const parallelism = 8

/** Google Drive, as a server with the latency of a network: listing, first picture, syncing again, downloads against curl. */
export async function benchDrive(): Promise<BenchRow[]> {
  return [...(await measureListing()), ...(await measureFirstPicture()), ...(await measureDownloads())]
}

interface World {
  url: string
  folderId: string
  fileIds: string[]
  /** Requests answered so far. */
  requests(): Promise<number>
  stop(): void
}

/** In a process of its own: its work is not the app's. */
async function startServer(spec: Record<string, number>): Promise<World> {
  const child = fork(serverEntry, [JSON.stringify(spec)])
  const [{ url, folderId, fileIds }] = (await once(child, 'message')) as [Pick<World, 'url' | 'folderId' | 'fileIds'>]
  return {
    url,
    folderId,
    fileIds,
    async requests() {
      child.send({ ask: 'requests' })
      const [{ requests }] = (await once(child, 'message')) as [{ requests: number }]
      return requests
    },
    stop: () => child.kill(),
  }
}

const accessToken = async () => 'valid-token'

async function measureListing(): Promise<BenchRow[]> {
  const world = await startServer({ folders: folderCount, filesPerFolder, latencyMs })
  try {
    const source = createDriveSource({ accessToken, apiUrl: world.url })
    const root = `1/${world.folderId}`
    const startedAt = performance.now()
    let found = 0
    let cursor: string | null = null
    let changesFrom = ''
    do {
      const page: Awaited<ReturnType<typeof source.listPage>> = await source.listPage(root, cursor, 1000)
      found += page.files.length
      cursor = page.cursor
      changesFrom = page.changesFrom ?? ''
    } while (cursor !== null)
    const seconds = (performance.now() - startedAt) / 1000
    const expected = folderCount * filesPerFolder
    if (found !== expected) throw new Error(`${found} of ${expected} files were listed`)
    const before = await world.requests()
    await source.listChanges(root, changesFrom, () => null)
    const again = (await world.requests()) - before
    return [
      {
        name: `drive: ${expected} files in ${folderCount} folders, ${latencyMs} ms latency`,
        value: seconds,
        unit: 's',
        target: '< 60',
        isMet: seconds < 60,
      },
      { name: 'drive: a sync without change', value: again, unit: 'requests', target: '≤ 2', isMet: again <= 2 },
    ]
  } finally {
    world.stop()
  }
}

/** From picking the folder to the first picture that can be shown, through the whole app. */
async function measureFirstPicture(): Promise<BenchRow[]> {
  const world = await startServer({ folders: 100, filesPerFolder: 20, latencyMs, pictures: 1 })
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-drive-bench-'))
  const google = await startGoogle()
  const app = await createApp({
    libraryFolder: join(folder, 'library'),
    pageFolder: folder,
    samplesFolder: null,
    google: {
      ...google.config,
      driveUrl: world.url,
    },
    report: console.error,
  })
  try {
    await app.start()
    const account = await app.handlers['account.connect']({})
    const shown = new Promise<void>(resolve => {
      app.subscribe(event => {
        if (event.name === 'media.changed' && event.data.areListsChanged) resolve()
      })
    })
    const startedAt = performance.now()
    await app.handlers['drive.import']({ accountId: account.id, folderId: world.folderId })
    await shown
    const seconds = (performance.now() - startedAt) / 1000
    return [
      { name: 'drive: first picture after picking', value: seconds, unit: 's', target: '< 2', isMet: seconds < 2 },
    ]
  } finally {
    await app.stop()
    await google.stop()
    world.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The same files from the same server, as far away as a network is, written to disk: by curl, and by the source with both of
 * its checksums. Without latency the checksums are the limit, at some hundred MB/s.
 */
async function measureDownloads(): Promise<BenchRow[]> {
  const world = await startServer({ folders: 1, filesPerFolder: downloads, bytes: downloadBytes, latencyMs })
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-drive-bench-'))
  try {
    const byCurl = await best(() => downloadByCurl(world, join(folder, 'curl')))
    const byUs = await best(() => downloadBySource(world, join(folder, 'ours')))
    const share = byCurl / byUs
    const rate = (seconds: number) => (downloads * downloadBytes) / 1e6 / seconds
    return [
      {
        name: `drive: ${downloads} downloads by curl`,
        value: rate(byCurl),
        unit: 'MB/s',
        target: 'floor',
        isMet: true,
      },
      { name: `drive: ${downloads} downloads`, value: rate(byUs), unit: 'MB/s', target: 'see share', isMet: true },
      { name: 'drive: downloads / curl', value: share * 100, unit: '%', target: '≥ 90', isMet: share >= 0.9 },
    ]
  } finally {
    world.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function best(work: () => Promise<number>): Promise<number> {
  return Math.min(await work(), await work(), await work())
}

async function downloadByCurl({ url, fileIds }: World, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const config = fileIds.flatMap(id => [
    `url = "${url}drive/v3/files/${id}?alt=media"`,
    `output = "${join(folder, id)}"`,
  ])
  await writeFile(join(folder, 'config'), [...config, 'header = "Authorization: Bearer valid-token"'].join('\n'))
  const startedAt = performance.now()
  const args = ['-sS', '--fail', '-Z', '--parallel-max', String(parallelism), '-K', join(folder, 'config')]
  await promisify(execFile)('curl', args)
  return (performance.now() - startedAt) / 1000
}

async function downloadBySource({ url, folderId, fileIds }: World, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const source = createDriveSource({ accessToken, apiUrl: url })
  const waiting = [...fileIds]
  const startedAt = performance.now()
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const { stream } = await source.open(`1/${folderId}`, id)
      const hash = createHash('sha256')
      stream.on('data', chunk => hash.update(chunk))
      await pipeline(stream, createWriteStream(join(folder, id)))
    }
  }
  await Promise.all(Array.from({ length: parallelism }, work))
  return (performance.now() - startedAt) / 1000
}

if (import.meta.main) console.table(await benchDrive())
