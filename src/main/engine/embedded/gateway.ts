import { monotonicFactory } from 'ulid'
import { BASE_URL } from './sdk.ts'
import type { InngestEvent, Op } from './wire.ts'

/** An event as it was sent: the engine fills in what is missing. */
export interface SentEvent {
  event: InngestEvent
  /** The sender chose the id. */
  isNamed: boolean
}

export interface GatewayContext {
  now(): number
  /** Resolves when the events are on disk. */
  receive(events: SentEvent[]): Promise<void>
  /** Resolves when the steps are on disk. @returns whether the function may run on. */
  report(executionId: number, ops: Op[]): Promise<boolean>
  /** Resolves when it is on disk. @returns the id of the run that waited for the signal; null when none does. */
  signal(signal: string, data: unknown): Promise<string | null>
}

const EVENTS = /^\/e\//
const CHECKPOINT = /^\/v1\/checkpoint\/[^/]+\/async$/
const SIGNALS = '/v1/signals'

/** The Inngest server as the client sees it, without a network: what the client sends ends here. */
export function createGateway(context: GatewayContext): typeof fetch {
  const newId = monotonicFactory()
  return async (input, init) => {
    const path = new URL(String(input instanceof Request ? input.url : input), BASE_URL).pathname
    // Read where it is known to be JSON: what is refused need not be.
    const readBody = (): unknown => JSON.parse(String(init?.body ?? 'null'))
    if (EVENTS.test(path)) return await sendEvents(context, newId, readBody())
    if (CHECKPOINT.test(path)) return await checkpoint(context, readBody())
    if (path === SIGNALS) return await sendSignal(context, readBody())
    const error = `The embedded engine has no ${path}.`
    // Some of the SDK's tools tell of the status alone.
    return Response.json({ error, status: 501 }, { status: 501, statusText: error })
  }
}

async function sendEvents(context: GatewayContext, newId: (now: number) => string, body: unknown): Promise<Response> {
  const sent: SentEvent[] = []
  for (const event of [body].flat() as Partial<InngestEvent>[]) {
    const reason = refusalOf(event)
    if (reason) return Response.json({ ids: [''], status: 400, error: reason }, { status: 400 })
    sent.push(completeEvent(event, newId, context.now()))
  }
  await context.receive(sent)
  return Response.json({ ids: sent.map(({ event }) => event.id), status: 200 })
}

function refusalOf(event: Partial<InngestEvent> | null): string | undefined {
  if (typeof event?.name !== 'string' || event.name === '') return 'event name is empty'
  if (event.name.startsWith('inngest/'))
    return `the event name "${event.name}" is reserved: "inngest/" is the engine's own`
  return undefined
}

function completeEvent(event: Partial<InngestEvent>, newId: (now: number) => string, now: number): SentEvent {
  const isNamed = typeof event.id === 'string' && event.id !== ''
  return {
    isNamed,
    event: {
      data: event.data ?? {},
      id: isNamed ? (event.id as string) : newId(now),
      name: event.name as string,
      ts: event.ts ?? now,
      user: event.user ?? {},
    },
  }
}

// The SDK does not read this answer, so one is enough.
const ACCEPTED = new Response(null, { status: 200 })
const HALT = new Response(null, { status: 409 })

async function checkpoint(context: GatewayContext, body: unknown): Promise<Response> {
  const { qi_id: queueItem, steps } = body as { qi_id: string; steps: Op[] }
  return (await context.report(Number(queueItem), steps)) ? ACCEPTED : HALT
}

async function sendSignal(context: GatewayContext, body: unknown): Promise<Response> {
  const { signal, data } = body as { signal?: unknown; data?: unknown }
  if (typeof signal !== 'string' || signal === '') {
    return Response.json({ error: 'signal is empty', status: 400 }, { status: 400 })
  }
  const runId = await context.signal(signal, data ?? null)
  if (runId === null) {
    return Response.json({ error: `No run waits for the signal "${signal}".`, status: 404 }, { status: 404 })
  }
  return Response.json({ data: { run_id: runId } })
}
