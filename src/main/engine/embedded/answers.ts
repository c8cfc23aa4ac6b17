import type { Backoff } from './backoff.ts'
import type { Clock } from './clock.ts'
import { parseMoment } from './duration.ts'
import type { Execution } from './executions.ts'
import { compileExpression, keyAtPath, parseCorrelation } from './expressions.ts'
import type { EngineFunction } from './functions.ts'
import { ANY_EVENT_PATH, SIGNALLED } from './intake.ts'
import type { Outcome } from './outcome.ts'
import type { Registry } from './registry.ts'
import { requestOf } from './requests.ts'
import type { Runs } from './runs.ts'
import { isOverflow, STATE_OVERFLOWED } from './state-size.ts'
import { JobKind, JobState, type NewJob, type RunRow, type Store } from './store.ts'
import type { InngestEvent, Op } from './wire.ts'

export interface AnswersContext {
  store: Store
  runs: Runs
  registry: Registry
  clock: Clock
  backoff: Backoff
  noteWait(event: string, path: string): void
  wake(fn: EngineFunction): void
}

/** Carries out what the SDK answered. Every method belongs inside a transaction. */
export class Answers {
  #context: AnswersContext

  constructor(context: AnswersContext) {
    this.#context = context
  }

  /** A checkpoint: steps that are done while the function runs on. @returns false when the run is gone. */
  report(execution: Execution, ops: Op[]): boolean {
    const { store } = this.#context
    if (!store.hasJob(execution.job, execution.run)) return false
    if (execution.attempt > 0 || execution.crashes > 0) {
      store.resetAttempt(execution.job, execution.run)
      execution.attempt = 0
      execution.crashes = 0
    }
    try {
      for (const op of ops) this.#keepReported(execution, op)
      return true
    } catch (cause) {
      if (!(cause instanceof OpRefused)) throw cause
      this.#failRun(execution, cause)
      return false
    }
  }

  apply(execution: Execution, outcome: Outcome): void {
    if (!this.#context.store.hasJob(execution.job, execution.run)) return
    if (outcome.kind === 'completed') this.#completeRun(execution, outcome.result)
    else if (outcome.kind === 'failed') this.#failRun(execution, outcome.error)
    else if (outcome.kind === 'retry') this.#retry(execution, outcome.retryAt)
    else this.#applyOps(execution, outcome.ops, outcome.retryAt)
  }

  /** Ends a run whose step has taken the process down with it too often. */
  giveUp(execution: Execution): void {
    const message = `The program ended ${execution.crashes} times while this function ran, without getting any further.`
    this.#failRun(execution, { name: 'CrashLoopError', message })
  }

  #applyOps(execution: Execution, ops: Op[], retryAt: number | undefined): void {
    const { store, runs } = this.#context
    const run = store.run(execution.run)
    if (!run) return
    const completed = ops.find(op => op.op === 'RunComplete')
    if (completed) runs.complete(run, completed.data)
    else if (ops.some(op => op.op === 'StepError')) this.#retry(execution, retryAt)
    else this.#applyProgress(run, execution, ops)
  }

