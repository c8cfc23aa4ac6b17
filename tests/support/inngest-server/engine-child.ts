// A program with Inngest's server beside it, for tests that kill it: prints the address of the server when it is up.
import { Inngest } from 'inngest'
import { createServerEngine } from '../../../src/main/engine/index.ts'
import { standInCommand } from './index.ts'

const [stateFolder = ''] = process.argv.slice(2)
const engine = await createServerEngine({ command: standInCommand, stateFolder, onForgot() {}, onUp() {}, onDown() {} })
const client = new Inngest({ id: 'child', ...engine.clientOptions })
await engine.start({ client, functions: [] })
process.stdout.write(`${engine.dashboardUrl}\n`)
