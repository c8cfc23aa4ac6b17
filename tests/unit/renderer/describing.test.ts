import { describe, expect, it } from 'vitest'
import { promptVariables as filledVariables } from '../../../src/main/analysis/openai/prompt.ts'
import { differs } from '../../../src/renderer/src/features/describing/draft.ts'
import { capped, factsOfResult, tagsOf } from '../../../src/renderer/src/features/describing/model-text.ts'
import {
  promptVariables,
  variableTrouble,
  withVariable,
} from '../../../src/renderer/src/features/describing/prompt-variables.ts'
import { freeName } from '../../../src/renderer/src/features/describing/prompts-part.tsx'
import {
  progressOf,
  recipeLine,
  spendOf,
  spentLine,
  titleOf,
} from '../../../src/renderer/src/features/describing/run-lines.ts'
import { costLine } from '../../../src/renderer/src/features/describing/trial-card.tsx'
import { factsOf } from '../../../src/renderer/src/features/inspector/facts.ts'
import { chosenOf } from '../../../src/renderer/src/features/library/grid/chosen.ts'
import type {
  AnalysisOverview,
  AnalysisRun,
  AnalysisSettings,
  Estimate,
  MediaDetail,
} from '../../../src/renderer/src/lib/contract.ts'
import {
  batchPrice,
  livePrice,
  parseUsd,
  picturesLine,
  pricesLine,
} from '../../../src/renderer/src/ui/estimate-lines.ts'
import { withWords } from '../../../src/renderer/src/ui/token-input.tsx'
import { statusOf } from '../../../src/shared/describing-words.ts'
import { formatUsd } from '../../../src/shared/money.ts'

const settings: AnalysisSettings = {
  analyser: 'openai',
  baseUrl: '',
  model: 'gpt-5-mini',
  detail: 'low',
  language: 'English',
  promptId: null,
  vocabulary: { media: [], series: [], subjects: [] },
  isAutomatic: false,
  usesBatch: false,
  dayCapUsd: 5,
  runCapUsd: null,
  embeddingModel: '',
  ownPrice: null,
}

const run = (part: Partial<AnalysisRun> = {}): AnalysisRun => ({
  id: 1,
  kind: 'chosen',
  lane: 'live',
  model: 'gpt-5-mini',
  promptName: 'Studio notes',
  state: 'running',
  message: null,
  total: 312,
  done: 116,
  reused: 40,
  failed: 4,
  estimateUsd: 0.5,
  spentUsd: 0.12,
  capUsd: null,
  picturesPerMinute: 13.7,
  secondsLeft: 840,
  startedAt: '2026-11-26T09:00:00Z',
  finishedAt: null,
  ...part,
})

const overview = (runs: AnalysisRun[], part: Partial<AnalysisOverview> = {}): AnalysisOverview => ({
  settings,
  keyFrom: 'keychain',
  notice: null,
  spentTodayUsd: 0.42,
  spentMonthUsd: 13.1,
  described: 116,
  undescribed: 192,
  failed: 4,
  runs,
  ...part,
})

describe('amounts of money', () => {
  it('have two digits that say something, however little they are', () => {
    expect([0, 0.00002, 0.00042, 0.0042157, 0.0419, 0.1, 0.425, 0.996, 1.2, 1204.5].map(formatUsd)).toEqual([
      '$0',
      '< $0.0001',
      '$0.00042',
      '$0.0042',
      '$0.042',
      '$0.10',
      '$0.43',
      '$1.00',
      '$1.20',
      '$1,204.50',
    ])
  })

  it('are read as people type them; nothing is no amount, nonsense is none that can be read', () => {
    expect(['1.50', '$ 2', '0,5', '', '  '].map(parseUsd)).toEqual([1.5, 2, 0.5, null, null])
    expect(['abc', '-1', '1.2.3', '1e9', '99999999'].map(parseUsd)).toEqual(Array(5).fill(undefined))
  })
})

