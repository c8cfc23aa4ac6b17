// What a real Inngest server (1.43) and the SDK (4.24) said to each other, in the order of time: without headers, ids and
// moments, and with the call stacks of errors cut short.
import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import type { FunctionConfig, Op } from '../../src/main/engine/embedded/wire.ts'

export interface RecordedCall {
  kind: 'call'
  /** The number of the call, and of its run. */
  call: number
  run: number
  fnId: string
  stepId: string
  attempt: number
  maxAttempts: number
  isImmediateDisabled: boolean
  /** Hashes of steps, in the order of completion. */
  order: string[]
  event: { name: string; data: Record<string, unknown> }
  eventCount: number
  steps: Record<string, unknown>
}

interface RecordedAnswer {
  kind: 'answer'
  call: number
  status: number
  isFinal?: true
  retryAfter?: string
  body: unknown
}

export type Recorded = { recording: string; at: number } & (
  | { kind: 'events'; events: Record<string, unknown>[] }
  | { kind: 'checkpoint'; call: number; ops: Op[] }
  | RecordedCall
  | RecordedAnswer
)

export interface RecordedWire {
  /** When each recording began, in milliseconds since 1970; `at` counts from there. */
  startedAt: Record<string, number>
  functions: FunctionConfig[]
  /** Names of the fields of every call. */
  bodyKeys: string[]
  ctxKeys: string[]
  eventKeys: string[]
  entries: Recorded[]
}

export async function readRecorded(): Promise<RecordedWire> {
  const text = await readFile(new URL('inngest-wire.jsonl', import.meta.url), 'utf8')
  const [head, ...entries] = text.trimEnd().split('\n')
  return { ...JSON.parse(head ?? ''), entries: entries.map(line => JSON.parse(line)) }
}

/** A call as it is made now: its body, of which the fields that are read here. */
export interface CallBody {
  ctx: Record<string, unknown> & {
    attempt: number
    max_attempts: number
    disable_immediate_execution: boolean
    stack: { stack: string[] }
  }
  event: { name: string; data: Record<string, unknown> }
  events: unknown[]
  steps: Record<string, unknown>
}

/** What of a call must be the same: all but ids, times and stacks. */
export function comparable(call: Omit<RecordedCall, 'kind' | 'call' | 'run'>) {
  const { fnId, stepId, attempt, maxAttempts, isImmediateDisabled, order, event, eventCount, steps } = call
  return {
    ...{ fnId, stepId, attempt, maxAttempts, isImmediateDisabled, order, eventCount },
    event: { name: event.name, data: comparableData(event.data) },
    steps: Object.fromEntries(Object.entries(steps).map(([hash, state]) => [hash, comparableState(state)])),
  }
}

/** What a call now has to be like. */
export function expectedOf(recorded: RecordedCall) {
  const { stepId, isImmediateDisabled } = recorded
  // Where one step is planned alone the server leaves this open: asked for a step, the SDK runs that one and no other.
  const isOpen = stepId !== 'step' && !isImmediateDisabled
  return { ...comparable(recorded), isImmediateDisabled: isOpen ? expect.any(Boolean) : isImmediateDisabled }
}

/** @param wire says which fields the call must have. */
export function comparableBody(fnId: string, stepId: string, body: CallBody, wire: RecordedWire) {
  const { ctx, event, events, steps } = body
  const keysOf = (value: object) => Object.keys(value).toSorted()
  const [bodyKeys, ctxKeys, eventKeys] = [keysOf(body), keysOf(ctx), keysOf(event)]
  if (`${[bodyKeys, ctxKeys, eventKeys]}` !== `${[wire.bodyKeys, wire.ctxKeys, wire.eventKeys]}`) {
    throw new Error(`A call of ${fnId} has other fields: ${[bodyKeys, ctxKeys, eventKeys].join(' ')}`)
  }
  return comparable({
    ...{ fnId, stepId, event, steps, attempt: ctx.attempt, maxAttempts: ctx.max_attempts },
    ...{ isImmediateDisabled: ctx.disable_immediate_execution, order: ctx.stack.stack, eventCount: events.length },
  })
}

/** The event of an invocation or of a failure: the rest of what the server says there is about its own workings. */
function comparableData({ _inngest, run_id, error, event, events, result, ...data }: Record<string, unknown>) {
  const { fn_id, status } = (_inngest ?? {}) as Record<string, unknown>
  return {
    ...data,
    ...(run_id !== undefined && { hasEvent: event !== undefined, eventCount: (events as unknown[]).length }),
    ...(error !== undefined && { error: comparableError(error) }),
    ...(fn_id !== undefined && { fn_id }),
    ...(status !== undefined && { status }),
  }
}

/** The server sends what a sleep or a wait came to bare; wrapped like all else, the SDK cannot mistake it. */
function comparableState(state: unknown): unknown {
  const { data, error } = (isOutcome(state) ? state : { data: state }) as Record<string, Record<string, unknown>>
  if (error) return { error: comparableError(error) }
  if (data?.ts !== undefined) return { event: data.name, data: data.data }
  return { data: data?.ids ? 'ids of events' : data }
}

function comparableError(error: unknown) {
  const { name, message, cause } = error as Record<string, unknown>
  return { name, message, ...(cause ? { cause: (cause as Error).message } : {}) }
}

function isOutcome(state: unknown): boolean {
  if (typeof state !== 'object' || state === null) return false
  return !('ts' in state) && ('data' in state || 'error' in state)
}
