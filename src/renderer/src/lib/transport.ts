import {
  CallFailed,
  type CallName,
  calls,
  type EventData,
  type EventName,
  events,
  type Input,
  type MediaId,
  type Output,
  replySchema,
} from './contract.ts'

/** Whether the app answers: `lost` while it is not running, `locked` where this page has no session with it. */
export type Connection = 'connecting' | 'open' | 'lost' | 'locked'

export type LiveEvent = { [N in EventName]: { name: N; data: EventData<N> } }[EventName]

export interface LiveListener {
  onEvent: (event: LiveEvent) => void
  /** At the first connection and after each interruption: what was missed in between has to be asked for again. */
  onReady: () => void
  onConnection: (connection: Connection) => void
}

export type PictureKind = 'thumbnail' | 'preview' | 'original'

/** How the page reaches the app: over HTTP in a browser, by the bridge that a window of our own brings. Chosen in api.ts. */
export interface Transport {
  /** Before anything is asked. */
  open(): Promise<void>
  /** Throws `CallFailed` for an expected failure, `SessionMissing` without a session, anything else when the app is unreachable. */
  call<N extends CallName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>>
  /** Calls come to the app in the order in which they are made, also when the page is gone by then. */
  keepsOrder: boolean
  subscribe(listener: LiveListener): () => void
  mediaUrl(id: MediaId, kind: PictureKind, version: string): string
  /** It knows where files are that were dropped on the page. A browser does not say. */
  knowsPaths: boolean
  /** Where files that were dropped on the page are: fewer than files where some are on no disk, or nobody says. */
  pathsOf(files: readonly File[]): string[]
}

/** The value of an answer as it came over the wire. Throws `CallFailed` for an expected failure. */
export function parseReply<N extends CallName>(name: N, answer: unknown): Output<N> {
  const reply = replySchema.parse(answer)
  if (!reply.ok) throw new CallFailed(reply.error.code, reply.error.message)
  return calls[name].output.parse(reply.value) as Output<N>
}

export function parseEvent(name: EventName, data: unknown): LiveEvent {
  return { name, data: events[name].parse(data) } as LiveEvent
}

export class SessionMissing extends Error {
  constructor() {
    super('This page belongs to a running Burg Ink. Open the address it printed.')
    this.name = 'SessionMissing'
  }
}
