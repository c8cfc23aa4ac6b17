import { type Standing, unknownStanding } from '../../src/main/desktop/standing.ts'
import type { AnalysisRun } from '../../src/shared/analysis.ts'
import type { StorageOverview } from '../../src/shared/storage.ts'
import type { Sync } from '../../src/shared/syncs.ts'

/** An import in the middle of its work, and whatever else is said of it. */
export const syncOf = (facts: Partial<Sync> = {}): Sync => ({
  id: 7,
  folderId: 3,
  folderName: 'Studio',
  folderPath: '/studio',
  source: 'folder',
  chosenCount: null,
  state: 'running',
  isListed: true,
  found: 8121,
  imported: 1204,
  duplicates: 0,
  skipped: 0,
  failed: 0,
  pending: 8121 - 1204,
  filesPerSecond: 31,
  secondsLeft: 240,
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: null,
  error: null,
  ...facts,
})

export const runOf = (facts: Partial<AnalysisRun> = {}): AnalysisRun => ({
  id: 5,
  kind: 'chosen',
  lane: 'live',
  model: 'gpt-5.4-mini',
  promptName: 'Studio notes',
  state: 'running',
  message: null,
  total: 312,
  done: 120,
  reused: 0,
  failed: 0,
  estimateUsd: null,
  spentUsd: 0.2,
  capUsd: null,
  picturesPerMinute: null,
  secondsLeft: null,
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: null,
  ...facts,
})

const nothing = { count: 0, bytes: 0 }

export const storageOf = (
  facts: Partial<Pick<StorageOverview, 'sending' | 'move' | 'faults'>> = {},
): StorageOverview => ({
  settings: {
    keepsIn: 'cloud',
    preset: 'spaces',
    endpoint: '',
    region: 'nyc3',
    bucket: 'anna',
    prefix: '',
    cdnUrl: '',
    usesCdn: false,
    isPathStyle: false,
    isPublic: false,
    accessKeyId: 'key',
    localBudgetBytes: null,
  },
  hasSecret: true,
  notice: null,
  disk: nothing,
  cloud: nothing,
  cloudOnly: nothing,
  sending: { state: 'idle', message: null, left: nothing, bytesPerSecond: null, secondsLeft: null },
  move: null,
  faults: { count: 0, items: [] },
  ...facts,
})

export const standingOf = (facts: Partial<Standing> = {}): Standing => ({ ...unknownStanding, ...facts })
