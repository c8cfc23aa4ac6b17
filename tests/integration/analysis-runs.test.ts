import { existsSync, readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { detailOf, importFolder, makePictures, put, query, startApp } from '../support/app.ts'
import { countsOfRun, startDescribing, testModel, untilRun } from '../support/describing.ts'
import { hills } from '../support/pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const says = (description: string, tags: string[] = ['lighthouse']) => ({
  description,
  content: 'a lighthouse',
  tags: tags.map(name => ({ name, confidence: 0.9 })),
  style: null,
  colors: null,
  subjects: null,
  mood: 'calm',
})

test('a run describes every picture once, and what it says is shown and found', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 5 })
  server.answerWith(says('A lighthouse at dusk.'))
  const ended = await untilRun(app, await run(), 'completed')
  expect(countsOfRun(ended)).toEqual({ total: 5, done: 5, reused: 0, failed: 0 })
  expect(server.answers.count).toBe(5)
  expect(server.answers.paidTwice()).toEqual([])
  const detail = await detailOf(app, mediaIds[0] as number)
  expect(detail.description).toBe('A lighthouse at dusk.')
  expect(detail.analysis).toMatchObject({ analyser: 'openai', promptName: 'Burg Ink', failure: null })
  expect(detail.analysis?.usage?.costUsd).toBeGreaterThan(0)
  expect(detail.tags.map(({ name }) => name)).toContain('lighthouse')
  const found = await app.handlers['media.page']({ filter: { text: 'dusk' }, sort: 'newest', after: null, limit: 10 })
  expect(found.items).toHaveLength(5)
  expect(ended.spentUsd).toBeGreaterThan(0)
  const overview = await app.handlers['analysis.overview']({})
  expect(overview).toMatchObject({ described: 5, undescribed: 0, failed: 0, keyFrom: 'keychain' })
  expect(overview.spentTodayUsd).toBeCloseTo(ended.spentUsd, 9)
  expect(overview.spentMonthUsd).toBeCloseTo(ended.spentUsd, 9)
})

test('the same bytes, model and prompt are never asked twice; what is there costs nothing', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 4 })
  await untilRun(app, await run({ mediaIds: mediaIds.slice(0, 3) }), 'completed')
  const estimate = await app.handlers['analysis.estimate']({ chosen: { mediaIds } })
  expect(estimate).toMatchObject({ pictures: 4, reused: 3 })
  const again = await untilRun(app, await run(), 'completed')
  expect(countsOfRun(again)).toEqual({ total: 4, done: 4, reused: 3, failed: 0 })
  expect(server.answers.count).toBe(4)
  const third = await untilRun(app, await run(), 'completed')
  expect(third).toMatchObject({ reused: 4, spentUsd: 0 })
  expect(server.answers.count).toBe(4)
})

test('a selection is described anew with another prompt and another model, and the old answer is kept', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 3 })
  server.answerWith(says('As ever.'))
  await untilRun(app, await run(), 'completed')
  const { id: promptId } = await app.handlers['prompt.save']({
    name: 'Short',
    text: 'Say it shortly, in {{language}}.',
  })
  server.answerWith(says('Short.'))
  const [some] = mediaIds as [number]
  const ended = await untilRun(app, await run({ mediaIds: [some], promptId }), 'completed')
  expect(ended).toMatchObject({ promptName: 'Short', total: 1, reused: 0 })
  expect(server.asked.at(-1)?.instructions).toContain('Say it shortly, in English.')
  expect((await detailOf(app, some)).analysis).toMatchObject({ promptName: 'Short', result: { description: 'Short.' } })
  expect(await app.handlers['analysis.overview']({})).toMatchObject({ described: 2, undescribed: 1 })

  const other = await untilRun(app, await run({ mediaIds: [some], model: 'gpt-4o-mini' }), 'completed')
  expect(other).toMatchObject({ model: 'gpt-4o-mini', reused: 0 })
  expect(server.answers.count).toBe(5)
  // Removed, it is named by the run that used it, and its answers are there still.
  await app.handlers['prompt.remove']({ id: promptId })
  await untilRun(app, await run({ mediaIds: [some] }), 'completed')
  expect((await detailOf(app, some)).description).toBe('As ever.')
  expect(server.answers.count).toBe(5)
  expect((await app.handlers['analysis.overview']({})).runs.map(({ promptName }) => promptName)).toContain('Short')
})

test('a trial shows what a prompt makes of three pictures and changes nothing; the run does not pay them again', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 5 })
  server.answerWith(says('Tried.'))
  const before = await detailOf(app, mediaIds[0] as number)
  const three = mediaIds.slice(0, 3)
  const { trials } = await app.handlers['analysis.trial']({ mediaIds: three })
  expect(trials).toMatchObject(three.map(mediaId => ({ mediaId, result: { description: 'Tried.' }, isReused: false })))
  expect(trials[0]?.usage?.costUsd).toBeGreaterThan(0)
  expect(await detailOf(app, mediaIds[0] as number)).toEqual(before)
  const { spentTodayUsd } = await app.handlers['analysis.overview']({})
  expect(spentTodayUsd).toBeCloseTo(
    trials.reduce((sum, { usage }) => sum + (usage?.costUsd ?? 0), 0),
    9,
  )
  const again = await app.handlers['analysis.trial']({ mediaIds: three })
  expect(again.trials.map(({ isReused }) => isReused)).toEqual([true, true, true])
  const ended = await untilRun(app, await run(), 'completed')
  expect(countsOfRun(ended)).toEqual({ total: 5, done: 5, reused: 3, failed: 0 })
  expect(server.answers.count).toBe(5)
})

