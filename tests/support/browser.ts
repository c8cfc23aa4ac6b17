import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/** Where to look. Everything the search depends on, so that a test can give it another machine. */
export interface Machine {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  /** `/`, or a folder that stands for it. */
  root: string
  /** Where Playwright keeps the Chromium of its own version, there or not. */
  playwrightPath: string
}

const thisMachine = (): Machine => ({
  env: process.env,
  platform: process.platform,
  root: '/',
  playwrightPath: chromium.executablePath(),
})

const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
]

function placesOnMac({ root, env }: Machine): string[] {
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
  const folders = [join(root, 'Applications'), join(env.HOME ?? root, 'Applications')]
  return apps.flatMap(app => folders.map(folder => join(folder, `${app}.app/Contents/MacOS/${app}`)))
}

function placesOnWindows({ env }: Machine): string[] {
  const programs = [
    'Google/Chrome/Application/chrome.exe',
    'Chromium/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ]
  const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(folder => folder !== undefined)
  return programs.flatMap(program => folders.map(folder => join(folder, program)))
}

function placesOnLinux({ root }: Machine): string[] {
  const folders = ['usr/bin', 'usr/local/bin', 'snap/bin', 'opt/google/chrome']
  return ['chrome', ...commands].flatMap(command => folders.map(folder => join(root, folder, command)))
}

function usualPlaces(machine: Machine): string[] {
  if (machine.platform === 'darwin') return placesOnMac(machine)
  if (machine.platform === 'win32') return placesOnWindows(machine)
  return placesOnLinux(machine)
}

function onPath({ env }: Machine): string[] {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return commands.flatMap(command => folders.map(folder => join(folder, command)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Every browser found, best first: the one named by `BURG_INK_BROWSER` alone, else Playwright's, then installed ones. */
export function findBrowsers(machine: Machine = thisMachine()): string[] {
  const named = machine.env.BURG_INK_BROWSER
  const places = named ? [named] : [machine.playwrightPath, ...usualPlaces(machine), ...onPath(machine)]
  return [...new Set(places)].filter(isExecutable)
}

/** @throws when there is none; the message says what to do. */
export async function findBrowser(machine?: Machine): Promise<string> {
  const [browser] = findBrowsers(machine)
  if (browser) return browser
  throw new Error('No Chromium, Chrome or Edge was found. Install one, or set BURG_INK_BROWSER to its executable.')
}

// The tests' traffic is the app's alone: nothing that the browser would fetch for itself.
const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a browser without a window, in its sandbox unless this is root or the system forbids sandboxes. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = options.executablePath ?? (await findBrowser())
  const isRoot = process.getuid?.() === 0
  const all = { ...options, executablePath, args: [...quiet, ...(options.args ?? [])] }
  try {
    return await chromium.launch({ ...all, chromiumSandbox: !isRoot })
  } catch (cause) {
    // Some Linux systems let only programs they know make a sandbox; the pages opened here are our own.
    if (isRoot || !/sandbox/i.test(String(cause))) throw cause
    return chromium.launch({ ...all, chromiumSandbox: false })
  }
}
