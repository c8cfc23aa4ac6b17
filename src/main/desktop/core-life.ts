import type { Core } from './core.ts'
import { type OpeningParts, openPatiently } from './opening.ts'

export interface CoreLifeParts extends OpeningParts<Core> {
  isEnding(): boolean
  /** It is open and about to begin its work. */
  opened(core: Core): Promise<void>
}

export interface CoreLife {
  /** Of the library when it is open, and when its work goes on as well. Never settled where the person gives up. */
  open: Promise<Core>
  started: Promise<Core>
  /** @returns false when the person gave up. */
  begin(): Promise<boolean>
  /** Ends the steps under way, also those of a core that is still being opened. */
  stop(): Promise<void>
}

/** The core from its opening to its end, which may come at any moment between. */
export function createCoreLife(parts: CoreLifeParts): CoreLife {
  const open = Promise.withResolvers<Core>()
  const started = Promise.withResolvers<Core>()
  let core: Core | null = null
  let underWay: Promise<unknown> = Promise.resolve()

  /** What is waited for before the core is stopped. A question to the person is not. */
  function during<T>(work: Promise<T>): Promise<T> {
    underWay = work.catch(() => {})
    return work
  }

  async function openOnce(libraryFolder: string): Promise<Core> {
    core = await parts.open(libraryFolder)
    return core
  }

  return {
    open: open.promise,
    started: started.promise,
    async begin() {
      const opened = await openPatiently({ ...parts, open: libraryFolder => during(openOnce(libraryFolder)) })
      if (!opened) return false
      if (parts.isEnding()) return true
      open.resolve(opened)
      await parts.opened(opened)
      if (parts.isEnding()) return true
      await during(opened.start())
      started.resolve(opened)
      return true
    },
    async stop() {
      await underWay
      await core?.stop()
    },
  }
}
