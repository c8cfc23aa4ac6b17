import { describe, expect, it } from 'vitest'
import { linkLine } from '../../../src/renderer/src/features/inspector/copy-link.tsx'
import { factsOf } from '../../../src/renderer/src/features/inspector/facts.ts'
import { looksOf } from '../../../src/renderer/src/features/storage/connection-steps.tsx'
import {
  cleaned,
  draftOf,
  isDirty,
  problemsOf,
  withBudget,
  withField,
  withPreset,
} from '../../../src/renderer/src/features/storage/draft.ts'
import { planOf } from '../../../src/renderer/src/features/storage/move-plan.ts'
import { fieldOfFailure, fieldsOf } from '../../../src/renderer/src/features/storage/presets.ts'
import type { MediaDetail, Move, StorageOverview, StorageSettings } from '../../../src/renderer/src/lib/contract.ts'
import { formatBulk } from '../../../src/renderer/src/lib/format.ts'
import {
  amountLine,
  moveLine,
  placeLine,
  sendingLine,
  storageStatus,
  storageTrouble,
} from '../../../src/renderer/src/lib/storage-words.ts'

const saved = (part: Partial<StorageSettings> = {}): StorageSettings => ({
  keepsIn: 'cloud',
  preset: 'spaces',
  endpoint: '',
  region: 'fra1',
  bucket: 'anna-originals',
  prefix: '',
  cdnUrl: '',
  usesCdn: false,
  isPathStyle: false,
  isPublic: false,
  accessKeyId: 'DO00ABC',
  localBudgetBytes: null,
  ...part,
})

const none = { count: 0, bytes: 0 }

const overviewOf = (part: Partial<StorageOverview> = {}): StorageOverview => ({
  settings: saved(),
  hasSecret: true,
  notice: null,
  disk: { count: 8121, bytes: 48.2e9 },
  cloud: { count: 7809, bytes: 46.1e9 },
  cloudOnly: none,
  sending: {
    state: 'running',
    message: null,
    left: { count: 312, bytes: 2.1e9 },
    bytesPerSecond: 12.3e6,
    secondsLeft: 171,
  },
  move: null,
  faults: { count: 0, items: [] },
  ...part,
})

const moveOf = (part: Partial<Move> = {}): Move => ({
  id: 1,
  direction: 'to-cloud',
  state: 'running',
  message: null,
  total: { count: 1204, bytes: 4e9 },
  done: { count: 301, bytes: 1e9 },
  secondsLeft: 240,
  startedAt: '2026-02-01T09:00:00Z',
  finishedAt: null,
  ...part,
})

const idle: StorageOverview['sending'] = {
  state: 'idle',
  message: null,
  left: none,
  bytesPerSecond: null,
  secondsLeft: null,
}

describe('the fields of a store', () => {
  it('are those that its kind needs, and no others', () => {
    const common = ['bucket', 'accessKeyId', 'secret', 'prefix']
    expect(fieldsOf(saved())).toEqual(['region', ...common])
    expect(fieldsOf(saved({ preset: 'custom' }))).toEqual(['endpoint', 'region', ...common])
    expect(fieldsOf(saved({ isPublic: true, localBudgetBytes: 5e9 }))).toEqual([
      'region',
      ...common,
      'cdnUrl',
      'budget',
    ])
  })

  it('complain about what is missing', () => {
    const empty = draftOf(saved({ region: '', bucket: '', accessKeyId: '' }))
    expect(Object.keys(problemsOf(empty, false))).toEqual(['region', 'bucket', 'accessKeyId', 'secret'])
    expect(problemsOf(draftOf(saved()), true)).toEqual({})
    expect(problemsOf(withField(draftOf(saved()), 'secret', ' s '), false)).toEqual({})
  })

  it('complain about nothing that is not asked for', () => {
    const disk = draftOf(saved({ keepsIn: 'disk', region: '', bucket: '' }))
    expect(problemsOf(disk, false)).toEqual({})
    expect(
      problemsOf(draftOf(saved({ preset: 'custom', endpoint: 'https://s3.example.com', region: '' })), true),
    ).toEqual({})
    expect(problemsOf(draftOf(saved({ cdnUrl: 'nonsense' })), true)).toEqual({})
  })

  it.each([
    ['endpoint', { preset: 'custom', endpoint: 's3.example.com' }],
    ['region', { region: 'https://fra1.digitaloceanspaces.com' }],
    ['region', { preset: 'r2', region: 'eu' }],
    ['bucket', { bucket: 'anna/originals' }],
    ['bucket', { bucket: 'Anna’s' }],
    ['prefix', { prefix: 'a/../b' }],
    ['prefix', { prefix: 'a b' }],
    ['cdnUrl', { isPublic: true, cdnUrl: 'pictures.example.com' }],
    ['cdnUrl', { isPublic: true, preset: 'r2', region: '0'.repeat(32) }],
    ['budget', { localBudgetBytes: 0 }],
  ] as const)('say what is wrong with the %s in %j', (field, part) => {
    expect(Object.keys(problemsOf(draftOf(saved(part)), true))).toEqual([field])
  })

  it('are told apart when a test fails', () => {
    const fields = [
      'bad-key-id',
      'bad-secret',
      'no-bucket',
      'wrong-region',
      'tls',
      'bad-endpoint',
      'clock',
      'denied',
    ].map(code => fieldOfFailure({ code }, 'custom'))
    expect(fields).toEqual(['accessKeyId', 'secret', 'bucket', 'region', 'endpoint', 'endpoint', null, null])
    expect(fieldOfFailure({ code: 'bad-endpoint' }, 'spaces')).toBe('region')
  })
})

