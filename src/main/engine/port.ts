import type { ClientOptions, Inngest, InngestFunction } from 'inngest'
import type { EngineName } from '../../shared/engine.ts'

/** What runs the Inngest functions. The functions do not know which engine it is. */
export interface JobEngine {
  readonly name: EngineName
  /** Where a person looks at its runs; null where it has no such place. */
  readonly dashboardUrl: string | null
  /** Spread into `new Inngest({ id, ...clientOptions })`, so that what the client sends reaches this engine. */
  readonly clientOptions: Partial<ClientOptions>
  /**
   * Registers the functions and starts running them, first those left over from before.
   * @returns `isResumed` false when the engine began with an empty memory: work that the library still counts as
   *   unfinished must then be sent again.
   * @throws {EngineRefusal} for the first function that asks for something this engine cannot do.
   */
  start(app: EngineApp): Promise<{ isResumed: boolean }>
  /** What the server mounts at `/api/inngest`. Answers 401 to everyone but this engine. */
  serveEndpoint(request: Request): Promise<Response>
  /**
   * Resolves when nothing is running or due now (runs that sleep or wait do not count).
   * @param functionIds of these functions alone, as `createFunction` was given them.
   */
  idle(functionIds?: string[]): Promise<void>
  /** Ends a run; one that has ended already stays as it is. @throws {Error} when the engine cannot be asked. */
  cancel(runId: string): Promise<void>
  /** Lets the steps under way finish, starts no new ones, closes. Unfinished runs go on at the next start. */
  stop(): Promise<void>
  /**
   * After `stop`: forgets every run, because another engine works on what they worked on. As far as it can; what it cannot forget
   * now must do no harm when it goes on.
   */
  forget(): Promise<void>
}

export interface EngineApp {
  client: Inngest.Any
  functions: InngestFunction.Any[]
}

/** A function was registered with an option or expression that this engine cannot honour. */
export class EngineRefusal extends Error {
  readonly functionId: string
  constructor(functionId: string, what: string) {
    super(`The function "${functionId}" cannot run on this engine: ${what}.`)
    this.name = 'EngineRefusal'
    this.functionId = functionId
  }
}