describe('a run in words', () => {
  it('says how far it is, how fast, and how long still', () => {
    expect(progressOf(run())).toBe('Working on 120 of 312 · 14 a minute · 14 min left')
    expect(progressOf(run({ picturesPerMinute: null, secondsLeft: null }))).toBe('Working on 120 of 312')
    expect(progressOf(run({ state: 'paused' }))).toBe('120 of 312 done')
  })

  it('says how it ended', () => {
    expect(progressOf(run({ state: 'completed', done: 308 }))).toBe('308 described, 40 of them answered before')
    expect(progressOf(run({ state: 'cancelled', reused: 0, failed: 0 }))).toBe('116 described, 196 left out')
  })

  it('sets what it cost against its cap, else against the estimate', () => {
    expect(spendOf(run({ capUsd: 1 }))).toBe('$0.12 of a cap of $1.00')
    expect(spendOf(run())).toBe('$0.12 of about $0.50')
    expect(spendOf(run({ state: 'completed', capUsd: 1 }))).toBe('$0.12 spent')
  })

  it('is named by what it is about and how it asks', () => {
    expect([titleOf(run({ kind: 'automatic' })), titleOf(run({ total: 1 }))]).toEqual(['New pictures', '1 picture'])
    expect(recipeLine(run({ lane: 'batch' }))).toBe('gpt-5-mini · Studio notes · half price')
  })
})

describe('the line at the foot of the window', () => {
  it('counts what runs now and says what was spent today', () => {
    const runs = [run(), run({ id: 2, state: 'waiting', total: 9000 })]
    expect(statusOf(overview(runs))).toBe('Describing 120 of 312 · $0.42 today')
  })

  it('says that it stands still', () => {
    expect(statusOf(overview([run({ state: 'paused' })]))).toBe('Descriptions paused: 120 of 312 · $0.42 today')
  })

  it('is empty where nothing is under way', () => {
    expect(statusOf(overview([run({ state: 'completed' })]))).toBeNull()
  })

  it('sets the day against its cap', () => {
    expect(spentLine(overview([]))).toBe('Today $0.42 of $5.00 · this month $13.10')
    expect(spentLine(overview([], { settings: { ...settings, dayCapUsd: null } }))).toBe(
      'Today $0.42 · this month $13.10',
    )
  })
})

describe('an estimate', () => {
  const estimate = (part: Partial<Estimate>): Estimate => ({
    pictures: 312,
    reused: 0,
    usd: 0.5,
    batchUsd: 0.25,
    pricesOf: '2026-11',
    inputTokens: 0,
    outputTokens: 0,
    notice: null,
    ...part,
  })

  it('says how many pictures, and which of them cost nothing', () => {
    expect(picturesLine(estimate({}))).toBe('312 pictures.')
    expect(picturesLine(estimate({ reused: 1 }))).toBe('312 pictures. 1 of them was answered before and costs nothing.')
    expect(picturesLine(estimate({ reused: 312 }))).toBe('312 pictures, all answered before: that costs nothing.')
    expect(picturesLine(estimate({ pictures: 0 }))).toBe('No pictures to describe.')
  })

  it('has a price, none, or an unknown one', () => {
    expect(livePrice(estimate({}))).toBe('about $0.50')
    expect(livePrice(estimate({ usd: 0 }))).toBe('free')
    expect(pricesLine(estimate({}))).toBe("By OpenAI's prices of November 2026.")
    expect(pricesLine(estimate({ pricesOf: null }))).toBeNull()
    expect(batchPrice(estimate({ batchUsd: null }))).toBe('unknown')
  })
})

describe('a prompt', () => {
  it('may hold every variable there is, and no other', () => {
    const text = promptVariables.map(({ name }) => `{{${name}}} {{ ${name} }}`).join('\n')
    expect(variableTrouble(text)).toBeNull()
    expect(variableTrouble('Describe {{medium}}')).toBe('There is no {{medium}}. Take one of the variables below.')
    expect(variableTrouble('no braces { language }')).toBeNull()
  })

  it('has the variables that are filled in, and no other', () => {
    expect(promptVariables.map(({ name }) => name).toSorted()).toEqual(filledVariables.toSorted())
  })

  it('gets a variable where the cursor is, in place of what is selected', () => {
    expect(withVariable('Write in X.', 'language', 9, 10)).toEqual({ text: 'Write in {{language}}.', cursor: 21 })
  })

  it('gets a name no other has', () => {
    const prompts = [{ name: 'New prompt' }, { name: 'New prompt 2' }]
    expect(freeName('New prompt', prompts)).toBe('New prompt 3')
    expect(freeName('x'.repeat(100), [])).toHaveLength(70)
  })
})

