import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Inngest } from 'inngest'
import { describe, expect, it } from 'vitest'
import { createEmbeddedEngine } from '../../../src/main/engine/index.ts'
import { createClient, createGate, ManualClock, pass, startEngine } from '../../support/engine.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const HOUR = 3_600_000

function count(databasePath: string, table: string): number {
  const db = new Database(databasePath, { readonly: true })
  const rows = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  db.close()
  return rows
}

describe('a stop', () => {
  it('lets the step under way finish, begins no other, and the next start goes on behind it', async () => {
    const ran: string[] = []
    let gate = createGate()
    const make = (client: Inngest) => [
      client.createFunction({ id: 'f', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.run('first', async () => {
          ran.push('first begins')
          await gate.opened
          ran.push('first ends')
        })
        await step.run('second', () => ran.push('second'))
      }),
    ]
    const first = await startEngine(make)
    await first.client.send({ name: 't' })
    while (ran.length === 0) await new Promise(resolve => setTimeout(resolve, 2))
    const stopped = first.engine.stop()
    gate.open()
    await stopped
    expect(ran).toEqual(['first begins', 'first ends'])

    gate = createGate()
    const second = await startEngine(make, { databasePath: first.databasePath })
    await second.engine.idle()
    expect(ran).toEqual(['first begins', 'first ends', 'second'])
  })

  it('says of some functions alone when they are at rest, while another works on', async () => {
    const ran: string[] = []
    const gate = createGate()
    const { client, engine } = await startEngine(client => [
      client.createFunction({ id: 'short', triggers: [{ event: 't' }] }, async ({ step }) => {
        for (const name of ['one', 'two', 'three']) await step.run(name, () => ran.push(name))
      }),
      client.createFunction({ id: 'long', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.run('work', () => gate.opened)
        await step.run('end', () => ran.push('end of the long one'))
      }),
    ])
    await client.send({ name: 't' })
    await engine.idle(['short'])
    expect(ran).toEqual(['one', 'two', 'three'])
    gate.open()
    await engine.idle(['short', 'long'])
    expect(ran.at(-1)).toBe('end of the long one')
  })

  it('keeps what sleeps, waits, gathers and is queued', async () => {
    const clock = new ManualClock()
    const ended: string[] = []
    const make = (client: Inngest) => [
      client.createFunction({ id: 'sleeps', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.sleep('nap', '1h')
        ended.push('slept')
      }),
      client.createFunction({ id: 'waits', triggers: [{ event: 't' }] }, async ({ step }) => {
        const reply = await step.waitForEvent('wait', { event: 'reply', match: 'data.id', timeout: '1d' })
        ended.push(`got ${reply?.data.text}`)
      }),
      client.createFunction(
        { id: 'batches', triggers: [{ event: 't' }], batchEvents: { maxSize: 10, timeout: '30m' as '30s' } },
        async ({ events }) => void ended.push(`batch of ${events.length}`),
      ),
    ]
    const first = await startEngine(make, { clock })
    expect(first.isResumed).toBe(false)
    await first.client.send({ name: 't', data: { id: 1 } })
    await first.engine.idle()
    await first.engine.stop()
    const second = await startEngine(make, { clock, databasePath: first.databasePath })
    expect(second.isResumed).toBe(true)
    await second.client.send({ name: 'reply', data: { id: 1, text: 'hello' } })
    await second.engine.idle()
    expect(ended).toEqual(['got hello'])
    await pass(HOUR, clock, second.engine)
    expect(ended.toSorted()).toEqual(['batch of 1', 'got hello', 'slept'])
  })

  it('leaves the runs of a function that is not there the next time, and goes on when it is there again', async () => {
    const clock = new ManualClock()
    const ended: string[] = []
    const make = (client: Inngest) => [
      client.createFunction({ id: 'sometimes', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.sleep('nap', '1h')
        ended.push('slept')
      }),
    ]
    const first = await startEngine(make, { clock })
    await first.client.send({ name: 't' })
    await first.engine.idle()
    await first.engine.stop()
    const without = await startEngine(() => [], { clock, databasePath: first.databasePath })
    await pass(2 * HOUR, clock, without.engine)
    await without.engine.stop()
    const again = await startEngine(make, { clock, databasePath: first.databasePath })
    await pass(24 * HOUR, clock, again.engine)
    expect(ended).toEqual(['slept'])
  })

  it('makes a later send fail, and not vanish', async () => {
    const { client, engine } = await startEngine(() => [])
    await engine.stop()
    await expect(client.send({ name: 't' })).rejects.toThrow()
  })
})

