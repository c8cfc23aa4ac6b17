import type { Chromium } from './chromium/pipe.ts'

type Answer = (request: Request) => Response | Promise<Response>

/** What the parts of the harness know in common: which program runs, and in which Chromium. */
export const host = {
  appPath: process.cwd(),
  name: 'Electron',
  version: '0.0.0',
  /** Of the command line, for Chromium. */
  switches: new Map<string, string>(),
  ready: Promise.withResolvers<void>(),
  isReady: false,
  running: undefined as Chromium | undefined,
  schemes: new Map<string, Electron.Privileges>(),
  /** Of `protocol.handle`. */
  answers: new Map<string, Answer>(),
}

export function chromium(): Chromium {
  if (!host.running) throw new Error('electron harness: this needs a ready app')
  return host.running
}

/** What a person would see or hear of the system: written out, since nobody is there. */
export function say(what: string, ...details: unknown[]): void {
  console.error(`[harness] ${what}`, ...details)
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
