import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { type Analyser, AnalysisFailed } from '../../analysis/index.ts'
import type { AnalysisRunRow, Library } from '../../library/index.ts'
import type { Asked, Asking } from './asking.ts'
import type { Models } from './models.ts'

/** Questions under way or waiting for their turn. The pacer says how many are sent at once: at most 64. */
const poolSize = 64
/** After a step has ended the next one begins within this; a lane that nobody works on any more takes up nothing new. */
const graceMs = 5_000
const lookMs = 500
/** So many failures one after another are no accident of one request. */
const passingInARow = { 'rate-limited': 30, other: 5 }
/** A picture on which the server fails this often while others are answered is at fault itself. */
const triesMax = 4
const tryAgainMs = 1_000
/** A server that wants to be left alone for longer has the run wait, and say so. */
const shortWaitMs = 60_000

/** Where a lane is when it has worked for a while. */
export type Progress =
  | { kind: 'more' }
  /** Nothing waits and nothing is under way. */
  | { kind: 'done' }
  | { kind: 'passing' | 'all'; failure: AnalysisFailed }
  | { kind: 'day-cap' | 'run-cap' }

type Trouble = Exclude<Progress, { kind: 'more' | 'done' }> | { kind: 'broken'; error: unknown }

export type Lane = ReturnType<typeof createLane>

interface LaneParts {
  library: Library
  models: Models
  asking: Asking
}

/**
 * The pictures of one run, many at once. It is worked on for a while at a time and keeps its questions under way in between:
 * a pool that ran empty at the end of each step would leave a part of the allowance unused.
 */
export function createLane({ library, models, asking }: LaneParts, runId: number) {
  const { runs, tasks } = library.analysis
  const underWay = new Map<number, Promise<void>>()
  const notBefore = new Map<number, number>()
  const tries = new Map<number, { count: number; answeredBefore: number }>()
  const abort = new AbortController()
  let stop = new AbortController()
  let opening: Promise<Analyser> | undefined
  let takesUntilMs = 0
  let answered = 0
  let inARow = 0
  /** A cap let nothing more through while others are under way, which may cost less than they could. */
  let held: 'day-cap' | 'run-cap' | null = null
  let trouble: Trouble | null = null
  let wake = () => {}

  const nowMs = () => performance.now()

  function nextWaiting(): number | undefined {
    const some = tasks.waiting(runId, underWay.size + notBefore.size + 1)
    return some.find(id => !underWay.has(id) && (notBefore.get(id) ?? 0) <= nowMs())
  }

  function fill(run: AnalysisRunRow): void {
    while (!trouble && !held && underWay.size < poolSize && nowMs() < takesUntilMs) {
      const state = runs.stateOf(runId)
      const mediaId = state?.state === 'running' ? nextWaiting() : undefined
      if (mediaId === undefined) return
      const asked = askAbout(run, mediaId).finally(() => {
        underWay.delete(mediaId)
        if (held && underWay.size === 0) trouble ??= { kind: held }
        fill(run)
        wake()
      })
      underWay.set(mediaId, asked)
    }
  }

  async function askAbout(run: AnalysisRunRow, mediaId: number): Promise<void> {
    const { signal } = stop
    try {
      // Answers that are there already come at once, thousands of them: others get their turn in between.
      await turn()
      opening ??= models.open(run.recipe, signal)
      const analyser = await opening
      note(mediaId, await asking.askForRun(run, analyser, mediaId, abort.signal, isLastTry(mediaId)))
    } catch (error) {
      if (signal.aborted || abort.signal.aborted) return
      // Of a picture it is no exception: the model cannot be opened.
      trouble ??= error instanceof AnalysisFailed ? { kind: 'all', failure: error } : { kind: 'broken', error }
    }
  }

  function note(mediaId: number, asked: Asked): void {
    held = asked.kind === 'day-cap' || asked.kind === 'run-cap' ? asked.kind : null
    switch (asked.kind) {
      case 'recorded':
        answered++
        inARow = 0
        tries.delete(mediaId)
        notBefore.delete(mediaId)
        return
      case 'passing':
        notePassing(mediaId, asked.failure)
        return
      case 'all':
        trouble ??= asked
        stopTaking()
        return
      default:
        // Given up, or kept back by a cap: it waits in the library.
        return
    }
  }

  function notePassing(mediaId: number, failure: AnalysisFailed): void {
    const before = tries.get(mediaId)
    const count = (before?.count ?? 0) + 1
    const isPaced = failure.code === 'rate-limited'
    const waitMs = failure.retryAfterMs ?? tryAgainMs * 2 ** Math.min(count, 5)
    notBefore.set(mediaId, nowMs() + Math.min(waitMs, shortWaitMs))
    if (failure.code === 'server' || failure.code === 'timeout')
      tries.set(mediaId, { count, answeredBefore: before?.answeredBefore ?? answered })
    inARow++
    const isMany = inARow >= (isPaced ? passingInARow['rate-limited'] : passingInARow.other)
    if (!isMany && failure.code !== 'unreachable' && waitMs <= shortWaitMs) return
    trouble ??= { kind: 'passing', failure }
    stopTaking()
  }

  function isLastTry(mediaId: number): boolean {
    const tried = tries.get(mediaId)
    if (!tried) return false
    return answered > tried.answeredBefore && tried.count >= triesMax - 1
  }

  /** What was sent is answered and recorded; what waits for its turn is given up and waits in the library. */
  function stopTaking(): void {
    takesUntilMs = 0
    stop.abort()
    stop = new AbortController()
    opening = undefined
  }

  function hasEnded(): boolean {
    return underWay.size === 0 && (trouble !== null || tasks.waiting(runId, 1).length === 0)
  }

  return {
    /** Works for about so long, or until nothing is left to do, or nothing can be done. */
    async work(durationMs: number): Promise<Progress> {
      const run = runs.get(runId)
      if (!run) return { kind: 'done' }
      const endMs = nowMs() + durationMs
      // The run has waited for all of them.
      if (trouble) notBefore.clear()
      trouble = null
      held = null
      inARow = 0
      takesUntilMs = endMs + graceMs
      fill(run)
      while (!hasEnded() && nowMs() < endMs && takesUntilMs > 0) {
        const woken = new Promise<void>(resolve => {
          wake = resolve
        })
        const timer = new AbortController()
        const looked = delay(lookMs, undefined, { signal: timer.signal }).catch(() => {})
        await Promise.race([woken, looked])
        timer.abort()
        fill(run)
      }
      // Trouble took the lane off its work: what is still under way comes in first.
      if (trouble) await Promise.all(underWay.values())
      const found = trouble as Trouble | null
      if (found?.kind === 'broken') throw found.error
      if (found) return found
      return hasEnded() ? { kind: 'done' } : { kind: 'more' }
    },

    /** Takes up nothing more. */
    stopTaking,

    /** Everything that was sent is recorded, or given up after `patienceMs`. */
    async settle(patienceMs: number): Promise<void> {
      const timer = new AbortController()
      const settled = Promise.all(underWay.values()).then(() => timer.abort())
      await Promise.race([settled, delay(patienceMs, undefined, { signal: timer.signal }).catch(() => {})])
      abort.abort()
      await settled
    },
  }
}
