import type { EventEmitter } from 'node:events'

/** What the parts of a page know of the `webContents` whose page it is. */
export interface Owner extends EventEmitter {
  /** As the program sees it. */
  readonly shown: Electron.WebContents
  readonly windowOpenHandler: WindowOpenHandler | undefined
  titled(title: string): void
}

export type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]
