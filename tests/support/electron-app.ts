import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { findBrowser } from './browser.ts'

const root = join(import.meta.dirname, '../..')
const standInFolder = join(import.meta.dirname, 'electron/dist')

/** Electron's executable, asked as its own install script asks. Looking for it by `import` would download it. */
function realElectron(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** No Electron is here: a program stands in for it and opens Chromium. What it cannot prove is in CONTRIBUTING.md. */
export const isStandIn = process.env.BURG_INK_STAND_IN === '1' || realElectron() === undefined

/** Electron's own executable, or what stands in for it. */
export const electronExecutable = (!isStandIn && realElectron()) || join(standInFolder, 'electron')

export interface Desktop extends AsyncDisposable {
  app: ElectronApplication
  page: Page
  /** Of this program on this computer: a second one with the same is the second instance. */
  dataFolder: string
  libraryFolder: string
  /** All it wrote since it was listened to: what it writes as it starts can be missing. */
  output(): string
  /** What the dialogs said that were answered, in their order. */
  dialogs(): ShownDialog[]
}

export interface ShownDialog {
  message?: string
  detail?: string
  buttons?: string[]
  title?: string
  content?: string
}

/** The index of the button that is pressed, once a file is there, with the box checked or not; or the folder that is chosen. */
export type DialogAnswer = { button: number; onceThere?: string; isForAlways?: boolean } | { folder: string | null }

const dialogAnswers = join(import.meta.dirname, 'electron/answer-dialogs.cjs')

export interface DesktopOptions {
  dataFolder?: string
  libraryFolder?: string
  env?: Record<string, string>
  args?: string[]
  /** With a package.json whose `main` is the program: the built one, or one that was broken on purpose. */
  appFolder?: string
  /** The system's dialogs are answered so, one after the other; the last answer goes on for all that follow. */
  dialogs?: DialogAnswer[]
  /** False: it is not waited for. */
  hasWindow?: boolean
}

/** The built program as a person starts it, with a library of its own. */
export async function launchDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-desktop-'))
  const { dataFolder = join(folder, 'data'), libraryFolder = join(folder, 'library'), args = [] } = options
  const dialogLog = join(folder, 'dialogs')
  const env = {
    ...(await environment()),
    BURG_INK_LIBRARY: libraryFolder,
    ...(options.dialogs && { DIALOG_ANSWERS: JSON.stringify(options.dialogs), DIALOG_LOG: dialogLog }),
    ...options.env,
  }
  const answering = options.dialogs ? ['-r', dialogAnswers] : []
  // Playwright asks electron's own package for the executable, which looks at this variable first.
  if (isStandIn) process.env.ELECTRON_OVERRIDE_DIST_PATH = standInFolder
  const app = await _electron.launch({
    cwd: root,
    args: [...answering, options.appFolder ?? root, ...electronFlags(dataFolder), ...args],
    env,
    timeout: 30_000,
  })
  evaluateInTurn(app)
  let output = ''
  const keep = (text: Buffer) => {
    output += text
  }
  app.process().stdout?.on('data', keep)
  app.process().stderr?.on('data', keep)
  const page = options.hasWindow === false ? (undefined as unknown as Page) : await app.firstWindow()
  // A window begins with an empty page.
  await page?.waitForURL(({ protocol }) => protocol !== 'about:')
  return {
    app,
    page,
    dataFolder,
    libraryFolder,
    output: () => output,
    dialogs: () => (existsSync(dialogLog) ? linesOf(dialogLog) : []),
    async [Symbol.asyncDispose]() {
      await app.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/**
 * What Playwright has evaluated interrupts the program in whatever it is doing, be it the middle of a query. What a person
 * does waits for its turn in the event loop, and so does what the tests evaluate from here on.
 */
function evaluateInTurn(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app)
  app.evaluate = ((act: unknown, given?: unknown) =>
    evaluate(
      async (electron, { text, argument }) => {
        await new Promise(resolve => setImmediate(resolve))
        // biome-ignore lint/security/noGlobalEval: it is how Playwright has it evaluated as well.
        return globalThis.eval(`(${text})`)(electron, argument)
      },
      { text: String(act), argument: given },
    )) as typeof app.evaluate
}

const linesOf = (path: string): ShownDialog[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))

/** Drops files and folders on the middle of the window, as a file manager does. */
export async function dropOn({ page }: Desktop, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data })
  }
  await session.detach()
}

/** What a second start of the same program is called with. */
export const electronFlags = (dataFolder: string): string[] => [
  `--user-data-dir=${dataFolder}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export async function environment(): Promise<Record<string, string>> {
  const own = Object.entries(process.env).filter(([, value]) => value !== undefined) as [string, string][]
  return {
    ...Object.fromEntries(own),
    ...(isStandIn && {
      ELECTRON_OVERRIDE_DIST_PATH: standInFolder,
      HARNESS_CHROMIUM: await findBrowser(),
      HARNESS_NODE: process.execPath,
    }),
  }
}

/** Said once a run, so that nobody takes one for the other. */
export async function whatRuns(): Promise<string> {
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
  if (!isStandIn) return `Desktop tests run on Electron ${version}.`
  const { stdout } = await promisify(execFile)(await findBrowser(), ['--version'])
  return `Desktop tests run on a stand-in for Electron ${version}: ${stdout.trim()}.`
}
