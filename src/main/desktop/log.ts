import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/** Then it begins anew; the one before is kept. */
const longestBytes = 1024 * 1024

export const logPath = (): string => join(app.getPath('logs'), 'burg-ink.log')

/** Where unexpected errors of the desktop program end: a file for a report, since there is no terminal. */
export function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const cause = error instanceof Error && error.cause !== undefined ? `\n  caused by ${String(error.cause)}` : ''
  console.error(text + cause)
  try {
    mkdirSync(app.getPath('logs'), { recursive: true })
    if ((statSync(logPath(), { throwIfNoEntry: false })?.size ?? 0) > longestBytes)
      renameSync(logPath(), `${logPath()}.1`)
    appendFileSync(logPath(), `${new Date().toISOString()} ${text}${cause}\n`)
  } catch {
    // A disk that is full is no reason to end.
  }
}