test('a trial takes a prompt, settings and a key that are not saved', async () => {
  const { app, server, mediaIds } = await startDescribing({ pictures: 1, apiKey: null })
  const { settings } = await app.handlers['analysis.overview']({})
  await expect(app.handlers['analysis.trial']({ mediaIds })).rejects.toMatchObject({ code: 'analyser-unavailable' })
  const vocabulary = { media: ['oil', 'ink'], series: ['Harbour'], subjects: [] }
  const draft = { settings: { ...settings, vocabulary, language: 'Deutsch' }, apiKey: server.key }
  const promptText = 'Name the medium: {{media}}.'
  const { trials } = await app.handlers['analysis.trial']({ mediaIds, ...draft, promptText })
  expect(trials[0]?.failure).toBeNull()
  expect(['oil', 'ink', undefined]).toContain(trials[0]?.result?.medium)
  const asked = server.asked.at(-1)
  expect(asked?.instructions).toMatch(/Name the medium: ink, oil\.[\s\S]*Deutsch/)
  expect(JSON.stringify(asked?.schema)).toContain('"Harbour"')
  expect((await app.handlers['analysis.overview']({})).settings).toEqual(settings)
  const wrong = app.handlers['analysis.trial']({ mediaIds, ...draft, promptText: 'Use {{nothing}}.' })
  await expect(wrong).rejects.toMatchObject({ code: 'bad-input' })
})

test('what a person tagged stays; a model replaces only what it said itself, and outranks the built-in analyser', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 1 })
  const [id] = mediaIds as [number]
  query(app, `INSERT INTO tags (name) VALUES ('mine')`)
  query(app, `INSERT INTO media_tags SELECT ?, id, 'person', 'person', NULL FROM tags WHERE name = 'mine'`, id)
  server.answerWith(says('First.', ['harbour']))
  await untilRun(app, await run(), 'completed')
  const { id: promptId } = await app.handlers['prompt.save']({ name: 'Other', text: 'Describe it.' })
  server.answerWith(says('Second.', ['quay']))
  await untilRun(app, await run({ promptId }), 'completed')
  const builtin = { analyser: 'builtin', version: 'later', failure: null, tags: [] }
  app.library.media.recordAnalysis(id, { ...builtin, result: { description: 'Built in.', tags: [], content: '' } })
  const detail = await detailOf(app, id)
  const names = detail.tags.map(({ name, source }) => `${source}: ${name}`)
  expect(names).toEqual(expect.arrayContaining(['person: mine', 'openai: quay']))
  expect(names).not.toContain('openai: harbour')
  expect(detail).toMatchObject({ description: 'Second.', analysis: { analyser: 'openai' } })
})

test('pictures leave this computer small and without a word of what the file knows', async () => {
  const { app, server, run } = await startDescribing({ pictures: 0 })
  const folder = await makeTempFolder('camera')
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 15/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 33/1 0/1' }
  const photo = hills(2600, 1700, 9).withExif({ IFD0: { Artist: 'Ada Painter', Make: 'A Camera' }, IFD3: gps })
  await put(folder, 'photo.jpg', await photo.withIccProfile('p3').jpeg().toBuffer())
  const { entries } = await importFolder(app, folder)
  await untilRun(app, await run({ mediaIds: [entries[0]?.mediaId as number] }), 'completed')
  const { picture } = server.asked.at(-1) ?? {}
  expect(picture?.mimeType).toBe('image/jpeg')
  const sent = await sharp(picture?.bytes).metadata()
  expect([sent.width, sent.height]).toEqual([1536, 1004])
  expect([sent.exif, sent.icc, sent.xmp, sent.iptc]).toEqual([undefined, undefined, undefined, undefined])
  expect(picture?.bytes.toString('latin1')).not.toMatch(/Exif|Ada|Camera|GPS|ICC_PROFILE/)
})

test('the key is in no table, log, event or answer', async () => {
  const describing = await startDescribing({ pictures: 2 })
  const { server, run } = describing
  const { app } = describing
  const said: unknown[] = []
  app.subscribe(event => said.push(event))
  await untilRun(app, await run(), 'completed')
  said.push(await app.handlers['analysis.overview']({}), await app.handlers['prompts.list']({}))
  said.push(await app.handlers['analysis.trial']({ mediaIds: [999], apiKey: `${server.key}x` }))
  const failed = async () => app.handlers['analysis.models']({ apiKey: 'sk-wrong-9876543210' })
  await failed().catch((cause: unknown) => said.push(inspect(cause, { depth: 9, showHidden: true })))
  await app.stop()
  const { database, jobs } = app.library.layout
  const files = [database, jobs].flatMap(path => [path, `${path}-wal`]).filter(existsSync)
  for (const path of files) expect(readFileSync(path).includes(server.key), path).toBe(false)
  expect(inspect(said, { depth: 9, maxStringLength: null })).not.toMatch(/sk-test-0123|9876543210/)
})

