import { expect, test } from 'vitest'
import { describingLine, endLine, estimateLines, overviewLines } from '../../../src/main/cli/describing-lines.ts'
import type { AnalysisOverview, AnalysisRun, Estimate } from '../../../src/shared/analysis.ts'

const run: AnalysisRun = {
  id: 12,
  kind: 'chosen',
  lane: 'batch',
  model: 'gpt-5-mini',
  promptName: 'Notes',
  state: 'running',
  message: null,
  total: 8121,
  done: 1200,
  reused: 40,
  failed: 4,
  estimateUsd: 3,
  spentUsd: 0.42,
  capUsd: 1,
  picturesPerMinute: 41.6,
  secondsLeft: 600,
  startedAt: '2026-11-26T09:00:00Z',
  finishedAt: null,
}

const estimate: Estimate = {
  pictures: 312,
  reused: 40,
  usd: 0.5,
  batchUsd: 0.25,
  pricesOf: null,
  inputTokens: 1,
  outputTokens: 1,
  notice: 'The cap of the day will stop it.',
}

const overview: AnalysisOverview = {
  settings: {
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
  },
  keyFrom: 'environment',
  notice: null,
  spentTodayUsd: 0.42,
  spentMonthUsd: 13.1,
  described: 1204,
  undescribed: 6917,
  failed: 4,
  runs: [{ ...run, state: 'paused', message: 'The account has no credit left.' }],
}

test('an estimate says how many pictures, how many are answered, both prices, and what stands in the way', () => {
  expect(estimateLines(estimate)).toEqual([
    '312 pictures, 40 of them answered before: about $0.50 now, about $0.25 within a day (--batch).',
    'The cap of the day will stop it.',
  ])
  expect(estimateLines({ ...estimate, usd: 0, reused: 0, notice: null })).toEqual(['312 pictures: free.'])
  expect(estimateLines({ ...estimate, usd: null, reused: 0, notice: null })).toEqual(['312 pictures: price not known.'])
  expect(estimateLines({ ...estimate, pictures: 0 })).toEqual(['No pictures to describe.'])
})

test('the line of a run says how far it is and what it has cost, and is no wider than the terminal', () => {
  expect(describingLine(run, 120)).toBe('1,204 of 8,121  $0.42 of $1.00  42 a minute  10 min left  4 failed')
  expect(describingLine(run, 20)).toHaveLength(19)
})

test('a run that waits says for what', () => {
  const waiting = { ...run, state: 'waiting', message: 'OpenAI has the pictures.', picturesPerMinute: null } as const
  expect(describingLine({ ...waiting, secondsLeft: null }, 120)).toMatch(/OpenAI has the pictures\.$/)
})

test('the end says what was described and for how much', () => {
  expect(endLine({ ...run, done: 8117 }, 61_230)).toBe(
    '8,117 described, 40 of them answered before, 4 failed, for $0.42, in 61.2 s.',
  )
})

test('the overview says who describes, where the key is from, what was spent, and how the runs stand', () => {
  expect(overviewLines(overview, 'default')).toEqual([
    'Describes  OpenAI, gpt-5-mini, detail low, English, prompt default',
    'Key        from OPENAI_API_KEY',
    'Pictures   1,204 described, 6,917 not, 4 failed',
    'Spent      $0.42 of $5.00 today, $13.10 this month',
    'Run 12     paused     1,204 of 8,121, 4 failed  $0.42 of $1.00  gpt-5-mini, Notes, half price',
    '           The account has no credit left.',
  ])
})

test('nothing of a model is said where only the built-in analyser describes', () => {
  const builtin = { ...overview, settings: { ...overview.settings, analyser: 'builtin' as const }, runs: [] }
  expect(overviewLines(builtin, 'default')).toEqual([
    'Describes  the built-in analyser only',
    'Spent      $0.42 of $5.00 today, $13.10 this month',
  ])
})
