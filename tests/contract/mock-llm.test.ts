import OpenAI from 'openai'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startMockLlm } from '../support/mock-llm.ts'

async function start(answers: Parameters<typeof startMockLlm>[0]['answers']) {
  const server = await startMockLlm({ answers })
  onTestFinished(() => server.close())
  return new OpenAI({ apiKey: 'none', baseURL: server.url, maxRetries: 0 })
}

const ask = (client: OpenAI, model: string, image = 'QUJD') =>
  client.chat.completions.create({
    model,
    messages: [
      { role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/jpeg;base64,${image}` } }] },
    ],
  })

test('answers Chat Completions by rules', async () => {
  const client = await start([{ says: { title: 'Sea "one"' } }, { when: "body.model == 'odd'", says: 'no JSON {' }])
  const usual = await ask(client, 'llava')
  expect(JSON.parse(usual.choices[0]?.message.content ?? '')).toEqual({ title: 'Sea "one"' })
  expect(usual.model).toBe('llava')
  expect((await ask(client, 'odd')).choices[0]?.message.content).toBe('no JSON {')
  expect((await client.models.list()).data).toMatchObject([{ id: 'mock-llm' }])
})

test('knows no Responses and no large pictures', async () => {
  const client = await start([{ says: 'yes' }])
  await expect(client.responses.create({ model: 'llava', input: 'Hello' })).rejects.toMatchObject({ status: 404 })
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => complained.mockRestore())
  await expect(ask(client, 'llava', 'A'.repeat(110_000))).rejects.toMatchObject({ status: 413 })
})
