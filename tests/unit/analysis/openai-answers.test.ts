import { expect, test } from 'vitest'
import { answerSchema, readAnswer } from '../../../src/main/analysis/openai/answer.ts'
import type { Usage } from '../../../src/main/analysis/port.ts'
import { noVocabulary } from '../../support/model.ts'
import { assertStrictSchema } from '../../support/openai-server/strict-schema.ts'

const usage: Usage = { model: 'm', inputTokens: 9, cachedTokens: 0, outputTokens: 3, costUsd: 0.1, latencyMs: 5 }
const vocabulary = { media: ['oil on canvas', 'ink'], series: ['Night Walks'], subjects: ['Harbour', 'window'] }

const answer = (more: object = {}) => ({
  description: 'A harbour at night.',
  content: 'boats',
  tags: [{ name: 'harbour', confidence: 0.9 }],
  style: null,
  colors: null,
  subjects: null,
  mood: null,
  ...more,
})
const read = (value: unknown, words = noVocabulary) =>
  readAnswer(typeof value === 'string' ? value : JSON.stringify(value), words, usage)

test('asks for a root object with every field required, as strict mode wants it', () => {
  for (const words of [noVocabulary, vocabulary]) {
    const schema = answerSchema(words)
    expect(() => assertStrictSchema('analysis', schema, 'text')).not.toThrow()
    expect(schema.required).toEqual(Object.keys(schema.properties as object))
  }
  expect(Object.keys(answerSchema(noVocabulary).properties as object)).not.toContain('medium')
})

test('lets the model choose from the words of the artist, or from none', () => {
  const properties = answerSchema(vocabulary).properties as Record<string, unknown>
  const choice = (words: string[]) => ({ anyOf: [{ type: 'string', enum: words }, { type: 'null' }] })
  expect(properties.medium).toEqual(choice(['ink', 'oil on canvas']))
  expect(properties.series).toEqual(choice(['Night Walks']))
  const { result } = read(answer({ medium: 'ink', series: null, subjects: ['Harbour'] }), vocabulary)
  expect(result).toMatchObject({ medium: 'ink', subjects: ['Harbour'] })
  expect(result).not.toHaveProperty('series')
})

test.each([
  ['a medium that is not in the list', { medium: 'acrylic', series: null }],
  ['a subject that is not in the list', { medium: null, series: null, subjects: ['sea'] }],
  ['a series in another spelling', { medium: null, series: 'night walks' }],
])('refuses %s', (_, more) => {
  expect(() => read(answer(more), vocabulary)).toThrow(expect.objectContaining({ code: 'invalid', usage }))
})

test.each([
  ['text', 'A harbour.'],
  ['half of an object', '{"description":"A har'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '7'],
  ['an object of another shape', { analysis: answer() }],
  ['tags that are numbers', answer({ tags: [1, 2] })],
  ['no description', answer({ description: ' \u200B ' })],
  ['a description that is none', answer({ description: 7 })],
])('refuses %s, and says what it cost', (_, value) => {
  expect(() => read(value)).toThrow(expect.objectContaining({ code: 'invalid', usage }))
})

test('cuts, cleans, lower-cases and sorts what is said', () => {
  const { result, tags } = read(
    answer({
      description: `Two\u202E boats.\n\n${'x'.repeat(3000)}`,
      content: 'y'.repeat(3000),
      tags: [
        { name: ' #Boats ', confidence: 0.4 },
        { name: 'boats', confidence: 0.7 },
        { name: 'NIGHT', confidence: 85 },
        { name: 'sea', confidence: -3 },
        { name: 'z'.repeat(61), confidence: 1 },
        { name: '…', confidence: 1 },
        ...Array.from({ length: 40 }, (_, index) => ({ name: `tag ${index}`, confidence: 0.2 })),
      ],
      colors: ['Deep Blue', 'deep blue', ''],
      mood: '\u0000calm\u2066',
    }),
  )
  expect(result.description).toMatch(/^Two boats\. x+…$/)
  expect(result.description).toHaveLength(1000)
  expect(result.content).toHaveLength(500)
  expect(tags).toHaveLength(20)
  expect(tags.slice(0, 3)).toEqual([
    { name: 'night', origin: 'model', confidence: 1 },
    { name: 'boats', origin: 'model', confidence: 0.7 },
    { name: 'tag 0', origin: 'model', confidence: 0.2 },
  ])
  expect(result).toMatchObject({ colors: ['deep blue'], mood: 'calm' })
  expect(result).not.toHaveProperty('style')
  expect(result).not.toHaveProperty('subjects')
})

test('understands models that think aloud, wrap their answer, or name tags alone', () => {
  const { style, ...bare } = answer({ tags: ['Boat', { name: 'sea', confidence: 0.9 }] })
  const { tags } = read(`<think>What is it? {"a":1}</think>\n\`\`\`json\n${JSON.stringify(bare)}\n\`\`\``)
  expect(tags.map(({ name, confidence }) => [name, confidence])).toEqual([
    ['sea', 0.9],
    ['boat', 0.5],
  ])
})
