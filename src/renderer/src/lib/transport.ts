import type { CallName, EventData, EventName, Input, MediaId, Output } from './contract.ts'

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

/** How the page reaches the app. The browser host is reached over HTTP; a desktop window brings a bridge of its own. */
export interface Transport {
  /** Throws `CallFailed` for an expected failure, `SessionMissing` without a session, anything else when the app is unreachable. */
  call<N extends CallName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>>
  subscribe(listener: LiveListener): () => void
  mediaUrl(id: MediaId, kind: PictureKind, version: string): string
}

export class SessionMissing extends Error {
  constructor() {
    super('This page belongs to a running Burg Ink. Open the address it printed.')
    this.name = 'SessionMissing'
  }
}
