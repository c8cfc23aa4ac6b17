import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'

const noon = new Date(2026, 10, 26, 12).getTime()
const dayMs = 24 * 60 * 60 * 1000

const recipe = {
  analyser: 'openai' as const,
  baseUrl: '',
  model: 'a-model',
  detail: 'low' as const,
  prompt: 'Describe it.',
  promptName: 'Mine',
  language: 'English',
  vocabulary: { media: [], series: [], subjects: [] },
  ownPrice: null,
}

function beginRun({ analysis }: Library): number {
  const run = { kind: 'chosen', lane: 'live', recipe, recipeKey: 'key', capUsd: null, estimateUsd: null } as const
  return analysis.runs.begin({ ...run, state: 'running', message: null })
}

function request(runId: number | null, usd: number, caps: { day?: number; run?: number } = {}, nowMs = noon) {
  const of = { runId, mediaId: null, purpose: 'picture' as const, model: 'a-model', usd, nowMs }
  return { ...of, dayCapUsd: caps.day ?? null, runCapUsd: caps.run ?? null }
}

test('what is kept back counts as spent until the answer says what it cost', async () => {
  const library = await openTestLibrary()
  const { charges, runs } = library.analysis
  const runId = beginRun(library)
  const first = charges.reserve(request(runId, 0.4, { day: 1 }))
  const second = charges.reserve(request(runId, 0.6, { day: 1 }))
  expect([first.kind, second.kind]).toEqual(['reserved', 'reserved'])
  expect(charges.reserve(request(null, 0.01, { day: 1 }))).toEqual({ kind: 'day-cap' })
  if (first.kind === 'reserved') charges.settle(first.chargeId, 0.1)
  expect(charges.today(noon)).toEqual({ spentUsd: 0.1, reservedUsd: 0.6 })
  expect(runs.get(runId)).toMatchObject({ spentUsd: 0.1, reservedUsd: 0.6 })
  expect(charges.reserve(request(null, 0.3, { day: 1 })).kind).toBe('reserved')
  expect(charges.reserve(request(null, 0.01, { day: 1 })).kind).toBe('day-cap')
})

test('a charge is settled once', async () => {
  const { analysis } = await openTestLibrary()
  const reserved = analysis.charges.reserve(request(null, 0.5))
  if (reserved.kind !== 'reserved') throw new Error('It should have been reserved')
  analysis.charges.settle(reserved.chargeId, 0.2)
  analysis.charges.settle(reserved.chargeId, 0.4)
  expect(analysis.charges.today(noon)).toEqual({ spentUsd: 0.2, reservedUsd: 0 })
})

test('the caps of a run and of a day hold apart, and another day begins anew', async () => {
  const library = await openTestLibrary()
  const { charges } = library.analysis
  const [one, other] = [beginRun(library), beginRun(library)]
  expect(charges.reserve(request(one, 0.5, { run: 0.5 })).kind).toBe('reserved')
  expect(charges.reserve(request(one, 0.1, { run: 0.5 })).kind).toBe('run-cap')
  expect(charges.reserve(request(other, 0.5, { run: 0.5, day: 1 })).kind).toBe('reserved')
  expect(charges.reserve(request(other, 0.1, { day: 1 })).kind).toBe('day-cap')
  expect(charges.reserve(request(other, 0.1, { day: 1 }, noon + dayMs)).kind).toBe('reserved')
  expect(charges.reserve(request(one, 0.1, { run: 0.5 }, noon + dayMs)).kind).toBe('run-cap')
})

test('many small amounts fill a cap to the last of them', async () => {
  const { analysis } = await openTestLibrary()
  const kinds = Array.from({ length: 11 }, () => analysis.charges.reserve(request(null, 0.1, { day: 1 })).kind)
  expect(kinds.filter(kind => kind === 'reserved')).toHaveLength(10)
})

test('the month is the sum of its days', async () => {
  const { charges } = (await openTestLibrary()).analysis
  for (const days of [-30, 0, 1, 4, 5]) charges.reserve(request(null, 1, {}, noon + days * dayMs))
  expect(charges.month(noon).reservedUsd).toBe(3)
})

test('what was open when the program ended counts as spent, but for batches, which are looked for', async () => {
  const library = await openTestLibrary()
  const { charges } = library.analysis
  charges.reserve(request(null, 0.5))
  charges.reserve({ ...request(null, 0.25), purpose: 'batch' })
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  expect(again.analysis.charges.today(noon)).toEqual({ spentUsd: 0.5, reservedUsd: 0.25 })
})

