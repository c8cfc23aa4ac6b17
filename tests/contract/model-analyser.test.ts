import { afterAll, beforeAll, describe } from 'vitest'
import { createModelAnalyser, type Recipe } from '../../src/main/analysis/index.ts'
import { type MockLlm, startMockLlm } from '../support/mock-llm.ts'
import { aModel, aRecipe, defaultPrompt } from '../support/model.ts'
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server/index.ts'
import { describeAnalyserContract } from './analyser.contract.ts'

/** Asks for all there is to know of a file, so that all of it is sent. */
const prompt = `${defaultPrompt}\n{{filename}} {{folders}} {{title}} {{caption}} {{keywords}} {{taken}} {{size}} {{media}}`
const recipe: Recipe = aRecipe({ prompt })

const everywhere = (text: string) => ({
  description: text,
  content: text,
  tags: [
    { name: text, confidence: 1e308 },
    { name: `${text} again`, confidence: -1 },
    { name: 'sea', confidence: 0.8 },
  ],
  style: text,
  colors: [text, text],
  subjects: [text, `${text}!`],
  mood: text,
  admin: true,
})

for (const protocol of ['responses', 'chat'] as const) {
  describe(`over ${protocol}`, () => {
    let server: OpenAiServer
    beforeAll(async () => {
      server = await startOpenAiServer()
    })
    afterAll(() => server.close())
    describeAnalyserContract(
      `A model over ${protocol}`,
      () => createModelAnalyser(aModel(server, { protocol, recipe })),
      { sayEverywhere: text => server.answerWith(everywhere(text)) },
    )
  })
}

describe('over a server of Chat Completions that others wrote', () => {
  let server: MockLlm
  beforeAll(async () => {
    server = await startMockLlm({ answers: [{ says: everywhere('A boat on a quiet lake.') }] })
  })
  afterAll(() => server.close())
  describeAnalyserContract('A model over mock-llm', () =>
    createModelAnalyser(aModel({ url: server.url, key: '' }, { protocol: 'chat', apiKey: null, recipe })),
  )
})
