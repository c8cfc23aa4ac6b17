import { setImmediate as turn } from 'node:timers/promises'
import { AnalysisFailed, type Embedder } from '../../analysis/index.ts'
import type { Unembedded } from '../../library/index.ts'
import { kindOf, mayBeCharged } from '../describing/kinds.ts'
import { dayCapReached, onlyWaits, untilTomorrowMs } from '../describing/waits.ts'
import { embeddingsRequested } from '../events.ts'
import type { Outbox } from '../outbox.ts'
import type { JobRooms } from '../rooms.ts'

/** As long as a step of describing pictures. */
const stepMs = 20_000
/** One request: few enough that a failed one costs little, many enough that asking costs nothing. */
const textsAtOnce = 128
/** After the last change, so that an import or a run is compared when it has ended. */
const quietMs = 3_000

/** What the work does next. */
export type NextCompare =
  | { kind: 'ended' | 'more' }
  | { kind: 'wait'; waitMs: number }
  | { kind: 'passing'; atLeastMs: number }

type Asked = { kind: 'recorded' } | { kind: 'day-cap' } | { kind: 'failed'; failure: AnalysisFailed }

export type Comparing = ReturnType<typeof createComparing>

/** Has descriptions embedded, so that pictures can be compared by what is said of them. What is left to do is in the library. */
export function createComparing({ library, models, embedder }: JobRooms, outbox: Outbox) {
  const { embeddings } = library
  const { charges } = library.analysis
  let problem: string | null = null
  /** The engine works on it, or will. What only waits is asked for again when the settings change. */
  let isUnderWay = false
  let isWaiting = false
  let isLetGo = false
  let lastWork: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  async function ask(opened: Embedder, id: string, some: Unembedded[]): Promise<Asked> {
    const texts = some.map(({ text }) => text)
    const nowMs = models.now()
    const { dayCapUsd } = models.settings()
    const worstUsd = opened.worstUsd(texts) ?? 0
    const charge = { runId: null, mediaId: null, purpose: 'embedding' as const, model: id, usd: worstUsd }
    const reserved = charges.reserve({ ...charge, dayCapUsd, runCapUsd: null, nowMs })
    if (reserved.kind !== 'reserved') return { kind: 'day-cap' }
    try {
      const { vectors, usage } = await opened.embed(texts)
      charges.settle(reserved.chargeId, usage.costUsd ?? 0)
      const made = some.map((each, i) => ({ ...each, vector: vectors[i] as Float32Array }))
      embeddings.record(id, made)
      return { kind: 'recorded' }
    } catch (cause) {
      const isFailure = cause instanceof AnalysisFailed
      const unsaidUsd = isFailure && mayBeCharged(cause.code) ? worstUsd : 0
      charges.settle(reserved.chargeId, (isFailure ? cause.usage?.costUsd : null) ?? unsaidUsd)
      if (!isFailure) throw cause
      return { kind: 'failed', failure: cause }
    }
  }

  /** A text that the server will not take must not keep the others from it: each is asked for alone. */
  async function askApart(opened: Embedder, id: string, some: Unembedded[], first: Asked): Promise<Asked> {
    let isAnyTaken = false
    const refused: Unembedded[] = []
    for (const each of some) {
      const asked = await ask(opened, id, [each])
      if (asked.kind === 'recorded') isAnyTaken = true
      else if (asked.kind === 'failed' && kindOf(asked.failure.code) === 'picture') refused.push(each)
      else return asked
    }
    // Where it takes none at all, it is not the texts.
    if (!isAnyTaken) return first
    for (const { mediaId } of refused) embeddings.passOver(mediaId)
    return { kind: 'recorded' }
  }

  async function askFor(opened: Embedder, id: string, some: Unembedded[]): Promise<Asked> {
    const asked = await ask(opened, id, some)
    const isOfTexts = asked.kind === 'failed' && kindOf(asked.failure.code) === 'picture' && some.length > 1
    return isOfTexts ? askApart(opened, id, some, asked) : asked
  }

  function afterTrouble(asked: Exclude<Asked, { kind: 'recorded' }>): NextCompare {
    isWaiting = true
    if (asked.kind === 'day-cap') {
      problem = dayCapReached(models.settings().dayCapUsd ?? 0)
      return { kind: 'wait', waitMs: untilTomorrowMs(models.now()) }
    }
    const { failure } = asked
    if (kindOf(failure.code) === 'passing') {
      problem = onlyWaits(failure.message)
      return { kind: 'passing', atLeastMs: failure.retryAfterMs ?? 0 }
    }
    problem = failure.message
    return end()
  }

  function end(): NextCompare {
    isUnderWay = false
    return { kind: 'ended' }
  }

  /** One at a time: an engine may begin before another one's last step has ended. */
  function workInTurn(): Promise<NextCompare> {
    const worked = lastWork.then(work)
    lastWork = worked.catch(() => {})
    return worked
  }

  async function work(): Promise<NextCompare> {
    const id = embedder.id()
    if (id === null) return end()
    isUnderWay = true
    isWaiting = false
    isLetGo = false
    const opened = await embedder.open()
    embeddings.use(id)
    const endsAtMs = performance.now() + stepMs
    while (!isLetGo && performance.now() < endsAtMs) {
      // Another one was chosen meanwhile.
      if (embedder.id() !== id) return { kind: 'more' }
      const some = embeddings.lacking(id, textsAtOnce)
      if (some === null) {
        problem = null
        return end()
      }
      const asked: Asked = some.length > 0 ? await askFor(opened, id, some) : { kind: 'recorded' }
      if (asked.kind !== 'recorded') return afterTrouble(asked)
      problem = null
      await turn()
    }
    return { kind: 'more' }
  }

  function isWorkLeft(): boolean {
    const id = embedder.id()
    return id !== null && (embeddings.countDue() > 0 || !embeddings.isUsedBy(id))
  }

  async function request(): Promise<void> {
    if (!isWorkLeft()) return
    isUnderWay = true
    try {
      await outbox.send(embeddingsRequested.create({ part: 0 }))
    } catch (cause) {
      isUnderWay = false
      throw cause
    }
  }

  function requestSoon(report: (error: unknown) => void): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // What stands still for a reason is not tried again with every tag that is added.
      if (isUnderWay || isWaiting || !isWorkLeft()) return
      request().catch(report)
    }, quietMs)
    timer.unref()
  }

  return {
    /** Works for a while. */
    async work(): Promise<NextCompare> {
      try {
        return await workInTurn()
      } catch (cause) {
        if (!(cause instanceof AnalysisFailed)) throw cause
        return afterTrouble({ kind: 'failed', failure: cause })
      }
    },

    /** It will not go on by itself. */
    giveUp(error: Error): void {
      isUnderWay = false
      isWaiting = true
      problem = `Descriptions could not be compared (${error.message}). Save the settings of Descriptions to try again.`
    },

    isUnderWay: () => isUnderWay && !isWaiting,
    problem: () => problem,

    /** Another model, key or cap: what stood still or waits is tried at once. */
    async settingsChanged(): Promise<void> {
      problem = null
      isWaiting = false
      await request()
    },

    /** Ends after what is asked just now, until `goOn`. */
    letGo(): void {
      isLetGo = true
    },

    /** At the start of the program or of another engine: what is left to do. What only waited is tried at once. */
    async goOn(): Promise<void> {
      isUnderWay = false
      isWaiting = false
      await request()
    },

    /** From now on what changes is compared. */
    watch(report: (error: unknown) => void): () => void {
      const onMedia = () => requestSoon(report)
      library.changes.on('media', onMedia)
      return () => {
        clearTimeout(timer)
        library.changes.off('media', onMedia)
      }
    },
  }
}
