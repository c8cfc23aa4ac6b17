import { type ClientOptions, Inngest } from 'inngest'

export type JobClient = Inngest<ClientOptions & { id: 'burg-ink' }>

/** @param engineOptions what the engine needs so that events reach it; see `JobEngine.clientOptions`. */
export function createJobClient(engineOptions: Partial<ClientOptions>): JobClient {
  return new Inngest({ ...engineOptions, id: 'burg-ink' })
}
