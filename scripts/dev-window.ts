import { type ChildProcess, spawn } from 'node:child_process'
import { build, createServer, mergeConfig, type Rolldown, type UserConfig } from 'vite'
import { developmentConfigs } from './dev-config.ts'
import { sandboxFlags } from './electron.ts'
import { forgetBuild } from './ensure-built.ts'
import { passSignals, root } from './steps.ts'

/**
 * The desktop window with its page from Vite. electron-vite's own `dev --watch` begins the new program before the old one has
 * let go of the library and of its place as the only one, and ends when the program crashes: neither will do here.
 */
export async function developWindow(electron: string, args: readonly string[]): Promise<void> {
  const { main, preload, renderer } = await developmentConfigs()
  const page = await (await createServer(mergeConfig(renderer, { server: { host: '127.0.0.1' } }))).listen()
  const env = { ...process.env, ELECTRON_RENDERER_URL: page.resolvedUrls?.local[0] }
  const start = () => spawn(electron, [...sandboxFlags, root, ...args], { stdio: 'inherit', env })
  const program = createProgram(start, async () => {
    await page.close()
    process.exit()
  })
  passSignals(program.end)
  // What is built here is for a page of Vite's.
  forgetBuild()
  await watch(preload, () => page.ws.send({ type: 'full-reload' }))
  await watch(main, program.restart)
  program.restart()
}

/** Builds, and again whenever a file of it is saved. Resolves with the first build that succeeds. */
async function watch(config: UserConfig, rebuilt: () => void): Promise<void> {
  // What runs still loads what it was built with.
  const watched = mergeConfig(config, { build: { watch: {}, emptyOutDir: false }, clearScreen: false })
  const watcher = (await build(watched)) as Rolldown.RolldownWatcher
  let isFirst = true
  await new Promise<void>(resolve => {
    let hasFailed = false
    watcher.on('event', event => {
      if (event.code === 'START') hasFailed = false
      if (event.code === 'ERROR') hasFailed = true
      if (event.code !== 'END' || hasFailed) return
      if (!isFirst) rebuilt()
      isFirst = false
      resolve()
    })
  })
}

/** One program at a time. One that a person ends is the end; one that crashes is started again at the next save. */
function createProgram(start: () => ChildProcess, ended: () => void) {
  let running: ChildProcess | undefined
  let wanted: 'running' | 'restarted' | 'ended' = 'running'

  function begin(): void {
    wanted = 'running'
    const child = start()
    running = child
    child.on('error', cause => console.error(`Electron cannot be started: ${cause.message}`))
    child.once('close', (code, signal) => {
      running = undefined
      if (wanted === 'restarted') return begin()
      if (wanted === 'ended' || code === 0) return ended()
      console.error(`Burg Ink ended with ${signal ?? `code ${code}`}. It starts again when something is saved.`)
    })
  }

  function stop(as: typeof wanted, otherwise: () => void): void {
    if (running) {
      wanted = as
      running.kill()
    } else otherwise()
  }

  return { restart: () => stop('restarted', begin), end: () => stop('ended', ended) }
}
