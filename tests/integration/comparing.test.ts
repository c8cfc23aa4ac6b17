import { expect, test } from 'vitest'
import { detailOf, type TestApp } from '../support/app.ts'
import { passSleep, startDescribing } from '../support/describing.ts'
import { openBeside } from '../support/library.ts'
import { ApiError } from '../support/openai-server/api-error.ts'
import { faults } from '../support/openai-server/index.ts'

const embeddingModel = 'text-embedding-3-small'

const meaning = (app: TestApp, id: number) => app.handlers['media.similar']({ id, by: 'meaning', limit: 10 })
const charged = (app: TestApp) =>
  openBeside(app.library)
    .prepare<[], { usd: number; isSettled: number }>(
      `SELECT usd, is_settled AS isSettled FROM charges WHERE purpose = 'embedding'`,
    )
    .all()

/** Waits until all descriptions are compared, or the work stands still. */
async function untilCompared(app: TestApp): Promise<void> {
  await expect.poll(() => app.library.embeddings.countDue(), { timeout: 20_000 }).toBe(0)
}

test('without a model nothing is asked, and the notice says what to do', async () => {
  const { app, mediaIds } = await startDescribing()
  expect(await meaning(app, mediaIds[0] as number)).toEqual({
    items: [],
    notice: 'Choose a model that compares descriptions, under Descriptions.',
  })
  expect(charged(app)).toEqual([])
})

test('descriptions are compared when a model is set; what it costs is in the books', async () => {
  const { app, mediaIds, set } = await startDescribing({ pictures: 4 })
  const [first, second, third, fourth] = mediaIds as [number, number, number, number]
  app.library.words.set([first], 'description', 'A harbour in winter with fishing boats in the snow')
  app.library.words.set([second], 'description', 'A harbour in winter with fishing boats in the ice')
  app.library.words.set([third], 'description', 'Portrait of a grandmother knitting')
  app.library.words.set([fourth], 'description', 'Portrait of a grandmother reading')
  await set({ embeddingModel })
  await untilCompared(app)
  const { items, notice } = await meaning(app, first)
  expect(items[0]?.id).toBe(second)
  expect(items[0]?.likeness).toBeGreaterThan(items[1]?.likeness ?? 0)
  expect(notice).toBeNull()
  const charges = charged(app)
  expect(charges.length).toBeGreaterThan(0)
  expect(charges.some(({ usd }) => usd > 0)).toBe(true)
  expect(charges.every(({ isSettled }) => isSettled === 1)).toBe(true)
})

test('what a person says later is compared by itself, and only that is asked again', async () => {
  const { app, mediaIds, set } = await startDescribing()
  await set({ embeddingModel })
  await untilCompared(app)
  const rowsBefore = openBeside(app.library).prepare('SELECT * FROM embeddings ORDER BY media_id').all()
  await app.handlers['words.set']({ mediaIds: [mediaIds[0] as number], field: 'mood', value: 'Calm' })
  await untilCompared(app)
  const rows = openBeside(app.library).prepare('SELECT * FROM embeddings ORDER BY media_id').all()
  expect(rows).toHaveLength(rowsBefore.length)
  expect(rows.slice(1)).toEqual(rowsBefore.slice(1))
  expect(rows[0]).not.toEqual(rowsBefore[0])
  expect((await detailOf(app, mediaIds[0] as number)).words).toEqual({ mood: 'Calm' })
})

test('a key that is refused stops the work quietly, with a notice; a right one sets it going', async () => {
  const { app, server, mediaIds, set } = await startDescribing({ apiKey: 'wrong', settings: { embeddingModel } })
  await expect.poll(async () => (await meaning(app, mediaIds[0] as number)).notice, { timeout: 20_000 }).toMatch(/key/)
  expect(app.library.embeddings.countDue()).toBeGreaterThan(0)
  await set({}, server.key)
  await untilCompared(app)
  expect((await meaning(app, mediaIds[0] as number)).notice).toBeNull()
})

test('a cap for the day that is reached is told, and nothing is paid above it', async () => {
  const { app, mediaIds, set } = await startDescribing({ settings: { embeddingModel, dayCapUsd: 0 } })
  const notice = async () => (await meaning(app, mediaIds[0] as number)).notice
  await expect.poll(notice, { timeout: 20_000 }).toMatch(/cap for a day/)
  expect(charged(app)).toEqual([])
  await set({ dayCapUsd: 1 })
  await untilCompared(app)
  expect(await notice()).toBeNull()
  expect(charged(app).some(({ usd }) => usd > 0)).toBe(true)
})

test('a server that fails for a while is waited for, and said', async () => {
  const { app, server, mediaIds, set } = await startDescribing()
  server.failNext(faults.serverError(503), { when: ({ path }) => path === '/v1/embeddings' })
  await set({ embeddingModel })
  const notice = async () => (await meaning(app, mediaIds[0] as number)).notice
  await expect.poll(notice, { timeout: 20_000 }).toMatch(/tries again by itself/)
  await passSleep(10_000)
  await untilCompared(app)
  expect(await notice()).toBeNull()
})

test('one text that the server will not take does not keep the others from it', async () => {
  const { app, server, mediaIds, set } = await startDescribing()
  const [first, second, third] = mediaIds as [number, number, number]
  app.library.words.set([second], 'description', 'Unspeakable')
  const tooLong: Parameters<typeof server.failNext>[0] = {
    kind: 'error',
    error: new ApiError(400, { message: 'This input is too long.', type: 'invalid_request_error' }),
  }
  const isWithIt = ({ texts }: { texts: string[] }) => texts.some(text => text.includes('Unspeakable'))
  server.failNext(tooLong, { times: 2, when: asked => asked.path === '/v1/embeddings' && isWithIt(asked) })
  await set({ embeddingModel })
  await untilCompared(app)
  expect((await meaning(app, first)).items.map(({ id }) => id)).not.toContain(second)
  expect((await meaning(app, third)).notice).toBeNull()
  expect((await meaning(app, second)).items).toEqual([])
})