describe('a run that is over', () => {
  it('leaves nothing behind but the ids that must not start another, and those for a day', async () => {
    const clock = new ManualClock()
    const ran: unknown[] = []
    const make = (client: Inngest) => [
      client.createFunction(
        { id: 'f', triggers: [{ event: 't' }], cancelOn: [{ event: 'c', match: 'data.n' }] },
        async ({ step, event }) => {
          await step.run('a', () => ran.push(event.data.n))
        },
      ),
    ]
    const { client, engine, databasePath } = await startEngine(make, { clock })
    const events = Array.from({ length: 50 }, (_, n) => ({ name: 't', id: `event-${n}`, data: { n } }))
    await client.send(events)
    await engine.idle()
    for (const table of ['run', 'job', 'step', 'run_key']) expect(count(databasePath, table), table).toBe(0)
    expect(count(databasePath, 'seen')).toBe(50)
    await client.send(events)
    await engine.idle()
    expect(ran).toHaveLength(50)
    await pass(25 * HOUR, clock, engine)
    expect(count(databasePath, 'seen')).toBe(0)
    await client.send(events)
    await engine.idle()
    expect(ran).toHaveLength(100)
  })
})

describe('a step that takes the process down each time', () => {
  it('fails its run after ten times, so that the program can start again', async () => {
    const failures: string[] = []
    const gate = createGate()
    const make = (client: Inngest) => [
      client.createFunction(
        {
          id: 'f',
          triggers: [{ event: 't' }],
          onFailure: async ({ error }) => void failures.push(error.message),
        },
        async () => gate.opened,
      ),
    ]
    const first = await startEngine(make, { stopTimeoutMs: 0 })
    await first.client.send({ name: 't' })
    await first.engine.stop()
    const db = new Database(first.databasePath)
    db.exec('UPDATE job SET crashes = 9, state = 1') // As a process leaves it that ended while the step ran.
    db.close()
    const { engine } = await startEngine(make, { databasePath: first.databasePath })
    await engine.idle()
    expect(failures).toEqual([expect.stringContaining('ended 10 times')])
    gate.open()
  })
})

describe('the database', () => {
  it('of a newer version is refused, and not touched', async () => {
    const databasePath = join(await makeTempFolder('engine'), 'jobs.db')
    const db = new Database(databasePath)
    db.pragma('user_version = 999')
    db.close()
    await expect(startEngine(() => [], { databasePath })).rejects.toThrow(/newer version/)
    const after = new Database(databasePath, { readonly: true })
    expect(after.pragma('user_version', { simple: true })).toBe(999)
    expect(after.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
    after.close()
  })

  it('that is damaged is put aside, and the engine says that it begins anew', async () => {
    const databasePath = join(await makeTempFolder('engine'), 'jobs.db')
    await writeFile(databasePath, 'this is no database, and long enough to be taken for one'.repeat(100))
    const { isResumed, client, engine } = await startEngine(() => [], { databasePath })
    expect(isResumed).toBe(false)
    expect(existsSync(`${databasePath}.damaged`)).toBe(true)
    await client.send({ name: 't' })
    await engine.idle()
  })

  it('is made with its folder', async () => {
    const databasePath = join(await makeTempFolder('engine'), 'not', 'there', 'jobs.db')
    const engine = createEmbeddedEngine({ databasePath })
    await engine.start({ client: createClient(engine), functions: [] })
    await engine.stop()
    expect(existsSync(databasePath)).toBe(true)
  })
})

describe('a disk that cannot be written to', () => {
  it('holds the engine up, and loses nothing when it can be written to again', async () => {
    const ran: string[] = []
    const gate = createGate()
    const { client, engine, databasePath } = await startEngine(client => [
      client.createFunction({ id: 'f', triggers: [{ event: 't' }] }, async ({ step }) => {
        await step.run('first', async () => {
          ran.push('first')
          await gate.opened
        })
        await step.run('second', () => ran.push('second'))
      }),
    ])
    await client.send({ name: 't' })
    while (ran.length === 0) await new Promise(resolve => setTimeout(resolve, 2))
    // Another connection that holds the lock for writing fails each commit, as a full disk does.
    const other = new Database(databasePath)
    other.exec('BEGIN IMMEDIATE')
    gate.open()
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(ran).toEqual(['first'])
    other.exec('ROLLBACK')
    other.close()
    await engine.idle()
    expect(ran).toEqual(['first', 'second'])
  })
})