  #applyProgress(run: RunRow, execution: Execution, ops: Op[]): void {
    const { runs } = this.#context
    try {
      for (const op of ops) this.#applyOp(run, execution, op)
      runs.finishJob(execution, execution.fn)
    } catch (cause) {
      if (!(cause instanceof OpRefused)) throw cause
      runs.fail(run, cause)
    }
  }

  #retry(execution: Execution, retryAt: number | undefined): void {
    const { store, clock, backoff } = this.#context
    store.setRetry(execution.job, Math.ceil(retryAt ?? clock.now() + backoff(execution.attempt)))
  }

  #keepReported(execution: Execution, op: Op): void {
    if (op.op !== 'StepRun') throw refusal(op)
    this.#keep(execution, op, { data: op.data ?? null })
  }

  #keep(execution: Execution, op: Op, outcome: { data: unknown } | { error: unknown }): void {
    const state = JSON.stringify(outcome)
    execution.stateBytes += Buffer.byteLength(state)
    if (isOverflow(execution.stateBytes)) throw new OpRefused(STATE_OVERFLOWED.name, STATE_OVERFLOWED.message)
    this.#context.store.insertStep(execution.run, op.id, state)
  }

  #applyOp(run: RunRow, execution: Execution, op: Op): void {
    const { store } = this.#context
    if (op.op === 'StepRun') this.#keep(execution, op, { data: op.data ?? null })
    else if (op.op === 'StepFailed') this.#keep(execution, op, { error: op.error })
    else if (!store.hasStep(run.seq, op.id) && store.stepJob(run.seq, op.id) === undefined) {
      this.#plan(run, execution, op)
    }
  }

  /** Something the run does next or waits for: a job of its own. */
  #plan(run: RunRow, execution: Execution, op: Op): void {
    if (op.op === 'StepPlanned') {
      this.#insert(run, execution, op, { state: JobState.ready, kind: JobKind.call })
      this.#context.wake(execution.fn)
    } else if (op.op === 'Sleep') {
      this.#insert(run, execution, op, { kind: JobKind.sleep, dueAt: this.#momentOf(op, op.name) })
    } else if (op.op === 'WaitForEvent') this.#wait(run, execution, op)
    else if (op.op === 'Gateway') this.#fetch(run, execution, op)
    else if (op.op === 'WaitForSignal') this.#waitForSignal(run, execution, op)
    else if (op.op === 'InvokeFunction') this.#invoke(run, execution, op)
    else throw refusal(op)
  }

  #fetch(run: RunRow, execution: Execution, op: Op): void {
    const request = requestOf(op)
    if (!request) throw unsupported(`The step "${op.displayName ?? op.id}" sends a body that is not text.`)
    const job = { state: JobState.ready, kind: JobKind.call, request: JSON.stringify(request) }
    this.#insert(run, execution, op, job)
    this.#context.wake(execution.fn)
  }

  #wait(run: RunRow, execution: Execution, op: Op): void {
    const event = String(op.name)
    const condition = typeof op.opts?.if === 'string' ? op.opts.if : undefined
    const correlation = condition === undefined ? undefined : parseCorrelation(condition)
    const filed = correlation
      ? { waitPath: correlation.asyncPath, waitKey: keyAtPath(triggerOf(run), correlation.eventPath) ?? null }
      : {
          waitPath: ANY_EVENT_PATH,
          waitKey: '',
          waitCondition: condition === undefined ? null : compiled(op, condition),
        }
    const dueAt = this.#momentOf(op, op.opts?.timeout)
    this.#insert(run, execution, op, { kind: JobKind.wait, dueAt, waitEvent: event, ...filed })
    this.#context.noteWait(event, filed.waitPath)
  }

  /** One run at a time waits for a signal: a second one takes the place of the first, or fails. */
  #waitForSignal(run: RunRow, execution: Execution, op: Op): void {
    const { store } = this.#context
    const { event, path } = SIGNALLED
    const signal = String(op.opts?.signal)
    if (op.opts?.conflict === 'replace') store.forgetWaits(event, path, signal)
    else if (store.waitingJobs(event, path, signal).length > 0) {
      throw new OpRefused('SignalConflictError', `Another run waits for the signal "${signal}".`)
    }
    const dueAt = this.#momentOf(op, op.opts?.timeout)
    const filed = { waitEvent: event, waitPath: path, waitKey: signal, waitCondition: null }
    this.#insert(run, execution, op, { kind: JobKind.wait, dueAt, ...filed })
  }

  #invoke(run: RunRow, execution: Execution, op: Op): void {
    const { store, registry, runs, clock } = this.#context
    const child = registry.byId(String(op.opts?.function_id))
    if (!child) {
      const error = { name: 'Error', message: `could not find function with ID: ${String(op.opts?.function_id)}` }
      store.insertStep(run.seq, op.id, JSON.stringify({ error }))
      return
    }
    const timeout = op.opts?.timeout
    const dueAt = timeout === undefined || timeout === null ? null : this.#momentOf(op, timeout)
    this.#insert(run, execution, op, { kind: JobKind.invoke, dueAt })
    const payload = (op.opts?.payload ?? {}) as { data?: Record<string, unknown> }
    const event: InngestEvent = {
      id: runs.newId(),
      name: 'inngest/function.invoked',
      data: { ...payload.data, _inngest: { fn_id: child.id, correlation_id: `${run.id}.${op.id}` } },
      ts: clock.now(),
      user: {},
    }
    runs.create(child, [event], { parent: { run: run.seq, step: op.id } })
    runs.announce(event)
  }

  #insert(run: RunRow, execution: Execution, op: Op, job: Partial<NewJob>): void {
    this.#context.store.insertJob({
      run: run.seq,
      function: execution.fn.ref,
      priority: run.priority,
      state: JobState.pending,
      kind: JobKind.call,
      step: op.id,
      isRace: op.opts?.parallelMode === 'race' ? 1 : 0,
      dueAt: null,
      waitEvent: null,
      waitPath: null,
      waitKey: null,
      waitCondition: null,
      request: null,
      ...job,
    })
  }

  #momentOf(op: Op, text: unknown): number {
    const moment = parseMoment(String(text), this.#context.clock.now())
    if (moment === undefined) throw unsupported(`The step "${op.displayName ?? op.id}" has no time "${String(text)}".`)
    return Math.ceil(moment)
  }

  #completeRun(execution: Execution, result: unknown): void {
    const run = this.#context.store.run(execution.run)
    if (run) this.#context.runs.complete(run, result)
  }

  #failRun(execution: Execution, error: unknown): void {
    const run = this.#context.store.run(execution.run)
    if (run) this.#context.runs.fail(run, error)
  }
}

/** What a function asked for cannot be: its run fails for good. */
class OpRefused extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}

const unsupported = (message: string): OpRefused => new OpRefused('UnsupportedOp', message)

function refusal(op: Op): OpRefused {
  return unsupported(
    `The step "${op.displayName ?? op.name ?? op.id}" asks for "${op.op}", which the embedded engine does not support.`,
  )
}

function compiled(op: Op, condition: string): string {
  try {
    compileExpression(condition)
  } catch (cause) {
    const reason = (cause as Error).message
    throw unsupported(
      `The condition "${condition}" of the step "${op.displayName ?? op.id}" does not compile: ${reason}`,
    )
  }
  return condition
}

function triggerOf(run: RunRow): InngestEvent {
  return (JSON.parse(run.events) as InngestEvent[])[0] as InngestEvent
}
