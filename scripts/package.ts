// `npm run package -- [--dir] [--publish never] …`: installers of this computer's system into out/packages. What follows `--` goes
// to electron-builder; docs/shipping.md says what is signed by which variables.
import { join } from 'node:path'
import { fetchElectron, findElectron } from './electron.ts'
import { ensureBuilt } from './ensure-built.ts'
import { commandOf, root, runAttached } from './steps.ts'

const args = process.argv.slice(2)
const { env, platform } = process

/** Electron as it lies on the disk, so that nothing is fetched twice. */
async function findDist(): Promise<{ folder: string } | { why: string }> {
  if (env.ELECTRON_OVERRIDE_DIST_PATH) return { folder: env.ELECTRON_OVERRIDE_DIST_PATH }
  const fetched = findElectron() ? { electron: '' } : await fetchElectron()
  return 'why' in fetched ? fetched : { folder: join(root, 'node_modules/electron/dist') }
}

/** Undefined: signed as far as it can be, or on Linux, where nobody asks for it. */
function whyUnsigned(): string | undefined {
  if (platform === 'linux') return undefined
  const isSigned = env.CSC_LINK || env.CSC_NAME || (platform === 'win32' && env.WIN_CSC_LINK)
  if (!isSigned) return 'It will not be signed: CSC_LINK is not set.'
  const isNotarized = env.APPLE_API_KEY || env.APPLE_ID || env.APPLE_KEYCHAIN_PROFILE
  if (platform === 'darwin' && !isNotarized) return 'It will not be notarised: APPLE_API_KEY is not set.'
  return undefined
}

async function pack(): Promise<number> {
  const dist = await findDist()
  if ('why' in dist) {
    console.error(`${dist.why} Run "npx install-electron" with a network, or set ELECTRON_MIRROR, and package again.`)
    return 1
  }
  await ensureBuilt()
  const why = whyUnsigned()
  if (why) console.error(`${why} docs/shipping.md says how.`)
  const fixed = ['--config', 'electron-builder.config.mjs', `-c.electronDist=${dist.folder}`, '--publish', 'never']
  return runAttached(process.execPath, [commandOf('electron-builder/cli.js'), ...fixed, ...args])
}

process.exitCode = await pack()
