import { fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { makeTempFolder } from '../../support/temp-folder.ts'

const RUNS = 400
/** Fewer than the crashes after which a run is given up that gets no further: on a busy machine one may not. */
const KILLS = 9
const CHILD = fileURLToPath(new URL('../../support/engine-crash-child.ts', import.meta.url))

/** Kills the child so long after it has started. @returns whether it had finished before. */
function runFor(ms: number, folder: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [folder, String(RUNS)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    let isFinished = false
    let timer: NodeJS.Timeout | undefined
    child.on('message', message => {
      if (message === 'finished') isFinished = true
      else if (Number.isFinite(ms)) timer = setTimeout(() => child.kill('SIGKILL'), ms)
    })
    child.on('error', reject)
    child.on('exit', () => {
      clearTimeout(timer)
      resolve(isFinished)
    })
  })
}

/** The steps whose results are on disk, by run. Read between two lives of the child, when nobody writes. */
function recordedSteps(folder: string): Set<string> {
  const db = new Database(join(folder, 'jobs.db'))
  const rows = db
    .prepare(`SELECT json_extract(run.events, '$[0].data.n') AS n, json_extract(step.state, '$.data') AS name
      FROM step JOIN run ON run.seq = step.run WHERE json_type(step.state, '$.data') = 'text'`)
    .all() as { n: number; name: string }[]
  db.close()
  return new Set(rows.map(({ n, name }) => `${n} ${name}`))
}

async function readLog(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'log.txt'), 'utf8').catch(() => '')
  return text.split('\n').filter(line => line !== '')
}

it('goes on after each kill where it was, and runs no step again whose result is on disk', async () => {
  const folder = await makeTempFolder('crash')
  let recorded = new Set<string>()
  for (let kill = 0; kill < KILLS; kill++) {
    const before = (await readLog(folder)).length
    const isFinished = await runFor(20 + Math.random() * 100, folder)
    expect(isFinished, `finished before kill ${kill}, so the test is too small`).toBe(false)
    expect((await readLog(folder)).slice(before).filter(line => recorded.has(line))).toEqual([])
    recorded = recordedSteps(folder)
  }
  expect(await runFor(Number.POSITIVE_INFINITY, folder)).toBe(true)

  const log = await readLog(folder)
  for (let n = 0; n < RUNS; n++) {
    for (const line of [`${n} one`, `${n} left`, `${n} right`, `${n} last`, `${n} end ${n}`, `${n} heard`]) {
      const times = log.filter(logged => logged === line).length
      expect(times, line).toBeGreaterThanOrEqual(1)
      // Once more for each kill at most: that of a step that had done its work and not been recorded.
      expect(times, line).toBeLessThanOrEqual(1 + KILLS)
    }
  }
  const db = new Database(join(folder, 'jobs.db'))
  for (const table of ['run', 'job', 'step', 'run_key']) {
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0)
  }
  db.close()
}, 120_000)
