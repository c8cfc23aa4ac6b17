import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from '@dwmkerr/mock-llm/dist/server.js'
import { vi } from 'vitest'

export interface MockAnswer {
  /** JMESPath on `{ body, headers, method, path, query }`, such as `body.model == 'llava'`; every request when left out. */
  when?: string
  /** What the model says: a value for JSON, or a text as it is. */
  says: unknown
}

export interface MockLlm {
  /** What a client is given as its base address. */
  url: string
  close(): Promise<void>
}

/**
 * `@dwmkerr/mock-llm`: a server of Chat Completions that others wrote. It takes any key and any model, knows no Responses,
 * files, batches or embeddings, and refuses bodies over 100 kB (413), so pictures for it must be small.
 * @param answers the last that fits answers.
 */
export async function startMockLlm({ answers }: { answers: MockAnswer[] }): Promise<MockLlm> {
  const rules = [modelsRule, ...answers.map(ruleFor)]
  // It tells of every request there.
  const console = vi.spyOn(globalThis.console, 'log').mockImplementation(() => {})
  const app = createServer({ streaming: { chunkSize: 50, chunkIntervalMs: 0 }, rules }, '127.0.0.1', 0)
  const server = await new Promise<Server>(resolve => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
      console.mockRestore()
    },
  }
}

const modelsRule = {
  path: '^/v1/models$',
  method: 'GET',
  response: { status: 200, content: JSON.stringify({ object: 'list', data: [{ id: 'mock-llm', object: 'model' }] }) },
}

function ruleFor({ when = '@', says }: MockAnswer) {
  const content = typeof says === 'string' ? says : JSON.stringify(says)
  const completion = {
    id: 'chatcmpl-{{timestamp}}',
    object: 'chat.completion',
    created: 0,
    model: '{{jmes request body.model}}',
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 },
  }
  return {
    path: '^/v1/chat/completions$',
    method: 'POST',
    match: when,
    response: { status: 200, content: JSON.stringify(completion) },
  }
}
