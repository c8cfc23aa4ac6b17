import { type ClientOptions, Inngest, NonRetriableError, StepError } from 'inngest'

export type JobClient = Inngest<ClientOptions & { id: 'burg-ink' }>

/**
 * @param engineOptions what the engine needs so that events reach it; see `JobEngine.clientOptions`.
 * @param report where unexpected errors end.
 */
export function createJobClient(engineOptions: Partial<ClientOptions>, report: (error: unknown) => void): JobClient {
  return new Inngest({ ...engineOptions, id: 'burg-ink', logger: createLogger(report) })
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
      const [first] = logged
      const error = (first as { err?: unknown } | null)?.err ?? first
      if (!(error instanceof NonRetriableError || error instanceof StepError)) report(error)
    },
  }
}
