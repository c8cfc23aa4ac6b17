// `npm run inngest:dev -- [FOLDER]`: Burg Ink with Inngest's own dev server beside it, whose dashboard is at
// http://127.0.0.1:8288. Its program is fetched first where it is missing.
import { spawnSync } from 'node:child_process'
import { findInngestCli } from '../src/main/engine/index.ts'
import { root } from './steps.ts'

const port = process.env.BURG_INK_ENGINE_PORT || '8288'
if (!(await findInngestCli(process.env))) {
  console.error('Inngest’s program is fetched; this is done once.')
  spawnSync('npm', ['rebuild', 'inngest-cli', '--ignore-scripts=false'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
}
process.env.BURG_INK_ENGINE = 'server'
process.env.BURG_INK_ENGINE_PORT = port
console.error(`Inngest’s dashboard: http://127.0.0.1:${port}`)
await import('./start.ts')
