import { type ClientOptions, Inngest, type Middleware, NonRetriableError, StepError } from 'inngest'
import { Discretion } from './discretion.ts'

export type JobClient = Inngest<ClientOptions & { id: 'burg-ink' }>

export interface JobClientOptions {
  /** Sees what functions do. */
  recording: Middleware.Class
  /** The engine is outside of this process: it is told that something failed, and not why. */
  isDiscreet: boolean
  /** Where unexpected errors end. */
  report(error: unknown): void
}

/**
 * @param engineOptions what the engine needs so that events reach it; see `JobEngine.clientOptions`.
 */
export function createJobClient(
  engineOptions: Partial<ClientOptions>,
  { recording, isDiscreet, report }: JobClientOptions,
): JobClient {
  // Outermost first: what is recorded is the errors as they are.
  const middleware = [...(isDiscreet ? [Discretion] : []), ...(engineOptions.middleware ?? []), recording]
  return new Inngest({ ...engineOptions, id: 'burg-ink', logger: createLogger(report), middleware })
}

/**
 * The SDK would write every error to the console with its stack. What no further attempt will mend is in the ledger, with
 * its reason; and what failed a step comes a second time, as the error of its function.
 */
function createLogger(report: (error: unknown) => void): NonNullable<ClientOptions['logger']> {
  const ignore = () => {}
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error(...logged: unknown[]) {
      const [first, message] = logged
      const error = (first as { err?: unknown } | null)?.err ?? first
      if (error instanceof NonRetriableError || error instanceof StepError) return
      // Besides errors the SDK logs facts, with a sentence after them.
      report(error instanceof Error ? error : new Error(String(message ?? error)))
    },
  }
}
