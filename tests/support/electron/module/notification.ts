import { KnownEvents, makeEvent } from '../events.ts'
import { refuseUnknown, strict } from '../strict.ts'

const knownOptions = new Set(['title', 'subtitle', 'body', 'silent', 'icon', 'urgency', 'timeoutType'])

export class Notification extends KnownEvents {
  /** The harness's own: all that were shown, the last one last. A test emits `click` on one. */
  static readonly shown: Notification[] = []
  static isSupported = () => true
  readonly title: string
  readonly subtitle: string
  readonly body: string
  readonly silent: boolean
  isClosed = false

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'failed'])
    refuseUnknown('Notification', options, knownOptions)
    this.title = options.title ?? ''
    this.subtitle = options.subtitle ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    // biome-ignore lint/correctness/noConstructorReturn: what is made with `new` is strict too.
    return strict('Notification', this)
  }
  show(): void {
    Notification.shown.push(this)
    this.emit('show', makeEvent({}))
  }
  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.emit('close', makeEvent({}))
  }
}
