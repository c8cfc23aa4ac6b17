import type { Clock } from './clock.ts'
import { type EngineFunction, openCron } from './functions.ts'
import { DAY_MS, type Ledgers } from './ledgers.ts'
import type { Registry } from './registry.ts'
import type { Runs } from './runs.ts'
import type { Starts } from './starts.ts'
import { type DueJob, JobKind, type Store } from './store.ts'
import type { SerializedError } from './wire.ts'

const DUE_PER_TURN = 500

interface Schedule {
  fn: EngineFunction
  cron: string
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
      for (const cron of fn.schedules) {
        let last = ledgers.scheduledAt(fn.ref, cron)
        // From the future by more than a day: that clock was wrong, and waiting for it could take for ever.
        if (last === undefined || last > now + DAY_MS) {
          last = now
          ledgers.setScheduledAt(fn.ref, cron, last)
        }
        this.#schedules.push({ fn, cron, dueAt: nextRunAfter(cron, last) })
      }
    }
  }

  get nextDueAt(): number {
    const { store, ledgers } = this.#context
    const times = [store.nextDueAt(), ledgers.nextGatheringAt(), ...this.#schedules.map(schedule => schedule.dueAt)]
    return Math.min(...times.map(time => time ?? Number.POSITIVE_INFINITY))
  }

  /** Does what is due. Inside a transaction. @returns whether there may be more. */
  advance(now: number): boolean {
    const { store, ledgers, registry, starts } = this.#context
    const jobs = store.dueJobs(now, DUE_PER_TURN)
    for (const job of jobs) this.#wakeJob(job)
    const gatherings = ledgers.dueGatherings(now, DUE_PER_TURN)
    for (const gathering of gatherings) {
      const fn = registry.byRef(gathering.function)
      if (fn) starts.endGathering(fn, gathering)
      else ledgers.endGathering(gathering.function, gathering.key)
    }
    for (const schedule of this.#schedules) if (schedule.dueAt <= now) this.#fire(schedule, now)
    return jobs.length === DUE_PER_TURN || gatherings.length === DUE_PER_TURN
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
    const { fn, cron } = schedule
    this.#context.ledgers.setScheduledAt(fn.ref, cron, now)
    schedule.dueAt = nextRunAfter(cron, now)
    const event = { id: this.#context.runs.newId(), name: 'inngest/scheduled.timer', data: { cron }, ts: now, user: {} }
    this.#context.starts.start(fn, event, now)
  }
}

const INVOKE_TIMED_OUT = JSON.stringify({
  error: {
    name: 'InngestInvokeTimeoutError',
    message: 'The invoked function did not finish in time.',
  } satisfies SerializedError,
})

function nextRunAfter(cron: string, after: number): number {
  return openCron(cron).nextRun(new Date(after))?.getTime() ?? Number.POSITIVE_INFINITY
}
