import { CallFailed, type Handlers } from '../../shared/contract.ts'
import { type SidecarReadings, SidecarsRefused } from './sidecars.ts'

export interface SidecarsHandlerParts {
  sidecarReading: SidecarReadings
}

type SidecarsCalls = `sidecars.${string}`

/** What the app answers about sidecars of other programs. */
export function createSidecarsHandlers({
  sidecarReading,
}: SidecarsHandlerParts): Pick<Handlers, Extract<keyof Handlers, SidecarsCalls>> {
  return {
    'sidecars.state': () => ({ reading: sidecarReading.state() }),
    'sidecars.look': ({ chosen }) => sidecarReading.look(chosen).catch(refused),
    'sidecars.take': async ({ id, conflicts }) => {
      try {
        return sidecarReading.take(id, conflicts)
      } catch (cause) {
        return refused(cause)
      }
    },
    'sidecars.cancel': async () => {
      await sidecarReading.cancel()
      return {}
    },
  }
}

function refused(cause: unknown): never {
  if (cause instanceof SidecarsRefused) throw new CallFailed('conflict', cause.message, { cause })
  throw cause
}
