import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { type Analysis, AnalysisFailed, type BatchItem, type BatchLane } from '../../analysis/index.ts'
import type { AnalysisRunRow, BatchRow } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import { kindOf } from './kinds.ts'
import { framesOf, isReady, readyMedia, subjectWithPicture, whyWithoutPicture } from './picture.ts'

/** Pictures of one batch: about as many as fit into the 200 MB that OpenAI takes. */
const picturesPerBatch = 500
/** Batches of a run at OpenAI at once. */
const batchesMax = 8

/** Where the batches of a run are. */
export type BatchProgress =
  /** They are worked on at OpenAI. */
  | { kind: 'working' }
  | { kind: 'done' }
  /** New pictures are still coming; a batch of few would be a waste of a day. */
  | { kind: 'gathering' }
  | { kind: 'all'; failure: AnalysisFailed }
  | { kind: 'passing'; failure: AnalysisFailed }
  | { kind: 'day-cap' | 'run-cap' }

/** The lane at half the price: pictures are sent in batches, and their answers come within a day. */
export function createBatchWork({ library, imaging, models }: Pick<JobRooms, 'library' | 'imaging' | 'models'>) {
  const { answers, batches, charges, tasks } = library.analysis
  /** Labels of those that are being sent now. Whatever else is `sending` was cut off. */
  const beingSent = new Set<string>()

  function byOf(run: AnalysisRunRow) {
    const { id: runId, recipe, recipeKey } = run
    return { runId, recipeKey, analyser: recipe.analyser, model: recipe.model, promptName: recipe.promptName }
  }

  /** Of a batch that may not have arrived. */
  async function find(lane: BatchLane, batch: BatchRow): Promise<void> {
    if (beingSent.has(batch.label)) return
    const batchId = await lane.findByLabel(batch.label)
    if (batchId === null) batches.end(batch)
    else batches.arrived(batch.label, batchId, batch.runId, [])
  }

  /** @returns a failure of all of them, when one of its lines said so. */
  async function take(lane: BatchLane, run: AnalysisRunRow, batch: BatchRow): Promise<AnalysisFailed | null> {
    const batchId = batch.batchId as string
    const progress = await lane.poll(batchId)
    if (progress.state === 'working') return null
    let failedAll: AnalysisFailed | null = null
    for await (const { customId, analysis, failure } of lane.results(batchId)) {
      if (failure && kindOf(failure.code) === 'all') failedAll = failure
      else if (failure?.code !== 'cancelled') recordLine(run, customId, analysis, failure)
    }
    batches.end(batch)
    // Its files hold pictures: they have no business at OpenAI any more. Where that fails, they go by themselves in time.
    await lane.discard(batchId).catch(() => {})
    const { code, message } = progress
    if (code !== undefined && message !== undefined) failedAll ??= new AnalysisFailed(code, message)
    return failedAll
  }

  function recordLine(
    run: AnalysisRunRow,
    customId: string,
    analysis: Analysis | undefined,
    failure: AnalysisFailed | undefined,
  ): void {
    const { mediaId, sha256 } = meantBy(customId)
    const usage = analysis?.usage ?? failure?.usage
    const paid = { usd: usage?.costUsd ?? 0, nowMs: models.now() }
    const of = { ...byOf(run), mediaId, sha256, isReused: false, charge: null, paid }
    const answer = analysis ? { result: analysis.result, tags: analysis.tags, usage: usage ?? null } : null
    library.analysis.record({ ...of, answer, failure: failure ?? null })
  }

  /** Takes what was answered before, and says what is left to send. */
  function left(run: AnalysisRunRow): number[] {
    const ids: number[] = []
    for (const mediaId of tasks.waiting(run.id, picturesPerBatch)) {
      const media = readyMedia({ library }, mediaId)
      if (!isReady(media)) {
        tasks.end(run.id, mediaId, 'failed', media)
        continue
      }
      const answer = answers.get(run.recipeKey, media.sha256)
      const of = { ...byOf(run), mediaId, sha256: media.sha256, failure: null, charge: null, paid: null }
      if (answer) library.analysis.record({ ...of, answer, isReused: true })
      else ids.push(mediaId)
    }
    return ids
  }

  function framesFor(mediaId: number): number {
    const media = library.media.get(mediaId)
    return media ? framesOf(media) : 0
  }

  /** Keeps back the most that all of them can cost, or as many as the caps let through. */
  function reserve(run: AnalysisRunRow, mediaIds: number[]) {
    const { dayCapUsd } = models.settings()
    const { id: runId, capUsd: runCapUsd, recipe } = run
    const worstUsd = new Map(mediaIds.map(id => [id, models.worstUsd(recipe, true, { frames: framesFor(id) }) ?? 0]))
    const usdOf = (ids: readonly number[]) => ids.reduce((sum, id) => sum + (worstUsd.get(id) ?? 0), 0)
    const request = { runId, mediaId: null, purpose: 'batch' as const, model: recipe.model, dayCapUsd, runCapUsd }
    let ids = mediaIds
    for (;;) {
      const reserved = charges.reserve({ ...request, usd: usdOf(ids), nowMs: models.now() })
      if (reserved.kind === 'reserved') return { kind: 'reserved' as const, chargeId: reserved.chargeId, ids }
      if (ids.length <= 1) return { kind: reserved.kind }
      ids = ids.slice(0, Math.ceil(ids.length / 2))
    }
  }

  async function send(lane: BatchLane, run: AnalysisRunRow, mediaIds: number[], chargeId: number): Promise<void> {
    const label = `burg-ink-${run.id}-${randomUUID()}`
    const sent: number[] = []
    async function* items(): AsyncGenerator<BatchItem> {
      for (const mediaId of mediaIds) {
        const item = await itemOf(run, mediaId)
        if (!item) continue
        sent.push(mediaId)
        yield item
      }
    }
    beingSent.add(label)
    try {
      batches.begin({ label, runId: run.id, chargeId }, mediaIds)
      const { batchId, taken } = await lane.submit(items(), label)
      const isIn = new Set(sent.slice(0, taken))
      const left = mediaIds.filter(id => !isIn.has(id))
      batches.arrived(label, batchId, run.id, left)
    } finally {
      beingSent.delete(label)
    }
  }

  async function itemOf(run: AnalysisRunRow, mediaId: number): Promise<BatchItem | null> {
    const media = readyMedia({ library }, mediaId)
    if (!isReady(media)) return null
    try {
      const subject = await subjectWithPicture({ library, imaging }, media)
      return { customId: customIdOf(mediaId, media.sha256), subject }
    } catch (cause) {
      const missing = whyWithoutPicture(cause)
      if (!missing) throw cause
      tasks.end(run.id, mediaId, 'failed', missing)
      return null
    }
  }

  /** Sends what waits. @returns why not all of it. */
  async function sendWaiting(lane: BatchLane, run: AnalysisRunRow, isGathering: boolean): Promise<BatchProgress> {
    for (;;) {
      await turn()
      const isOn = library.analysis.runs.stateOf(run.id)?.state === 'running'
      const ids = isOn ? left(run) : []
      if (ids.length === 0 && tasks.waiting(run.id, 1).length > 0 && isOn) continue
      if (ids.length === 0) return { kind: 'done' }
      if (isGathering && ids.length < picturesPerBatch) return { kind: 'gathering' }
      if (batches.open(run.id).length >= batchesMax) return { kind: 'working' }
      const reserved = reserve(run, ids)
      if (reserved.kind !== 'reserved') return reserved
      await send(lane, run, reserved.ids, reserved.chargeId)
    }
  }

  async function advance(run: AnalysisRunRow, isGathering: boolean): Promise<BatchProgress> {
    const lane = await models.openBatches(run.recipe)
    let failedAll: AnalysisFailed | null = null
    for (const batch of batches.open(run.id)) if (batch.state === 'sending') await find(lane, batch)
    for (const batch of batches.open(run.id)) {
      if (batch.state === 'working') failedAll = (await take(lane, run, batch)) ?? failedAll
    }
    if (failedAll) return { kind: kindOf(failedAll.code) === 'passing' ? 'passing' : 'all', failure: failedAll }
    const sent = await sendWaiting(lane, run, isGathering)
    const isWorking = batches.open(run.id).length > 0
    return isWorking && sent.kind !== 'all' && sent.kind !== 'passing' ? { kind: 'working' } : sent
  }

  /** OpenAI is told to stop. What is done by then is paid, and taken. */
  async function stop(lane: BatchLane, { batchId }: BatchRow): Promise<void> {
    if (batchId !== null) await lane.cancel(batchId)
  }

  return {
    /** Takes what has come and sends what waits. */
    async advance(run: AnalysisRunRow, isGathering: boolean): Promise<BatchProgress> {
      try {
        return await advance(run, isGathering)
      } catch (cause) {
        if (!(cause instanceof AnalysisFailed)) throw cause
        return { kind: kindOf(cause.code) === 'passing' ? 'passing' : 'all', failure: cause }
      }
    },

    /** Takes what comes of batches that were cancelled. */
    async collect(run: AnalysisRunRow): Promise<BatchProgress> {
      try {
        const lane = await models.openBatches(run.recipe)
        for (const batch of batches.open(run.id))
          await (batch.state === 'sending' ? find(lane, batch) : stop(lane, batch))
        for (const batch of batches.open(run.id)) if (batch.state === 'working') await take(lane, run, batch)
      } catch (cause) {
        if (!(cause instanceof AnalysisFailed)) throw cause
      }
      return batches.open(run.id).length === 0 ? { kind: 'done' } : { kind: 'working' }
    },
  }
}

/** OpenAI takes 64 characters: a hash of 43, a dot, and a number. */
function customIdOf(mediaId: number, sha256: string): string {
  return `${mediaId}.${Buffer.from(sha256, 'hex').toString('base64url')}`
}

function meantBy(customId: string): { mediaId: number; sha256: string } {
  const [id = '', hash = ''] = customId.split('.')
  return { mediaId: Number(id), sha256: Buffer.from(hash, 'base64url').toString('hex') }
}
