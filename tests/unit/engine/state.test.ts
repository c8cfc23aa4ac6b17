import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { ManualClock, pass, startEngine } from '../../support/engine.ts'

const MIB = 1024 * 1024

/** A run whose steps leave so many MiB behind, one each, side by side or one after the other. */
async function runLarge(parts: number, isParallel: boolean) {
  const clock = new ManualClock()
  const ran: number[] = []
  const ends: unknown[] = []
  const { client, engine, databasePath } = await startEngine(
    client => [
      client.createFunction(
        {
          id: 'large',
          retries: 0,
          triggers: [{ event: 't' }],
          onFailure: async ({ event }) => void ends.push([event.data.error.name, event.data.error.message]),
        },
        async ({ step }) => {
          const results: string[] = []
          const make = async (part: number) => {
            results.push(
              await step.run(`part-${part}`, () => {
                ran.push(part)
                return `${part}`.padEnd(MIB, '.')
              }),
            )
          }
          const all = Array.from({ length: parts }, (_, part) => part)
          if (isParallel) await Promise.all(all.map(make))
          else for (const part of all) await make(part)
          await step.sleep('nap', '1h')
          ends.push(results.map(result => result.length))
        },
      ),
    ],
    { clock },
  )
  const rssBefore = process.memoryUsage.rss()
  await client.send({ name: 't' })
  await engine.idle()
  await pass(3_600_000, clock, engine)
  return { ran, ends, rssGrowth: process.memoryUsage.rss() - rssBefore, engine, databasePath }
}

it.each([
  ['one after the other', false],
  ['side by side', true],
])('a run may keep 30 MiB of results, made %s, and leaves nothing of them behind', async (_, isParallel) => {
  const { ran, ends, rssGrowth, engine, databasePath } = await runLarge(30, isParallel)
  expect(ends).toEqual([Array.from({ length: 30 }, () => MIB)])
  expect(ran).toHaveLength(30)
  // Text in the database, the same parsed, and what the function holds: a few times what is kept.
  expect(rssGrowth).toBeLessThan(400 * MIB)
  await engine.stop()
  const db = new Database(databasePath, { readonly: true })
  const used = db.prepare('SELECT (SELECT count(*) FROM step) + (SELECT count(*) FROM run)').pluck().get()
  db.close()
  expect(used).toBe(0)
})

it.each([
  ['one after the other', false],
  ['side by side', true],
])(
  'a run that would keep more than Inngest allows, made %s, fails by the name Inngest has for it',
  async (_, isParallel) => {
    const { ran, ends } = await runLarge(34, isParallel)
    // It is stopped where it goes beyond; what is side by side is let finish.
    expect(ran).toHaveLength(isParallel ? 34 : 32)
    expect(ends).toEqual([
      ['InngestErrStateOverflowed', 'The function run exceeded the state size limit of 33554432 bytes.'],
    ])
  },
)
