import { app } from 'electron'
import { type Intent, intentsOf, intentsOfSecond, isForBackground } from './intents.ts'

export interface Opened {
  /** A start by the system at login is not asked to show itself. */
  isInBackground(): boolean
  /** Hands over what was wanted until now, and whatever comes later. */
  listen(listener: (intent: Intent) => void): void
}

/** By the system at login, and not by a person. macOS says so, where others have a flag of ours. */
const wasStartedAtLogin = (): boolean => process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin

/** What Electron was told to run; null where the executable is the program itself. */
export const runFolder = (): string | null => (app.isPackaged ? null : app.getAppPath())

/**
 * What the program is opened with: its own words, those of a second start, and what macOS says by events. Begins at once,
 * since macOS says it before the program is ready.
 */
export function collectOpened(): Opened {
  const programFolder = runFolder()
  const waiting = intentsOf({ argv: process.argv, workingFolder: process.cwd(), programFolder })
  let pass = (intent: Intent): void => void waiting.push(intent)

  app.on('second-instance', (_event, argv, workingFolder) => {
    for (const intent of intentsOfSecond({ argv, workingFolder, programFolder })) pass(intent)
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    pass({ kind: 'link', url })
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    pass({ kind: 'paths', paths: [path] })
  })

  return {
    isInBackground: () => isForBackground(process.argv) || wasStartedAtLogin(),
    listen(listener) {
      pass = listener
      for (const intent of waiting.splice(0)) listener(intent)
    },
  }
}
