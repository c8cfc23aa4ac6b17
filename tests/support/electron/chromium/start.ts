import { mkdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { host, isRunning } from '../host.ts'
import { Chromium } from './pipe.ts'

/** What would have the browser do things of its own, or ask a person. */
const quiet = [
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-popup-blocking',
  '--password-store=basic',
  // What the program asks for goes by the environment's proxy; what the browser would ask for itself goes nowhere.
  '--no-proxy-server',
]

/** Electron's defaults. */
const asInElectron = ['--allow-file-access-from-files', '--autoplay-policy=no-user-gesture-required']

/** Frames of other sites stay in the page's process, so that one session sees all that a page asks for. */
const together = ['--disable-site-isolation-trials']

const disabledFeatures = [
  'IsolateOrigins',
  'site-per-process',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LocalNetworkAccessChecks',
  'Translate',
  'MediaRouter',
  'OptimizationHints',
]

/** A link to the computer's name and the process that has the folder: it is left behind by one that was killed. */
function isTaken(profile: string): boolean {
  try {
    return isRunning(Number(/\d+$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[0]))
  } catch {
    return false
  }
}

/** localStorage and such survive a restart. Chromium would hand a second program with the same folder over to the first. */
function profileFolder(userDataFolder: string): string {
  const usual = join(userDataFolder, 'harness-chromium')
  return isTaken(usual) ? `${usual}-${process.pid}` : usual
}

/** What the program, Playwright or the person asked for. */
function askedFor(): string[] {
  const own = new Set(['user-data-dir', 'disable-features', 'enable-features'])
  const enabled = host.switches.get('enable-features')
  const disabled = [...disabledFeatures, host.switches.get('disable-features')].filter(Boolean)
  const others = [...host.switches].filter(([name]) => !own.has(name))
  return [
    `--disable-features=${disabled.join()}`,
    ...(enabled ? [`--enable-features=${enabled}`] : []),
    ...others.map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
  ]
}

const onScreen = () =>
  process.env.HARNESS_HEADED ? [] : ['--headless=new', '--hide-scrollbars', '--screen-info={1920x1080}']

/** @returns where Playwright can speak to it. */
export async function startChromium(userDataFolder: string): Promise<string> {
  const profile = profileFolder(userDataFolder)
  mkdirSync(profile, { recursive: true })
  const isRoot = process.getuid?.() === 0
  host.running = new Chromium(process.env.HARNESS_CHROMIUM ?? 'chromium', [
    ...onScreen(),
    ...(isRoot ? ['--no-sandbox'] : []),
    ...quiet,
    ...asInElectron,
    ...together,
    ...askedFor(),
    `--user-data-dir=${profile}`,
  ])
  return host.running.devtoolsUrl
}
