import type { Clock } from './clock.ts'
import { type CronTrigger, type EngineFunction, endOf, openCron } from './functions.ts'
import { DAY_MS, type Ledgers } from './ledgers.ts'
import type { Registry } from './registry.ts'
import type { Runs } from './runs.ts'
import type { Starts } from './starts.ts'
import { type DueJob, JobKind, type RunRow, type Store } from './store.ts'
import type { SerializedError } from './wire.ts'

const DUE_PER_TURN = 500

interface Schedule extends CronTrigger {
  fn: EngineFunction
  dueAt: number
}

export interface TimelineContext {
  store: Store
  ledgers: Ledgers
  registry: Registry
  runs: Runs
  starts: Starts
  clock: Clock
  wake(fn: EngineFunction): void
}

/** What happens because its time has come: sleeps, timeouts, retries, debounces, batches, schedules. */
export class Timeline {
  #context: TimelineContext
  #schedules: Schedule[] = []

  constructor(context: TimelineContext) {
    this.#context = context
  }

  /** Finds out when each cron pattern is due next; one that was missed is due now, once. Inside a transaction. */
  openSchedules(): void {
    const { ledgers, registry } = this.#context
    this.#schedules = []
    const now = this.#context.clock.now()
    for (const fn of registry.functions) {
      for (const { cron, jitterMs } of fn.schedules) {
        let last = ledgers.scheduledAt(fn.ref, cron)
        // From the future by more than a day: that clock was wrong, and waiting for it could take for ever.
        if (last === undefined || last > now + DAY_MS) {
          last = now
          ledgers.setScheduledAt(fn.ref, cron, last)
        }
        this.#schedules.push({ fn, cron, jitterMs, dueAt: nextRunAfter(cron, last) })
      }
    }
  }

  /** A limit counts as it is now, also where a run was begun under another. Inside a transaction. */
  openTimeouts(): void {
    const { store, registry } = this.#context
    for (const { ref, timeouts } of registry.functions) {
      store.setExpiries(ref, endOf(0, timeouts.startMs), endOf(0, timeouts.finishMs))
    }
  }

  get nextDueAt(): number {
    const { store, ledgers } = this.#context
    const times = [
      store.nextDueAt(),
      store.nextExpiryAt(),
      ledgers.nextGatheringAt(),
      ...this.#schedules.map(schedule => schedule.dueAt),
    ]
    return Math.min(...times.map(time => time ?? Number.POSITIVE_INFINITY))
  }

  /** Does what is due. Inside a transaction. @returns whether there may be more. */
  advance(now: number): boolean {
    const { store, ledgers, registry, starts } = this.#context
    const jobs = store.dueJobs(now, DUE_PER_TURN)
    for (const job of jobs) this.#wakeJob(job)
    const expired = store.expiredRuns(now, DUE_PER_TURN)
    for (const run of expired) this.#expire(run, now)
    const gatherings = ledgers.dueGatherings(now, DUE_PER_TURN)
    for (const gathering of gatherings) {
      const fn = registry.byRef(gathering.function)
      if (fn) starts.endGathering(fn, gathering)
      else ledgers.endGathering(gathering.function, gathering.key)
    }
    for (const schedule of this.#schedules) if (schedule.dueAt <= now) this.#fire(schedule, now)
    return [jobs, expired, gatherings].some(due => due.length === DUE_PER_TURN)
  }

  #expire(run: RunRow, now: number): void {
    if (this.#context.registry.byRef(run.function)) this.#context.runs.cancel(run)
    else this.#context.store.setExpiry(run.seq, now + DAY_MS)
  }

  #wakeJob(job: DueJob): void {
    const { store, registry, runs } = this.#context
    const fn = registry.byRef(job.function)
    if (!fn) {
      // Its function is not registered now, and may be again at another start.
      store.setDue(job.job, this.#context.clock.now() + DAY_MS)
    } else if (job.kind === JobKind.call) {
      store.setReady(job.job)
      this.#context.wake(fn)
    } else {
      runs.finishStep(job, fn, job.step ?? '', job.kind === JobKind.invoke ? INVOKE_TIMED_OUT : '{"data":null}')
    }
  }

  #fire(schedule: Schedule, now: number): void {
    const { ledgers, runs, starts } = this.#context
    const { fn, cron, jitterMs, dueAt } = schedule
    ledgers.setScheduledAt(fn.ref, cron, now)
    schedule.dueAt = nextRunAfter(cron, now)
    // Where patterns of one function meet, it runs once.
    if (fn.schedules.length > 1 && !ledgers.isNew(`cron:${fn.ref}:${dueAt}`, now)) return
    const firesAt = dueAt + jitterOf(jitterMs)
    const scheduledAt = toSeconds(dueAt)
    const data = { cron, scheduledAt, fireAt: toSeconds(firesAt) }
    const event = { id: scheduledAt, name: 'inngest/scheduled.timer', data, ts: firesAt, user: {} }
    starts.start(fn, event, now, firesAt > now ? firesAt : undefined)
    runs.announce(event)
  }
}

const INVOKE_TIMED_OUT = JSON.stringify({
  error: {
    name: 'InngestInvokeTimeoutError',
    message: 'Timed out waiting for invoked function to complete',
  } satisfies SerializedError,
})

function nextRunAfter(cron: string, after: number): number {
  return openCron(cron).nextRun(new Date(after))?.getTime() ?? Number.POSITIVE_INFINITY
}

/** A second at least, as with Inngest, since the event tells of seconds. */
function jitterOf(jitterMs: number): number {
  return jitterMs === 0 ? 0 : 1000 + Math.floor(Math.random() * (jitterMs - 1000))
}

function toSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
