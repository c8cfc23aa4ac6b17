import type { Host } from '../../shared/host.ts'
import type { openSecretStore } from '../accounts/index.ts'
import type { ImagingOptions } from '../imaging/index.ts'
import type { AppEvent, ServerParts } from '../server/index.ts'

/** The program without its window, as app.ts makes it. */
export interface Core {
  serverParts: ServerParts
  subscribe: ServerParts['subscribe']
  /** Tells whoever listens. */
  say(event: AppEvent): void
  start(): Promise<void>
  stop(): Promise<void>
}

export interface CoreParts {
  libraryFolder: string
  /** There or not. */
  samplesFolder: string
  openBrowser(url: string): Promise<void>
  openSecrets: typeof openSecretStore
  host: Host
  /** How pictures are decoded beside Electron. */
  imaging: ImagingOptions
  report(error: unknown): void
}
