import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { Inngest } from 'inngest'
import {
  createEmbeddedEngine,
  createServerEngine,
  findInngestCli,
  type JobEngine,
} from '../../src/main/engine/index.ts'
import type { BenchRow } from './rows.ts'

/** What a real server did on two cores, measured with the same functions: runs of two steps, 20 at a time. */
const RECORDED_RUNS_PER_SECOND = 90
const TIMES_AS_FAST = 20
const QUIET = { debug() {}, info() {}, warn() {}, error() {} }

interface Measured {
  name: string
  engine: JobEngine
  /** Rounds of one event and its run, of which the first third is to warm. */
  latencyRounds: number
  warmRuns: number
}

/** The embedded engine, and Inngest's server where its program is there: the same functions on each. */
export async function measureEngines(folder: string): Promise<BenchRow[]> {
  const rows = await measureEngine({
    name: 'embedded',
    engine: createEmbeddedEngine({ databasePath: join(folder, 'engines.db') }),
    latencyRounds: 300,
    warmRuns: 10_000,
  })
  const cli = await findInngestCli(process.env)
  if (!cli) return rows
  const engine = await createServerEngine({
    command: [cli],
    stateFolder: folder,
    ...{ onForgot() {}, onUp() {}, onDown() {} },
  })
  return [...rows, ...(await measureEngine({ name: "Inngest's server", engine, latencyRounds: 30, warmRuns: 1000 }))]
}

async function measureEngine({ name, engine, latencyRounds, warmRuns }: Measured): Promise<BenchRow[]> {
  const client = createBenchClient(engine)
  const ends = new Ends()
  const functions = [
    client.createFunction({ id: 'none', triggers: [{ event: 'bench/none' }] }, async () => ends.add()),
    client.createFunction(
      { id: 'two', triggers: [{ event: 'bench/two' }], concurrency: 20 },
      async ({ event, step }) => {
        const first = await step.run('first', () => event.data.n as number)
        await step.run('second', () => first + 1)
        ends.add()
      },
    ),
    client.createFunction({ id: 'many', triggers: [{ event: 'bench/many' }] }, async ({ step }) => {
      for (let n = 0; n < 100; n++) await step.run(`step-${n}`, () => n)
      ends.add()
    }),
  ]
  await engine.start({ client, functions })
  const runs = async (event: string, count: number) => {
    const startedAt = performance.now()
    const isDone = ends.after(count)
    for (let sent = 0; sent < count; sent += 1000) {
      await client.send(Array.from({ length: Math.min(1000, count - sent) }, (_, n) => ({ name: event, data: { n } })))
    }
    await isDone
    return performance.now() - startedAt
  }
  await runs('bench/two', warmRuns) // Compiled, and memory at its level.
  const latenciesMs: number[] = []
  for (let round = 0; round < latencyRounds; round++) latenciesMs.push(await runs('bench/none', 1))
  const settled = latenciesMs.slice(latencyRounds / 3).sort((a, b) => a - b)
  const stepMs = (await runs('bench/many', 10)) / 1000
  const rssBefore = rssBytes()
  const thousand = 1_000_000 / (await runs('bench/two', 1000))
  const tenThousand = 10_000_000 / (await runs('bench/two', 10_000))
  const grownMb = (rssBytes() - rssBefore) / 1e6
  await engine.stop()
  const isOurs = engine.name === 'embedded'
  const least = TIMES_AS_FAST * RECORDED_RUNS_PER_SECOND
  const target = (text: string) => (isOurs ? text : 'beside ours')
  const of = (what: string) => `engine, ${name}: ${what}`
  const p95 = settled[Math.floor(settled.length * 0.95)] as number
  return [
    row(of('from sending an event to its run, 95th percentile'), p95, 'ms', target('<= 5'), !isOurs || p95 <= 5),
    row(of('a step, of 10 runs of 100'), stepMs, 'ms', target('<= 0.5'), !isOurs || stepMs <= 0.5),
    row(of('1,000 runs of two steps'), thousand, 'runs/s', target(`>= ${least}`), !isOurs || thousand >= least),
    row(of('10,000 runs of two steps'), tenThousand, 'runs/s', target(`>= ${least}`), !isOurs || tenThousand >= least),
    row(of('memory growth over them'), grownMb, 'MB', target('<= 50'), !isOurs || grownMb <= 50),
    ...(isOurs
      ? [
          row(
            'engine, a real server as recorded: 1,000 runs of two steps',
            RECORDED_RUNS_PER_SECOND,
            'runs/s',
            'floor',
            true,
          ),
          row(
            'engine, embedded: times as fast',
            tenThousand / RECORDED_RUNS_PER_SECOND,
            '×',
            `>= ${TIMES_AS_FAST}`,
            tenThousand >= least,
          ),
        ]
      : []),
  ]
}

/** Counts runs that came to their end. */
class Ends {
  #left = 0
  #resolve = () => {}

  add(): void {
    this.#left -= 1
    if (this.#left === 0) this.#resolve()
  }

  /** Resolves when so many more have ended. */
  after(count: number): Promise<void> {
    this.#left = count
    return new Promise(resolve => {
      this.#resolve = resolve
    })
  }
}

export function createBenchClient(engine: JobEngine): Inngest {
  return new Inngest({ id: 'bench', ...engine.clientOptions, logger: QUIET })
}

/** This process, and the programs it has started. */
function rssBytes(): number {
  const processes =
    process.platform === 'win32' ? '' : execFileSync('ps', ['-A', '-o', 'ppid=,rss='], { encoding: 'utf8' })
  const numbers = processes.split('\n').map(line => line.trim().split(/\s+/).map(Number))
  const children = numbers.filter(([parent]) => parent === process.pid)
  return children.reduce((bytes, [, rssKib = 0]) => bytes + rssKib * 1024, process.memoryUsage.rss())
}

export function row(name: string, value: number, unit: string, target: string, isMet: boolean): BenchRow {
  return { name, value: Math.round(value * 100) / 100, unit, target, isMet }
}
