import { fromWeb } from '../chromium/addresses.ts'
import type { Session } from '../chromium/pipe.ts'
import { makeEvent } from '../events.ts'
import type { Frames } from './frames.ts'
import type { Owner } from './owner.ts'

type Level = 'info' | 'warning' | 'error' | 'debug'

const levels: Record<string, Level> = {
  error: 'error',
  assert: 'error',
  warning: 'warning',
  debug: 'debug',
  verbose: 'debug',
}

/** What the page, its preload and Chromium write to the page's console. */
export function followConsole(session: Session, frames: Frames, owner: Owner): Promise<unknown> {
  const emit = (kind: string, message: string, url = '', lineNumber = 0) => {
    const level = levels[kind] ?? 'info'
    owner.emit(
      'console-message',
      makeEvent({ message, level, lineNumber, sourceId: fromWeb(url), frame: frames.main.shown }),
    )
  }
  session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const text = args.map(({ value, description }) => String(value ?? description ?? '')).join(' ')
    const [place] = stackTrace?.callFrames ?? []
    emit(type, text, place?.url, place && place.lineNumber + 1)
  })
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception, url, lineNumber } }) =>
    emit('error', `${text} ${exception?.description?.split('\n', 1)[0] ?? ''}`, url, lineNumber + 1),
  )
  session.on('Log.entryAdded', ({ entry: { level, text, url, lineNumber } }) => emit(level, text, url, lineNumber))
  return session.send('Log.enable')
}
