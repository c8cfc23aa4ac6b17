import { describe, expect, it } from 'vitest'
import { progressLine } from '../../../src/renderer/src/features/activity/sync-head.tsx'
import { chipsOf, titleOf } from '../../../src/renderer/src/features/library/filters.ts'
import type { Sync } from '../../../src/renderer/src/lib/contract.ts'
import {
  formatCount,
  formatDuration,
  formatMoment,
  formatRate,
  formatSize,
  plural,
} from '../../../src/renderer/src/lib/format.ts'
import { endLine, syncTitle, workLine } from '../../../src/shared/sync-words.ts'

const sync = (part: Partial<Sync> = {}): Sync => ({
  id: 1,
  folderId: 1,
  folderName: 'Scans',
  folderPath: '/home/ada/Scans',
  source: 'folder',
  chosenCount: null,
  state: 'running',
  isListed: true,
  found: 8121,
  imported: 1100,
  duplicates: 40,
  skipped: 52,
  failed: 12,
  pending: 6917,
  filesPerSecond: 31.4,
  secondsLeft: 221,
  startedAt: '2026-02-01T09:00:00Z',
  finishedAt: null,
  error: null,
  ...part,
})

describe('numbers in words', () => {
  it('have separators and the right plural', () => {
    expect(formatCount(1204)).toBe('1,204')
    expect([plural(1, 'picture'), plural(1204, 'picture'), plural(0, 'file')]).toEqual([
      '1 picture',
      '1,204 pictures',
      '0 files',
    ])
  })

  it('say sizes in MB with the digits that matter', () => {
    expect([0, 900, 45_000, 1_234_567, 231_400_000].map(formatSize)).toEqual([
      '0 MB',
      '< 0.01 MB',
      '0.05 MB',
      '1.2 MB',
      '231 MB',
    ])
  })

  it('say durations in the unit one thinks in', () => {
    expect([0.4, 12, 221, 7500].map(formatDuration)).toEqual(['under a second', '12 s', '4 min', '2 h 5 min'])
    expect([3.27, 31.4].map(formatRate)).toEqual(['3.3 a second', '31 a second'])
  })

  it('show a date that is none as it is written', () => {
    expect(['about 1920', '1920', '2024-02-99'].map(formatMoment)).toEqual(['about 1920', '1920', '2024-02-99'])
  })

  it('show a day as that day in every time zone', () => {
    const shown = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(2024, 4, 3))
    expect(formatMoment('2024-05-03')).toBe(shown)
  })
})

describe('what runs, in words', () => {
  it('says how far, how fast and how long', () => {
    expect(workLine([sync()])).toBe('Working on 1,204 of 8,121 · 31 a second · 4 min left')
    expect(progressLine(sync())).toBe('Working on 1,204 of 8,121 · 31 a second · 4 min left')
  })

  it('sums up imports that run side by side', () => {
    const other = sync({ id: 2, found: 100, pending: 50, filesPerSecond: 10, secondsLeft: 5 })
    expect(workLine([sync(), other])).toBe('Working on 1,254 of 8,221 · 41 a second · 4 min left')
  })

  it('names an import of chosen files by how many they are', () => {
    const chosen = sync({ chosenCount: 3, found: 3, pending: 2, filesPerSecond: null, secondsLeft: null })
    expect(syncTitle(chosen)).toBe('3 files of Scans')
    expect(syncTitle(sync({ chosenCount: 1 }))).toBe('1 file of Scans')
    expect(workLine([chosen])).toBe('Working on 1 of 3 files of Scans')
    expect(workLine([{ ...chosen, found: 0, pending: 0 }])).toBe('Looking at 3 files of Scans')
    expect(workLine([chosen, sync()])).toBe('Working on 1,205 of 8,124 · 31 a second')
    expect(endLine({ ...chosen, state: 'completed', imported: 0, failed: 0 })).toBe('Nothing new in 3 files of Scans.')
    expect(endLine({ ...chosen, state: 'completed', imported: 1, failed: 0 })).toBe('Imported 1 picture from Scans.')
  })

  it('says nothing of what is not known yet', () => {
    const fresh = sync({ found: 0, pending: 0, filesPerSecond: null, secondsLeft: null, isListed: false })
    expect(workLine([fresh])).toBe('Looking for files')
    expect(progressLine(sync({ state: 'paused' }))).toBe('Paused at 1,204 of 8,121')
  })

  it('sums up an import when it has ended', () => {
    expect(endLine(sync({ state: 'completed' }))).toBe('Imported 1,100 pictures from Scans, 12 failed.')
    expect(endLine(sync({ state: 'completed', imported: 0, failed: 0 }))).toBe('Nothing new in Scans.')
    expect(endLine(sync({ state: 'failed', error: 'The folder is gone.' }))).toBe('The folder is gone.')
  })
})

describe('filters in words', () => {
  it('make a chip each that takes away itself alone', () => {
    const chips = chipsOf({ text: 'boat', tags: ['ink', 'rain'], colours: ['red'], takenFrom: '2024', takenTo: '2024' })
    expect(chips.map(chip => chip.label)).toEqual(['“boat”', 'ink', 'rain', 'red', '2024'])
    expect(chips[1]?.without).toEqual({ tags: ['rain'] })
    expect(chips[4]?.without).toEqual({ takenFrom: undefined, takenTo: undefined })
  })

  it('name the view', () => {
    const folder = {
      id: 3,
      name: 'Scans',
      path: '/s',
      source: 'folder',
      mediaCount: 1,
      keepsCopies: false,
      account: null,
      isWatched: false,
      lastSyncedAt: null,
    }
    expect(titleOf({}, [folder])).toBe('All pictures')
    expect(titleOf({ folderId: 3, status: 'failed' }, [folder])).toBe('Scans · Failed')
  })

  it('make a chip of each term of the find box, and of what cannot be read', () => {
    const chips = chipsOf({ text: 'boat -"a b" color:red,blue tag:"old ink" -tag:x rating:>=3 color:red colr:x' })
    expect(chips.map(chip => chip.label)).toEqual([
      '“boat”',
      '-"a b"',
      'red or blue',
      'old ink',
      '-tag:x',
      'rating:3..',
      'red',
      'There is no “colr:”. Did you mean color:?',
    ])
    expect(chips.map(chip => chip.colour).filter(Boolean)).toEqual(['red'])
    expect(chips.filter(chip => chip.isFault)).toHaveLength(1)
    expect(chips[3]?.without).toEqual({ text: 'boat -"a b" color:red,blue -tag:x rating:>=3 color:red colr:x' })
    expect(chipsOf({ text: 'boat' })[0]?.without).toEqual({ text: undefined })
  })
})
