import { describe, expect, it } from 'vitest'
import type { MediaDetail, Suggestion } from '../../../src/renderer/src/lib/contract.ts'
import {
  afterDecision,
  confirmedTags,
  currentOf,
  inShownOrder,
  keyAfter,
  keyOf,
  sourceLine,
} from '../../../src/renderer/src/lib/suggested.ts'

const tag = (value: string, confidence = 0.5): Suggestion => ({ field: 'tag', value, source: 'builtin', confidence })
const style: Suggestion = { field: 'style', value: 'Woodcut', source: 'openai', confidence: null }
const description: Suggestion = { field: 'description', value: 'A boat.', source: 'openai', confidence: null }

const media = {
  description: 'A boat.',
  words: { mood: 'Calm' },
  suggestions: [description, style, tag('boat'), tag('sea')],
  tags: [
    { name: 'boat', source: 'builtin', confidence: 0.5 },
    { name: 'sea', source: 'builtin', confidence: 0.5 },
    { name: 'mine', source: 'person', confidence: null },
  ],
} as unknown as MediaDetail

describe('what the keys act on', () => {
  const shown = inShownOrder(media.suggestions)

  it('goes from top to bottom as the inspector shows it', () => {
    expect(shown.map(each => each.value)).toEqual(['A boat.', 'boat', 'sea', 'Woodcut'])
  })

  it('is the one chosen, or the first where that is gone', () => {
    expect(currentOf(shown, keyOf(tag('sea')))?.value).toBe('sea')
    expect(currentOf(shown, 'tag whale')?.value).toBe('A boat.')
    expect(currentOf(shown, null)?.value).toBe('A boat.')
    expect(currentOf([], null)).toBeUndefined()
  })

  it('moves on to the next, and at the end to the one before', () => {
    expect(keyAfter(shown, tag('boat'))).toBe(keyOf(tag('sea')))
    expect(keyAfter(shown, style)).toBe(keyOf(tag('sea')))
    expect(keyAfter([style], style)).toBeNull()
  })
})

describe('a picture as it will be', () => {
  it('has a confirmed tag as the person’s, and no suggestion of it', () => {
    const after = afterDecision(media, 'confirm', tag('boat'))
    expect(confirmedTags(after)).toEqual(['boat', 'mine'])
    expect(after.suggestions.map(each => each.value)).toEqual(['A boat.', 'Woodcut', 'sea'])
  })

  it('has no trace of a rejected tag', () => {
    const after = afterDecision(media, 'reject', tag('sea'))
    expect(after.tags.map(each => each.name)).toEqual(['boat', 'mine'])
    expect(after.description).toBe('A boat.')
  })

  it('has the person’s words when all is confirmed, and keeps those that were theirs', () => {
    const after = afterDecision(media, 'confirm')
    expect(after.words).toEqual({ mood: 'Calm', description: 'A boat.', style: 'Woodcut' })
    expect(after.suggestions).toEqual([])
  })

  it('shows no description when that is rejected', () => {
    expect(afterDecision(media, 'reject', description).description).toBeNull()
    expect(afterDecision(media, 'reject').tags.map(each => each.name)).toEqual(['mine'])
  })

  it('is not changed by what is not suggested', () => {
    expect(afterDecision(media, 'confirm', tag('whale')).words).toEqual(media.words)
    expect(afterDecision(media, 'confirm', tag('whale')).suggestions).toEqual(media.suggestions)
  })
})

describe('who suggests it', () => {
  it('is told with how sure it is, where that is known', () => {
    expect(sourceLine(tag('boat', 0.876))).toBe('from file and colours, 88 % sure')
    expect(sourceLine(style)).toBe('by openai')
  })
})
