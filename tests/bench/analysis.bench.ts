import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { type App, createApp } from '../../src/main/app.ts'
import type { BenchRow } from './rows.ts'

const serverEntry = fileURLToPath(new URL('../support/openai-server-process.ts', import.meta.url))
const requestsPerMinute = 500
const latencyMs = 1000
/** The allowance has to be found out first. */
const warmMs = 60_000
const measuredMs = 120_000
/** More than are asked about in that time. */
const pictures = 1_800

interface Requests {
  admittedMs: number[]
  refusedMs: number[]
}

/** The whole app describing pictures, beside a server that answers after a second and allows 500 requests a minute. */
export async function benchAnalysis(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-analysis-bench-'))
  const server = fork(serverEntry, [JSON.stringify({ latencyMs, requestsPerMinute })])
  const [{ url, key }] = (await once(server, 'message')) as [{ url: string; key: string }]
  const secrets = createMemoryStore()
  const app = await createApp({
    libraryFolder: join(folder, 'library'),
    pageFolder: folder,
    samplesFolder: null,
    google: {
      environment: {},
      openBrowser: async () => {},
      openSecrets: async () => ({ store: secrets, notice: null }),
    },
    analysis: { openAiUrl: url },
    report: console.error,
  })
  try {
    await app.start()
    await bringIn(app, join(folder, 'pictures'))
    const { settings } = await app.handlers['analysis.overview']({})
    const chosen = { ...settings, analyser: 'openai' as const, model: 'gpt-5-mini', dayCapUsd: null }
    await app.handlers['analysis.save']({ settings: chosen, apiKey: key })
    const { runId } = await app.handlers['analysis.run']({ chosen: { filter: {} } })
    const startMs = Date.now()
    await delay(warmMs + measuredMs)
    const run = app.library.analysis.runs.get(runId)
    if (run?.state !== 'running') throw new Error(`The run is ${run?.state}: ${run?.message}`)
    server.send('requests')
    const [requests] = (await once(server, 'message')) as [Requests]
    return rowsOf(requests, startMs)
  } finally {
    await app.stop()
    server.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

function rowsOf({ admittedMs, refusedMs }: Requests, startMs: number): BenchRow[] {
  const isMeasured = (atMs: number) => atMs >= startMs + warmMs && atMs < startMs + warmMs + measuredMs
  const asked = admittedMs.filter(isMeasured).length
  const allowed = (requestsPerMinute * measuredMs) / 60_000
  const share = (asked / allowed) * 100
  const refused = refusedMs.filter(isMeasured).length
  const name = `analysis: ${latencyMs / 1000} s an answer, ${requestsPerMinute} requests a minute allowed`
  return [
    { name: `${name}: used after the first minute`, value: share, unit: '%', target: '≥ 95', isMet: share >= 95 },
    { name: `${name}: 429 after the first minute`, value: refused, unit: '', target: '0', isMet: refused === 0 },
    { name: `${name}: 429 in the first minute`, value: refusedMs.length - refused, unit: '', target: '–', isMet: true },
  ]
}

/** None is like another. */
function picture(number: number): Promise<Buffer> {
  const background = { r: number % 256, g: number >> 8, b: 120 }
  return sharp({ create: { width: 96, height: 64, channels: 3, background } })
    .png()
    .toBuffer()
}

async function bringIn(app: App, folder: string): Promise<void> {
  await mkdir(folder)
  for (let number = 0; number < pictures; number++) {
    await writeFile(join(folder, `${number}.png`), await picture(number))
  }
  const { syncId } = await app.handlers['folder.import']({ path: folder })
  while (app.library.syncs.get(syncId)?.state === 'running') await delay(100)
}

if (import.meta.main) console.table(await benchAnalysis())
