import type { AnalysisRunRow } from '../../library/index.ts'
import type { BatchProgress } from '../describing/batches.ts'
import type { Describing } from '../describing/describing.ts'
import type { Progress } from '../describing/lane.ts'
import { mayGoOn } from '../describing/prices.ts'
import { dayCapReached, onlyWaits, runCapReached, untilTomorrowMs } from '../describing/waits.ts'
import type { JobRooms } from '../rooms.ts'

/** Long enough that a step costs nothing, short enough that a stop is not waited for. */
const stepMs = 20_000
/** New pictures join the run while their import goes on. */
const gatheringMs = 5_000

/** What the run does next. */
export type Next =
  | { kind: 'ended' }
  | { kind: 'more' }
  /** For about so long. */
  | { kind: 'wait'; waitMs: number }
  /** Longer each time, and at least so long. */
  | { kind: 'passing'; atLeastMs: number }
  | { kind: 'poll' }

/** Works on a run for a while. Of a run that was sent again since, or that is not on any more, nothing is done. */
export async function describe(
  rooms: JobRooms,
  describing: Describing,
  runId: number,
  generation: number,
): Promise<Next> {
  const { library, models } = rooms
  const { runs, tasks, batches } = library.analysis
  const run = runs.get(runId)
  if (!run || run.generation !== generation) return { kind: 'ended' }
  if (run.state === 'cancelled') return batches.open(runId).length === 0 ? { kind: 'ended' } : collect(run)
  if (run.state !== 'running' && run.state !== 'waiting') return { kind: 'ended' }
  const refusal = mayGoOn(models, run)
  if (refusal !== null) {
    describing.halt(runId, refusal)
    return { kind: 'ended' }
  }
  if (run.state === 'waiting') runs.setState(runId, 'running')
  const isGrowing = run.kind === 'automatic' && library.syncs.active().some(({ state }) => state === 'running')
  const progress =
    run.lane === 'batch'
      ? await describing.batchWork.advance(run, isGrowing)
      : await describing.laneOf(runId).work(stepMs)
  // It was paused, cancelled or sent again meanwhile.
  const now = runs.stateOf(runId)
  if (now?.state !== 'running' || now.generation !== generation) return { kind: 'ended' }
  return afterWork(run, progress, isGrowing)

  function afterWork(run: AnalysisRunRow, progress: Progress | BatchProgress, isGrowing: boolean): Next {
    switch (progress.kind) {
      case 'more':
        return { kind: 'more' }
      case 'working':
        runs.setState(run.id, 'waiting', 'OpenAI works on it, and answers within a day. Burg Ink looks by itself.')
        return { kind: 'poll' }
      case 'gathering':
        return { kind: 'wait', waitMs: gatheringMs }
      case 'done':
        if (isGrowing) return { kind: 'wait', waitMs: gatheringMs }
        if (tasks.waiting(run.id, 1).length > 0) return { kind: 'more' }
        runs.setState(run.id, 'completed')
        return { kind: 'ended' }
      case 'passing':
        runs.setState(run.id, 'waiting', onlyWaits(progress.failure.message))
        return { kind: 'passing', atLeastMs: progress.failure.retryAfterMs ?? 0 }
      case 'all':
        describing.halt(run.id, progress.failure.message)
        return { kind: 'ended' }
      case 'run-cap':
        describing.halt(run.id, runCapReached(run.capUsd ?? 0))
        return { kind: 'ended' }
      case 'day-cap':
        return overDayCap(run)
    }
  }

  function overDayCap(run: AnalysisRunRow): Next {
    const capUsd = models.settings().dayCapUsd ?? 0
    const { spentUsd, reservedUsd } = library.analysis.charges.today(models.now())
    if (spentUsd + reservedUsd === 0) {
      const why = `The cap for a day, $${capUsd.toFixed(2)}, is less than one picture may cost. Raise it, then go on.`
      describing.halt(run.id, why)
      return { kind: 'ended' }
    }
    runs.setState(run.id, 'waiting', dayCapReached(capUsd))
    return { kind: 'wait', waitMs: untilTomorrowMs(models.now()) }
  }

  /** What was done before a cancelled batch ended is paid, and taken. */
  async function collect(run: AnalysisRunRow): Promise<Next> {
    const { kind } = await describing.batchWork.collect(run)
    return kind === 'done' ? { kind: 'ended' } : { kind: 'poll' }
  }
}