describe('a list of words', () => {
  const limits = { words: 4, length: 10 }

  it('takes a pasted list, each word once whatever its capitals, up to its limits', () => {
    expect(withWords(['Linocut'], ' linocut, Ink  on paper;Oil\nGouache, Too many', limits)).toEqual([
      'Linocut',
      'Ink on pap',
      'Oil',
      'Gouache',
    ])
  })
})

describe('what a model wrote', () => {
  it('is shown as it is, but not endlessly', () => {
    const tags = Array.from({ length: 100 }, (_, i) => `tag ${i % 50}`)
    const result = { description: 'x'.repeat(5000), tags, content: 'y'.repeat(900), mood: '' }
    expect(capped(result.description)).toBe(`${'x'.repeat(1200)} …`)
    expect(tagsOf(result)).toHaveLength(40)
    expect(factsOfResult(result)).toEqual([['Content', `${'y'.repeat(300)} …`]])
  })

  it('has a price and a duration', () => {
    const usage = { model: 'm', inputTokens: 1, cachedTokens: 0, outputTokens: 1, costUsd: 0.0042, latencyMs: 1830 }
    const trial = { mediaId: 1, result: null, failure: null, usage, isReused: false }
    expect(costLine(trial)).toBe('$0.0042 · 1.8 s · m')
    expect(costLine({ ...trial, usage: { ...usage, costUsd: null } })).toBe('Price not known · 1.8 s · m')
    expect(costLine({ ...trial, isReused: true })).toBe('Answered before: costs nothing')
  })

  it('is named in the inspector with its model, prompt, price and duration', () => {
    const usage = { model: 'm', inputTokens: 1, cachedTokens: 0, outputTokens: 1, costUsd: 0, latencyMs: 950 }
    const analysis = { analyser: 'compatible', version: 'abc', createdAt: '2026', promptName: 'Notes', usage }
    const media = {
      video: null,
      otherPaths: [],
      keywords: [],
      keptIn: [],
      words: {},
      analysis: { ...analysis, failure: null, result: null },
    }
    const group = factsOf(media as unknown as MediaDetail).find(({ title }) => title === 'Analysis')
    expect(group?.facts.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'By: compatible',
      'Model: m',
      'Prompt: Notes',
      'Cost: Free',
      'Took: 0.9 s',
      'On: 2026',
    ])
  })
})

describe('settings', () => {
  it('differ by what is in them and not by which object they are', () => {
    expect(differs(settings, structuredClone(settings))).toBe(false)
    expect(differs(settings, { ...settings, vocabulary: { ...settings.vocabulary, media: ['Oil'] } })).toBe(true)
  })
})

describe('what is selected', () => {
  const list = (total: number) => ({
    view: { filter: { text: 'boat' } },
    total,
    idsIn: async () => Array.from({ length: total }, (_, i) => i + 1),
  })

  it('is named, or is all that the filter shows, or all but some', async () => {
    expect(await chosenOf({ kind: 'some', ids: new Set([3, 1]) }, list(9))).toEqual({ mediaIds: [3, 1] })
    expect(await chosenOf({ kind: 'all', except: new Set() }, list(9))).toEqual({ filter: { text: 'boat' } })
    expect(await chosenOf({ kind: 'all', except: new Set([2]) }, list(3))).toEqual({ mediaIds: [1, 3] })
  })

  it('is too much to name above 10,000', async () => {
    await expect(chosenOf({ kind: 'all', except: new Set([2]) }, list(10_002))).rejects.toThrow('at most 10,000')
  })
})
