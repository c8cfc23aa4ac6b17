// Runs until it is killed: appends a line for each step it does, and says when nothing is left to do.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { Inngest } from 'inngest'
import { createEmbeddedEngine } from '../../src/main/engine/index.ts'

const [folder = '', runs = '0'] = process.argv.slice(2)
const log = (line: string) => appendFileSync(join(folder, 'log.txt'), `${line}\n`)
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

const engine = createEmbeddedEngine({ databasePath: join(folder, 'jobs.db'), backoff: () => 5, concurrency: 8 })
const client = new Inngest({ id: 'app', ...engine.clientOptions, logger: quiet })
const child = client.createFunction({ id: 'child', triggers: [{ event: 'child' }] }, async ({ step, event }) =>
  step.run('work', () => event.data.n),
)
const work = client.createFunction({ id: 'work', triggers: [{ event: 'work' }] }, async ({ step, event }) => {
  const { n } = event.data as { n: number }
  const done = async (name: string) => {
    await new Promise(resolve => setTimeout(resolve, 1))
    log(`${n} ${name}`)
    return name
  }
  await step.run('one', () => done('one'))
  await Promise.all([step.run('left', () => done('left')), step.run('right', () => done('right'))])
  await step.sendEvent('tell', { id: `told-${n}`, name: 'told', data: { n } })
  const result = await step.invoke('call', { function: child, data: { n } })
  await step.run('last', () => done('last'))
  await step.run('end', () => log(`${n} end ${result}`))
})
const told = client.createFunction({ id: 'told', triggers: [{ event: 'told' }] }, async ({ step, event }) => {
  await step.run('hear', () => log(`${event.data.n} heard`))
})

await engine.start({ client, functions: [work, child, told] })
process.send?.('started')
await client.send(Array.from({ length: Number(runs) }, (_, n) => ({ id: `work-${n}`, name: 'work', data: { n } })))
await engine.idle()
await engine.stop()
process.send?.('finished')
process.disconnect?.()
