import { type Analyser, AnalysisFailed } from '../../analysis/index.ts'
import type { AnalysisRunRow, AnswerRecord, RunRecipe } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import { kindOf, mayBeCharged } from './kinds.ts'
import { framesOf, isReady, type ReadyMedia, readyMedia, subjectWithPicture, whyWithoutPicture } from './picture.ts'

/** What came of asking about one picture; what is not `recorded` leaves it waiting. */
export type Asked =
  | { kind: 'recorded' }
  | { kind: 'passing'; failure: AnalysisFailed }
  | { kind: 'all'; failure: AnalysisFailed }
  | { kind: 'day-cap' | 'run-cap' | 'given-up' }

/** Who asks, and within which caps. */
interface Question {
  recipe: RunRecipe
  recipeKey: string
  purpose: 'picture' | 'trial'
  runId: number | null
  runCapUsd: number | null
}

export type Asking = ReturnType<typeof createAsking>

/** Asks models about pictures: what was answered before is taken, what is asked is kept back from the caps first. */
export function createAsking({ library, imaging, models }: Pick<JobRooms, 'library' | 'imaging' | 'models'>) {
  const { answers, charges, tasks } = library.analysis
  /** By recipe and bytes: a run, another run and a trial never ask the same at once. */
  const underWay = new Map<string, Promise<unknown>>()

  type Reply =
    | { kind: 'answer'; answer: AnswerRecord; isReused: boolean; charge: { id: number; usd: number } | null }
    | { kind: 'failed'; failure: AnalysisFailed; charge: { id: number; usd: number } }
    | { kind: 'not-ready'; message: string }
    | { kind: 'day-cap' | 'run-cap' }

  /** @param record writes the reply down before anyone else can ask the same. */
  async function reply<T>(
    question: Question,
    analyser: Analyser,
    media: ReadyMedia,
    signal: AbortSignal,
    record: (reply: Reply) => T,
  ): Promise<T> {
    const key = `${question.recipeKey} ${media.sha256}`
    while (underWay.has(key)) await underWay.get(key)
    const answer = answers.get(question.recipeKey, media.sha256)
    if (answer) return record({ kind: 'answer', answer, isReused: true, charge: null })
    const asked = ask(question, analyser, media, signal).then(record)
    const ended = asked.then(
      () => {},
      () => {},
    )
    underWay.set(key, ended)
    return asked.finally(() => underWay.delete(key))
  }

  async function ask(question: Question, analyser: Analyser, media: ReadyMedia, signal: AbortSignal): Promise<Reply> {
    const { recipe, purpose, runId, runCapUsd } = question
    const looks = { width: media.width ?? 1, height: media.height ?? 1, frames: framesOf(media) }
    const worstUsd = models.worstUsd(recipe, false, looks) ?? 0
    const { dayCapUsd } = models.settings()
    const caps = { dayCapUsd, runCapUsd, usd: worstUsd, nowMs: models.now() }
    const reserved = charges.reserve({ ...caps, runId, mediaId: media.id, purpose, model: recipe.model })
    if (reserved.kind !== 'reserved') return reserved
    const { chargeId: id } = reserved
    try {
      const subject = await subjectWithPicture({ library, imaging }, media)
      const { result, tags, usage = null } = await analyser.analyse(subject, signal)
      const answer = { result, tags, usage }
      return { kind: 'answer', answer, isReused: false, charge: { id, usd: usage?.costUsd ?? 0 } }
    } catch (cause) {
      const missing = whyWithoutPicture(cause)
      if (missing) charges.settle(id, 0)
      if (missing) return { kind: 'not-ready', message: missing.message }
      if (!(cause instanceof AnalysisFailed)) {
        charges.settle(id, 0)
        throw cause
      }
      const unsaidUsd = mayBeCharged(cause.code) ? worstUsd : 0
      return { kind: 'failed', failure: cause, charge: { id, usd: cause.usage?.costUsd ?? unsaidUsd } }
    }
  }

  type RecordOf = Omit<Parameters<typeof library.analysis.record>[0], 'answer' | 'failure' | 'isReused' | 'charge'>

  function recordReply(of: RecordOf, said: Reply, isLastTry: boolean): Asked {
    const { runId, mediaId } = of
    switch (said.kind) {
      case 'answer': {
        const { answer, isReused, charge } = said
        library.analysis.record({ ...of, answer, failure: null, isReused, charge })
        return { kind: 'recorded' }
      }
      case 'failed': {
        const { failure, charge } = said
        const kind = kindOf(failure.code)
        if (kind === 'picture' || (kind === 'passing' && isLastTry)) {
          library.analysis.record({ ...of, answer: null, failure, isReused: false, charge })
          return { kind: 'recorded' }
        }
        charges.settle(charge.id, charge.usd)
        if (kind === 'all') return { kind, failure }
        return kind === 'passing' ? { kind, failure } : { kind: 'given-up' }
      }
      case 'not-ready':
        tasks.end(runId, mediaId, 'failed', { code: 'not-ready', message: said.message })
        return { kind: 'recorded' }
      default:
        return said
    }
  }

  return {
    /** Asks about a picture of a run, unless it has been answered, and records what came of it. */
    async askForRun(
      run: AnalysisRunRow,
      analyser: Analyser,
      mediaId: number,
      signal: AbortSignal,
      /** What else would pass is this picture's own failure now. */
      isLastTry: boolean,
    ): Promise<Asked> {
      const media = readyMedia({ library }, mediaId)
      if (!isReady(media)) {
        tasks.end(run.id, mediaId, 'failed', media)
        return { kind: 'recorded' }
      }
      const { id: runId, recipe, recipeKey, capUsd: runCapUsd } = run
      const question = { recipe, recipeKey, purpose: 'picture' as const, runId, runCapUsd }
      const by = { runId, mediaId, sha256: media.sha256, analyser: analyser.name, recipeKey, paid: null }
      const of = { ...by, model: recipe.model, promptName: recipe.promptName }
      return reply(question, analyser, media, signal, said => recordReply(of, said, isLastTry))
    },

    /** Asks about a picture and changes nothing that is shown. The answer is kept, and not paid again. */
    async askForTrial(
      question: Pick<Question, 'recipe' | 'recipeKey'>,
      analyser: Analyser,
      media: ReadyMedia,
    ): Promise<Reply> {
      const asked = { ...question, purpose: 'trial' as const, runId: null, runCapUsd: null }
      return reply(asked, analyser, media, new AbortController().signal, said => {
        if ('charge' in said && said.charge) charges.settle(said.charge.id, said.charge.usd)
        if (said.kind === 'answer' && !said.isReused) answers.put(question.recipeKey, media.sha256, said.answer)
        return said
      })
    },
  }
}