test('nothing begins without a model, a key or a picture, and it says what to do', async () => {
  const { app, server, set, run } = await startDescribing({ pictures: 1, apiKey: null })
  expect(await app.handlers['analysis.overview']({})).toMatchObject({ keyFrom: null })
  await expect(run()).rejects.toMatchObject({ code: 'analyser-unavailable', message: /key/ })
  await set({}, server.key)
  await expect(run({ mediaIds: [4711] })).rejects.toMatchObject({ code: 'conflict' })
  await expect(run({ promptId: 4711 })).rejects.toMatchObject({ code: 'not-found' })
  await set({ analyser: 'builtin' })
  await expect(run()).rejects.toMatchObject({ code: 'analyser-unavailable', message: /model/ })
  await expect(set({ analyser: 'compatible', baseUrl: 'ftp://x' })).rejects.toMatchObject({ code: 'bad-input' })
  await set({ analyser: 'openai' }, '')
  await expect(run()).rejects.toMatchObject({ code: 'analyser-unavailable', message: /key/ })
  expect(await app.handlers['analysis.overview']({})).toMatchObject({ runs: [] })
})

test('all that is not described can be chosen, and a filter', async () => {
  const { app, server, mediaIds, run } = await startDescribing({ pictures: 5 })
  await untilRun(app, await run({ mediaIds: mediaIds.slice(0, 2) }), 'completed')
  const undescribed = { chosen: { isUndescribed: true } as const }
  expect(await app.handlers['analysis.estimate'](undescribed)).toMatchObject({ pictures: 3, reused: 0 })
  const { runId } = await app.handlers['analysis.run'](undescribed)
  expect(countsOfRun(await untilRun(app, runId, 'completed'))).toMatchObject({ total: 3, done: 3 })
  await expect(app.handlers['analysis.run'](undescribed)).rejects.toMatchObject({ code: 'conflict' })
  const filtered = { chosen: { filter: { text: '003' } } }
  expect(await app.handlers['analysis.estimate'](filtered)).toMatchObject({ pictures: 1, reused: 1 })
  expect(await app.handlers['analysis.estimate']({ chosen: { filter: {} } })).toMatchObject({ pictures: 5, reused: 5 })
  expect(server.answers.count).toBe(5)
})

test('an estimate is near what a run costs, and half of it by batch', async () => {
  const { app, mediaIds, run } = await startDescribing({ pictures: 3 })
  const estimate = await app.handlers['analysis.estimate']({ chosen: { mediaIds } })
  expect(estimate).toMatchObject({ pictures: 3, reused: 0, notice: null })
  expect(estimate.batchUsd).toBeCloseTo((estimate.usd as number) / 2, 9)
  const ended = await untilRun(app, await run(), 'completed')
  expect(ended.estimateUsd).toBeCloseTo(estimate.usd as number, 9)
  expect(ended.spentUsd / (estimate.usd as number)).toBeGreaterThan(0.1)
  expect(ended.spentUsd / (estimate.usd as number)).toBeLessThan(3)
})

test('a key can come from a variable, and a server of one’s own needs none and gets none of OpenAI’s', async () => {
  const openai = await startDescribing({ pictures: 1, apiKey: null })
  const { url } = openai.server
  const google = { environment: { OPENAI_API_KEY: openai.server.key }, openBrowser: async () => {} }
  const { createMemoryStore } = await import('../../src/main/accounts/index.ts')
  const openSecrets = async () => ({ store: createMemoryStore(), notice: 'Not kept.' })
  const app = await startApp({ google: { ...google, openSecrets }, analysis: { openAiUrl: url } })
  const { settings } = await app.handlers['analysis.overview']({})
  await app.handlers['analysis.save']({ settings: { ...settings, analyser: 'openai', model: testModel } })
  expect(await app.handlers['analysis.overview']({})).toMatchObject({ keyFrom: 'environment', notice: 'Not kept.' })
  const { models } = await app.handlers['analysis.models']({})
  expect(models).toContain(testModel)
  const { entries } = await importFolder(app, await makePictures({ 'a.png': 71 }))
  const own = { ...settings, analyser: 'compatible' as const, baseUrl: url, model: testModel }
  await app.handlers['analysis.save']({ settings: own })
  const { runId } = await app.handlers['analysis.run']({ chosen: { mediaIds: [entries[0]?.mediaId as number] } })
  // This server wants a key, and was not given the one for OpenAI.
  expect(await untilRun(app, runId, 'paused')).toMatchObject({ message: /key/i })
  expect(openai.server.asked.at(-1)?.path).toBe('/v1/chat/completions')
  expect(openai.server.asked.at(-1)?.headers.authorization ?? '').not.toContain(openai.server.key)
})