describe('what is typed and not saved', () => {
  it('is no change when it is typed back', () => {
    const draft = withField(draftOf(saved()), 'bucket', 'other')
    expect(isDirty(draft, saved())).toBe(true)
    expect(isDirty(withField(draft, 'bucket', 'anna-originals'), saved())).toBe(false)
    expect(isDirty(null, saved())).toBe(false)
  })

  it('loses what belongs to another kind of store, and finds it again', () => {
    const amazon = withPreset(draftOf(saved()), 'aws', saved())
    expect(amazon.settings).toMatchObject({ preset: 'aws', region: '', bucket: 'anna-originals', accessKeyId: '' })
    expect(Object.keys(problemsOf(amazon, true))).toEqual(['region', 'accessKeyId', 'secret'])
    expect(withPreset(amazon, 'spaces', saved())).toEqual(draftOf(saved()))
    expect(withPreset(amazon, 'custom', saved()).settings.isPathStyle).toBe(true)
  })

  it('is sent without the blanks and slashes around it', () => {
    const draft = withField(withField(draftOf(saved()), 'bucket', ' anna '), 'prefix', '/studio/originals/')
    expect(cleaned(draft)).toMatchObject({ bucket: 'anna', prefix: 'studio/originals' })
  })

  it('counts the room in gigabytes and keeps the number while there is no limit', () => {
    const limited = withBudget(draftOf(saved()), '2.5')
    expect(limited.settings.localBudgetBytes).toBe(2.5e9)
    const unlimited = withBudget(limited, null)
    expect(unlimited).toMatchObject({ settings: { localBudgetBytes: null }, budget: '2.5' })
    expect(problemsOf(withBudget(limited, 'much'), true)).toHaveProperty('budget')
    expect(draftOf(saved({ localBudgetBytes: 80e9 })).budget).toBe('80')
  })
})

describe('the steps of a test', () => {
  const wordsOf = (...asked: Parameters<typeof looksOf>) => Object.values(looksOf(...asked)).map(look => look.word)

  it('say how far it came', () => {
    expect(wordsOf(undefined, false)).toEqual(['Not tried', 'Not tried', 'Not tried'])
    expect(wordsOf(undefined, true)).toEqual(['Trying', 'Not tried', 'Not tried'])
    expect(wordsOf({ ok: true, notice: null }, false)).toEqual(['Works', 'Works', 'Works'])
    expect(wordsOf({ ok: false, step: 'read', code: 'denied', message: '' }, false)).toEqual([
      'Works',
      'Failed',
      'Not tried',
    ])
  })
})

describe('originals in words', () => {
  it('are counted in MB, and in GB where they are many', () => {
    expect([2.1e9, 9_999e6, 48.21e9, 231.4e9].map(formatBulk)).toEqual(['2,100 MB', '9,999 MB', '48.2 GB', '231 GB'])
    expect(amountLine({ count: 1, bytes: 2e6 })).toBe('1 original, 2 MB')
    expect(amountLine(none)).toBe('None')
  })

  it('say where the store is', () => {
    expect(placeLine(saved({ prefix: 'ink' }))).toBe('anna-originals in DigitalOcean Spaces (fra1), in the folder ink')
    expect(placeLine(saved({ preset: 'r2', region: 'f00d' }))).toBe('anna-originals in Cloudflare R2')
    expect(placeLine(saved({ preset: 'custom', endpoint: 'https://s3.test' }))).toBe(
      'anna-originals in https://s3.test',
    )
  })

  it('say how far sending is', () => {
    const { sending } = overviewOf()
    expect(sendingLine(sending)).toBe('Sending 312 originals, 2,100 MB · 12.3 MB a second · 3 min left')
    expect(sendingLine({ ...sending, bytesPerSecond: null, secondsLeft: null })).toBe('Sending 312 originals, 2,100 MB')
    expect(sendingLine({ ...sending, state: 'paused' })).toBe('Paused: 312 originals, 2,100 MB left to send')
    expect(sendingLine(idle)).toBe('Every original that the library keeps is in the cloud.')
  })

  it('say how far a move is, and how it ended', () => {
    expect(moveLine(moveOf())).toBe('Moving to the cloud: 301 of 1,204 · 4 min left')
    expect(moveLine(moveOf({ state: 'waiting' }))).toBe('Move to the cloud waits at 301 of 1,204')
    expect(moveLine(moveOf({ direction: 'to-disk', state: 'paused' }))).toBe(
      'Move to this computer paused at 301 of 1,204',
    )
    const finishedAt = '2026-02-01T09:10:00Z'
    expect(moveLine(moveOf({ state: 'completed', done: { count: 1204, bytes: 4e9 }, finishedAt }))).toBe(
      'Moved 1,204 originals to the cloud in 10 min.',
    )
    expect(moveLine(moveOf({ state: 'cancelled' }))).toMatch(/^Stopped at 301 of 1,204\./)
  })

  it('say what a link is good for', () => {
    expect(linkLine({ url: 'https://x', expiresAt: null })).toBe(
      'Link copied. Everyone who has it can see the original.',
    )
    expect(linkLine({ url: 'https://x', expiresAt: '2026-02-08T09:00:00Z' })).toMatch(
      /^Link copied\. Until .*2026.* everyone/,
    )
  })
})

