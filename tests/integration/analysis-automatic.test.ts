import { expect, test } from 'vitest'
import { importFolder, makePictures } from '../support/app.ts'
import { countsOfRun, passUntil, startDescribing } from '../support/describing.ts'
import { faults } from '../support/openai-server/index.ts'

test('new pictures are described as they come, all of an import by one run that does not hold it up', async () => {
  const { app, server, set } = await startDescribing({ pictures: 2 })
  expect(server.answers.count).toBe(0)
  await set({ isAutomatic: true })
  const names = Array.from({ length: 12 }, (_, i) => [`${i}.png`, 100 + i] as const)
  const { sync } = await importFolder(app, await makePictures(Object.fromEntries(names)))
  expect(sync).toMatchObject({ imported: 12 })
  await passUntil(5_000, () => app.library.analysis.runs.active().length === 0)
  const { runs, described, undescribed } = await app.handlers['analysis.overview']({})
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatchObject({ kind: 'automatic', state: 'completed', ...{ total: 12, done: 12 } })
  expect({ described, undescribed }).toEqual({ described: 12, undescribed: 2 })
  expect(server.answers.paidTwice()).toEqual([])
})

test('a run that stands still takes up what comes meanwhile, and an import ends all the same', async () => {
  const { app, server, set } = await startDescribing({ pictures: 0, settings: { isAutomatic: true } })
  server.failNext(faults.noCredit(), { times: 1000 })
  await importFolder(app, await makePictures({ 'a.png': 11 }))
  await expect.poll(() => app.library.analysis.runs.active()[0]?.state, { timeout: 20_000 }).toBe('paused')
  const { sync } = await importFolder(app, await makePictures({ 'b.png': 12, 'c.png': 13 }))
  expect(sync).toMatchObject({ state: 'completed', imported: 2 })
  const [run] = app.library.analysis.runs.active()
  expect(run).toMatchObject({ state: 'paused', total: 3, done: 0 })
  server.failNoMore()
  await set({})
  await app.handlers['analysis.resume']({ runId: run?.id ?? 0 })
  await passUntil(5_000, () => app.library.analysis.runs.active().length === 0)
  expect(countsOfRun(app.library.analysis.runs.get(run?.id ?? 0) as never)).toMatchObject({ total: 3, done: 3 })
})

test('by batch, the pictures of an import are gathered first', async () => {
  const { app, server } = await startDescribing({ pictures: 0, settings: { isAutomatic: true, usesBatch: true } })
  await importFolder(app, await makePictures({ 'a.png': 11, 'b.png': 12, 'c.png': 13 }))
  await passUntil(5_000, () => server.batches.all.length > 0)
  await server.runBatches()
  await passUntil(15 * 60_000, () => app.library.analysis.runs.active().length === 0)
  expect(server.batches.all).toHaveLength(1)
  expect(await app.handlers['analysis.overview']({})).toMatchObject({ described: 3, undescribed: 0 })
})

test('another model begins another run, and none begins when it is switched off', async () => {
  const { app, set } = await startDescribing({ pictures: 0, settings: { isAutomatic: true } })
  await importFolder(app, await makePictures({ 'a.png': 11 }))
  await set({ model: 'gpt-4o-mini' })
  await importFolder(app, await makePictures({ 'b.png': 12 }))
  await set({ isAutomatic: false })
  await importFolder(app, await makePictures({ 'c.png': 13 }))
  await passUntil(5_000, () => app.library.analysis.runs.active().length === 0)
  const { runs } = await app.handlers['analysis.overview']({})
  expect(runs.map(({ model, done }) => `${model}: ${done}`)).toEqual(['gpt-4o-mini: 1', 'gpt-5-mini: 1'])
})
