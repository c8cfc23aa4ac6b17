import type { JobClient } from './client.ts'

type Events = Parameters<JobClient['send']>[0]

/** Takes events to whatever engine runs the jobs now; while one takes over from another, they wait. */
export interface Outbox {
  /** @returns the ids. */
  send(events: Events): Promise<string[]>
}

export function createOutbox() {
  let opened = Promise.withResolvers<JobClient>()
  const outbox: Outbox = { send: async events => (await (await opened.promise).send(events)).ids }
  return {
    outbox,
    open(client: JobClient): void {
      opened.resolve(client)
    },
    /** What is sent from now on waits until it is opened again. */
    close(): void {
      opened = Promise.withResolvers()
    },
  }
}