describe('the foot of the window', () => {
  const waiting = { ...overviewOf().sending, state: 'waiting' as const, message: 'The store cannot be reached.' }

  it('says nothing when all is well', () => {
    expect(storageStatus(overviewOf({ sending: idle }))).toBeNull()
    expect(storageStatus(overviewOf({ sending: { ...idle, state: 'off' }, cloud: none }))).toBeNull()
  })

  it('says what runs, a move first', () => {
    expect(storageStatus(overviewOf())).toMatchObject({ icon: 'working', text: expect.stringMatching(/^Sending/) })
    expect(storageStatus(overviewOf({ move: moveOf() }))).toMatchObject({ icon: 'working', share: 0.25 })
  })

  it('says why something stands still', () => {
    expect(storageStatus(overviewOf({ sending: waiting }))).toMatchObject({ icon: 'failed', text: waiting.message })
    const held = overviewOf({ sending: idle, move: moveOf({ state: 'paused', message: 'The disk is full.' }) })
    expect(storageStatus(held)).toMatchObject({ icon: 'failed', text: 'The disk is full.' })
  })

  it('calls what a person paused no trouble', () => {
    const paused = overviewOf({ sending: idle, move: moveOf({ state: 'paused' }) })
    expect(storageTrouble(paused)).toBeNull()
    expect(storageStatus(paused)?.icon).toBe('pause')
  })

  it('tells of originals that cannot be sent, once nothing else runs', () => {
    const faults = { count: 2, items: [] }
    expect(storageTrouble(overviewOf({ faults }))?.message).toBe('2 originals could not be copied.')
    expect(storageStatus(overviewOf({ faults }))?.icon).toBe('working')
    expect(storageStatus(overviewOf({ faults, sending: idle }))?.text).toBe('2 originals could not be copied.')
  })
})

describe('a move, before it begins', () => {
  it('says what is sent, how long that takes, and what becomes free', () => {
    const plan = planOf('to-cloud', overviewOf())
    expect(plan.summary).toBe('Frees 48.2 GB on this computer.')
    expect(plan.steps[0]).toBe(
      '312 originals that the store does not have yet, 2,100 MB, are sent. At the present pace that takes 3 min.',
    )
    expect(plan.steps[1]).toMatch(/: 48\.2 GB to fetch\. At 20 megabits a second that takes 5 h 21 min\.$/)
    expect(plan.confirm).toBe('Move 8,121 originals to the cloud')
    expect(planOf('to-cloud', overviewOf({ sending: idle })).steps[0]).toBe('The store has all of them already.')
  })

  it('says what is fetched on the way back', () => {
    const plan = planOf('to-disk', overviewOf({ cloudOnly: { count: 1, bytes: 2.5e6 }, sending: idle }))
    expect(plan.steps[0]).toBe(
      '1 original that is only in the cloud, 2.5 MB, is fetched. At 20 megabits a second that takes 1 s.',
    )
  })

  it('is not offered where there is nothing to move', () => {
    const empty = overviewOf({ disk: none, cloud: none })
    expect([planOf('to-cloud', empty).isPossible, planOf('to-disk', empty).isPossible]).toEqual([false, false])
  })
})

describe('the facts of a picture', () => {
  const whereOf = (keptIn: MediaDetail['keptIn']) => {
    const media = {
      keptIn,
      otherPaths: [],
      palette: [],
      keywords: [],
      mimeType: 'image/png',
      light: null,
      video: null,
      words: {},
      analysis: null,
    }
    const groups = factsOf(media as unknown as MediaDetail)
    return groups.flatMap(group => group.facts).find(fact => fact.name === 'Where')?.value
  }

  it('say where the library keeps its original', () => {
    expect(whereOf([])).toBe('In its folder only')
    expect(whereOf(['disk', 'cloud'])).toBe('Kept on this computer and in the cloud')
    expect(whereOf(['cloud'])).toBe('Kept in the cloud')
  })
})
