import type { createAnalysisTasks } from './analysis-tasks.ts'
import type { AnswerRecord, createAnswers } from './answers.ts'
import type { ChargeRequest, createCharges } from './charges.ts'
import type { Db } from './database.ts'
import type { createMedia } from './media.ts'

/** What came of asking about one picture within a run. */
export interface Outcome {
  runId: number
  mediaId: number
  /** The bytes that were asked about. */
  sha256: string
  analyser: string
  recipeKey: string
  model: string
  promptName: string
  answer: AnswerRecord | null
  /** Where there is no answer. */
  failure: { code: string; message: string } | null
  /** It was there already. */
  isReused: boolean
  /** Of a question of its own, kept back before. */
  charge: { id: number; usd: number } | null
  /** Of a line of a batch. */
  paid: Pick<ChargeRequest, 'usd' | 'nowMs'> | null
}

interface Rooms {
  db: Db
  media: ReturnType<typeof createMedia>
  tasks: ReturnType<typeof createAnalysisTasks>
  answers: ReturnType<typeof createAnswers>
  charges: ReturnType<typeof createCharges>
}

/** Answers that are no use are asked for this often within a run. */
const attemptsMax = 2
/** The next answer to the same question may be whole. */
const mayPass = ['incomplete', 'invalid']
/** A line of a batch was not tried again by whoever sent it. */
const passesInBatches = ['server', 'timeout', 'rate-limited', 'unreachable']

/** Writes down what came of asking about a picture, all of it in one transaction. */
export function createRecordingAnswers({ db, media, tasks, answers, charges }: Rooms) {
  const addReused = db.prepare<[number]>('UPDATE analysis_runs SET reused = reused + 1 WHERE id = ?')

  function recordFailure(outcome: Outcome, failure: NonNullable<Outcome['failure']>): void {
    const { runId, mediaId, recipeKey, analyser, promptName, model } = outcome
    const attempts = (tasks.get(runId, mediaId)?.attempts ?? 0) + 1
    const mayBeWhole = mayPass.includes(failure.code) || (outcome.paid && passesInBatches.includes(failure.code))
    if (mayBeWhole && attempts < attemptsMax) {
      tasks.end(runId, mediaId, 'waiting', failure)
      return
    }
    const said = { analyser, version: recipeKey, result: null, tags: [], failure: failure.message }
    media.recordAnalysis(mediaId, { ...said, failureCode: failure.code, model, promptName })
    tasks.end(runId, mediaId, 'failed', failure)
  }

  function recordAnswer(outcome: Outcome, answer: AnswerRecord): void {
    const { runId, mediaId, recipeKey, analyser, promptName, model, isReused } = outcome
    const { result, tags, usage } = answer
    const by = { analyser, version: recipeKey, model: usage?.model ?? model, promptName, usage }
    media.recordAnalysis(mediaId, { ...by, result, tags, failure: null })
    tasks.end(runId, mediaId, 'done', null)
    if (isReused) addReused.run(runId)
  }

  return {
    record: db.transaction((outcome: Outcome): void => {
      const { runId, mediaId, sha256, recipeKey, model, answer, failure, charge, paid } = outcome
      const state = tasks.get(runId, mediaId)?.state
      // Lines of a batch are read again after a crash.
      if (paid && state !== 'sent') return
      if (charge) charges.settle(charge.id, charge.usd)
      if (paid) charges.addSettled({ ...paid, runId, mediaId, purpose: 'batch', model })
      if (answer && !outcome.isReused) answers.put(recipeKey, sha256, answer)
      if (state !== 'waiting' && state !== 'sent') return
      // Its file has changed meanwhile: what was said is of other bytes.
      if (media.get(mediaId)?.sha256 !== sha256) tasks.end(runId, mediaId, 'waiting', null)
      else if (answer) recordAnswer(outcome, answer)
      else if (failure) recordFailure(outcome, failure)
    }),
  }
}
