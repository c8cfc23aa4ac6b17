import type { Chosen } from '../../../shared/contract.ts'
import type { AnalysisRunRow, RunRecipe } from '../../library/index.ts'
import { analysisHalted, analysisRequested } from '../events.ts'
import { diagnose } from '../failures.ts'
import type { Outbox } from '../outbox.ts'
import type { JobRooms } from '../rooms.ts'
import { createAsking } from './asking.ts'
import { createBatchWork } from './batches.ts'
import { createLane, type Lane } from './lane.ts'
import { createTrials } from './trial.ts'

/** What was sent is waited for at the end of the program; an answer that comes later is lost, and paid. */
const patienceMs = 10_000

const cutOff = 'Burg Ink was closed before every picture was in the run. Go on with those that are, or cancel it.'

export interface RunRequest {
  recipe: RunRecipe
  chosen: Chosen
  lane: AnalysisRunRow['lane']
  capUsd: number | null
  /** US dollars for one picture, about; null where no price is known. */
  /** `frames`: of videos among the pictures, besides their posters. */
  estimateUsd: (asked: { pictures: number; frames: number }) => number | null
}

/** What a person can do with runs that describe pictures. The library is the truth; events only set the engine to work on it. */
export type Describing = ReturnType<typeof createDescribing>

export function createDescribing(rooms: JobRooms, outbox: Outbox) {
  const { library, models } = rooms
  const { runs, tasks, batches } = library.analysis
  const asking = createAsking(rooms)
  const batchWork = createBatchWork(rooms)
  const lanes = new Map<number, Lane>()
  let lastSend: Promise<unknown> = Promise.resolve()

  /** One after another: a halt that comes late would stop what was resumed. */
  function send(events: Parameters<Outbox['send']>[0]): Promise<unknown> {
    lastSend = lastSend.catch(() => {}).then(() => outbox.send(events))
    return lastSend
  }

  /** Sets the engine to work on a run. Where it cannot take that down, the run is paused, and says why. */
  async function request(runId: number): Promise<void> {
    const generation = runs.nextGeneration(runId)
    const event = analysisRequested.create({ runId, generation, part: 0 }, { id: `analysis-${runId}-${generation}-0` })
    try {
      await send(event)
    } catch (cause) {
      const diagnosis = diagnose(cause)
      if (diagnosis.kind === 'halt') halt(runId, diagnosis.message)
      throw cause
    }
  }

  function laneOf(runId: number): Lane {
    const lane = lanes.get(runId) ?? createLane({ library, models, asking }, runId)
    lanes.set(runId, lane)
    return lane
  }

  /** It was not a person who paused it, but what `reason` says. */
  function halt(runId: number, reason: string): void {
    const state = runs.stateOf(runId)?.state
    if (state === 'running' || state === 'waiting') runs.setState(runId, 'paused', reason)
    lanes.get(runId)?.stopTaking()
  }

  function stopTaking(): void {
    for (const lane of lanes.values()) lane.stopTaking()
  }

  async function stopWork(runId: number): Promise<void> {
    lanes.get(runId)?.stopTaking()
    await send(analysisHalted.create({ runId }))
  }

  /** @returns how many frames of videos are among them. */
  async function addChosen(runId: number, { recipe, chosen }: RunRequest, recipeKey: string): Promise<number> {
    let frames = 0
    let after: string | null = null
    do {
      const part: Awaited<ReturnType<typeof library.ask.chosenPart>> = await library.ask.chosenPart(
        chosen,
        { analyser: recipe.analyser, recipeKey },
        after,
      )
      tasks.add(runId, part.ids)
      frames += part.frames
      after = part.after
    } while (after !== null)
    return frames
  }

  return {
    trials: createTrials(rooms, asking),
    batchWork,
    laneOf,
    halt,
    request,

    /**
     * @returns its id; null when there is nothing to describe.
     * @param begin is told of the id as soon as there is one.
     */
    async start(given: RunRequest): Promise<number | null> {
      const { recipe, lane, capUsd } = given
      const recipeKey = models.keyOf(recipe)
      const by = { analyser: recipe.analyser, recipeKey }
      const first = await library.ask.chosenPart(given.chosen, by, null)
      if (first.ids.length === 0) return null
      const run = { kind: 'chosen', lane, recipe, recipeKey, capUsd, estimateUsd: null } as const
      const runId = runs.begin({ ...run, state: 'paused', message: cutOff })
      const frames = await addChosen(runId, given, recipeKey)
      runs.setEstimate(runId, given.estimateUsd({ pictures: runs.get(runId)?.total ?? 0, frames }))
      runs.setState(runId, 'running')
      await request(runId)
      return runId
    },

    async pause(runId: number): Promise<void> {
      const state = runs.stateOf(runId)?.state
      if (state !== 'running' && state !== 'waiting') return
      runs.setState(runId, 'paused')
      await stopWork(runId)
    },

    /** Also what waits for its time goes on now. */
    async resume(runId: number): Promise<void> {
      const state = runs.stateOf(runId)?.state
      if (state !== 'paused' && state !== 'waiting') return
      runs.setState(runId, 'running')
      await request(runId)
    },

    /** What was described stays. Batches are cancelled, and what is done of them is taken when they have ended. */
    async cancel(runId: number): Promise<void> {
      const run = runs.get(runId)
      if (!run || run.state === 'completed' || run.state === 'cancelled') return
      runs.setState(runId, 'cancelled')
      await stopWork(runId)
      if (batches.open(runId).length > 0) await request(runId)
    },

    /** Pictures without an answer are asked about again. @returns how many. */
    async retry(runId: number): Promise<number> {
      const count = tasks.retry(runId)
      if (count === 0) return 0
      runs.setState(runId, 'running')
      await request(runId)
      return count
    },

    /** Runs that wait look again whether they still have to: caps, keys or models have changed. */
    async settingsChanged(): Promise<void> {
      for (const run of runs.active()) if (run.state === 'waiting') await this.resume(run.id)
    },

    /** What the library counts as under way goes on, after a start of the program or of another engine. */
    async sendUnfinished(): Promise<void> {
      for (const run of runs.active()) if (run.state !== 'paused') await request(run.id)
      for (const runId of batches.cancelledRuns()) await request(runId)
    },

    /** At the end of the program, first: nothing more is asked. */
    stopTaking,

    /** Ends after what is asked just now, until `sendUnfinished`. */
    letGo(): void {
      for (const { id } of runs.active()) runs.nextGeneration(id)
      stopTaking()
    },

    /** What was asked is recorded. */
    async settle(): Promise<void> {
      await Promise.all([...lanes.values()].map(lane => lane.settle(patienceMs)))
    },
  }
}