test('counts of a run and of its analyser are what the rows say, whatever happened to them', async () => {
  const library = await openTestLibrary()
  const { analysis, media } = library
  const ids = ['a', 'b', 'c', 'd'].map(name => addPicture(library, { path: `${name}.png` }))
  const runId = beginRun(library)
  analysis.tasks.add(runId, ids)
  analysis.tasks.add(runId, ids)
  const result = { description: 'It.', tags: [], content: '' }
  const record = (id: number | undefined, failure: { code: string; message: string } | null, recipeKey = 'key') =>
    analysis.record({
      ...{ runId, mediaId: id ?? 0, sha256: media.get(id ?? 0)?.sha256 ?? '', analyser: 'openai', recipeKey },
      ...{ model: 'a-model', promptName: 'Mine', isReused: false, charge: null, paid: null, failure },
      answer: failure ? null : { result, tags: [], usage: null },
    })
  record(ids[0], null)
  record(ids[1], { code: 'refused', message: 'No.' })
  record(ids[2], { code: 'incomplete', message: 'Cut.' })
  expect(analysis.runs.get(runId)).toMatchObject({ total: 4, done: 1, failed: 1 })
  record(ids[2], { code: 'incomplete', message: 'Cut.' })
  expect(analysis.runs.get(runId)).toMatchObject({ total: 4, done: 1, failed: 2 })
  const by = { analyser: 'openai', recipeKey: 'key' }
  expect(analysis.counts.of(by)).toEqual({ described: 1, failed: 2, undescribed: 1 })
  expect(analysis.tasks.retry(runId)).toBe(2)
  record(ids[1], null)
  expect(analysis.counts.of(by)).toEqual({ described: 2, failed: 1, undescribed: 1 })
  // Another recipe fails: what this one said stays.
  analysis.tasks.add(runId, ids)
  record(ids[0], { code: 'refused', message: 'No.' }, 'other')
  expect(analysis.counts.of(by)).toMatchObject({ described: 2 })
  expect(analysis.counts.of({ ...by, recipeKey: 'other' })).toEqual({ described: 0, failed: 1, undescribed: 3 })
  // A picture that has failed, or went, is no complete one any more.
  const db = openBeside(library)
  db.prepare(`UPDATE media SET processing_status = 'failed' WHERE id = ?`).run(ids[0])
  expect(analysis.counts.of(by)).toEqual({ described: 1, failed: 1, undescribed: 1 })
  db.prepare(`UPDATE media SET processing_status = 'completed' WHERE id = ?`).run(ids[0])
  expect(analysis.counts.of(by)).toMatchObject({ described: 2 })
  db.pragma('foreign_keys = ON')
  db.prepare('UPDATE files SET media_id = NULL WHERE media_id = ?').run(ids[1])
  db.prepare('DELETE FROM media WHERE id = ?').run(ids[1])
  expect(analysis.counts.of(by)).toEqual({ described: 1, failed: 1, undescribed: 1 })
  expect(analysis.runs.get(runId)).toMatchObject({ total: 3 })
  const kept = db.prepare('SELECT described, failed FROM analysis_counts WHERE analyser = ? AND version = ?')
  const truth = db.prepare(
    `SELECT sum(version = 'key' AND result IS NOT NULL) AS described,
       sum(failed_version = 'key' AND (result IS NULL OR version <> 'key')) AS failed FROM analyses WHERE analyser = 'openai'`,
  )
  expect(kept.get('openai', 'key')).toEqual(truth.get())
})

test('an answer about bytes that have changed meanwhile is kept, and not shown for the new ones', async () => {
  const library = await openTestLibrary()
  const { analysis } = library
  const id = addPicture(library, { path: 'a.png', description: 'Built in.' })
  const runId = beginRun(library)
  analysis.tasks.add(runId, [id])
  const answer = { result: { description: 'Of the old.', tags: [], content: '' }, tags: [], usage: null }
  const of = { runId, mediaId: id, sha256: 'the old ones', analyser: 'openai', recipeKey: 'key', model: 'a-model' }
  analysis.record({ ...of, promptName: '', answer, failure: null, isReused: false, charge: null, paid: null })
  expect(analysis.answers.get('key', 'the old ones')).toEqual(answer)
  expect(library.detail(id)?.description).toBe('Built in.')
  expect(analysis.tasks.get(runId, id)).toMatchObject({ state: 'waiting', attempts: 0 })
})

test('prompts are listed by name, and a removed one is gone', async () => {
  const { prompts } = (await openTestLibrary()).analysis
  const second = prompts.save({ name: 'Short', text: 'Be short.' })
  const first = prompts.save({ name: 'Long', text: 'Be long.' })
  expect(prompts.list().map(({ name }) => name)).toEqual(['Long', 'Short'])
  expect(prompts.save({ id: first?.id, name: 'Longer', text: 'Be longer.' })).toMatchObject({ text: 'Be longer.' })
  expect(prompts.remove(second?.id ?? 0)).toBe(true)
  expect(prompts.remove(second?.id ?? 0)).toBe(false)
  expect(prompts.get(second?.id ?? 0)).toBeNull()
  expect(prompts.save({ id: second?.id, name: 'Back', text: 'Come back.' })).toBeNull()
})
