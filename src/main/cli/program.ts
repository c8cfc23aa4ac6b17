import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { App } from '../app.ts'

/** Where this copy of the program keeps what it ships. */
export interface ProgramFiles {
  pageFolder: string
  samplesFolder: string
}

/** The library of people who never chose one. */
export function defaultLibraryFolder(): string {
  return process.env.BURG_INK_LIBRARY || join(homedir(), 'Burg Ink')
}

/** The app is loaded here: who only asks for help does not wait for it. */
export async function createHeadlessApp(libraryFolder: string, files: ProgramFiles): Promise<App> {
  const { createApp } = await import('../app.ts')
  return createApp({
    libraryFolder,
    pageFolder: files.pageFolder,
    samplesFolder: existsSync(files.samplesFolder) ? files.samplesFolder : null,
    // Set but empty is not set: an empty token would let everyone in.
    token: process.env.BURG_INK_TOKEN || undefined,
    ...(canShowBrowser() && { host: { showInFolder } }),
    google: { environment: process.env, openBrowser: showSignIn },
    report: complain,
  })
}

/** Where no browser opens, the person opens the printed address. */
async function showSignIn(address: string): Promise<void> {
  console.error(`Sign in to Google in the browser: ${address}`)
  if (canShowBrowser()) await showBrowser(address)
}

export function canShowBrowser(): boolean {
  if (process.env.BURG_INK_NO_BROWSER || process.env.CI) return false
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** The address is printed as well, so a browser that will not open is no failure. */
export async function showBrowser(address: string): Promise<void> {
  try {
    const { default: open } = await import('open')
    const opener = await open(address)
    opener.on('error', complain)
  } catch (cause) {
    complain(cause)
  }
}

/** By the program that the system has for folders. */
async function showInFolder(path: string): Promise<void> {
  // On a Mac a folder may be a program, which would be started: there the file is shown and nothing is opened.
  const opener = process.platform === 'darwin' ? spawn('open', ['-R', path]) : await openFolder(dirname(path))
  opener.on('error', complain)
}

async function openFolder(path: string): Promise<ChildProcess> {
  const { default: open } = await import('open')
  return open(path)
}

/** Says what went wrong without the insides; BURG_INK_DEBUG=1 shows them. */
export function complain(error: unknown): void {
  if (process.env.BURG_INK_DEBUG) console.error(error)
  else console.error(printable(error instanceof Error ? error.message : String(error), '\n'))
}

/** Names of files may hold what a terminal would obey, or what turns the rest of the line round. */
export function printable(text: string, allowed = ''): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, found => (allowed.includes(found) ? found : '\u{fffd}'))
}

/** Takes away the line that says how far something is. */
export function clearLine(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

/** Resolves at the first Ctrl-C or polite kill; a second one ends the process at once, as the system would. */
export function stopRequested(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal))
  })
}
