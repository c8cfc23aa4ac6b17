import { describe, expect, it } from 'vitest'
import { emptyLine } from '../../../src/renderer/src/features/activity/ledger.tsx'
import { contentLine } from '../../../src/renderer/src/features/drive/browser-foot.tsx'
import { looksLikeClientId } from '../../../src/renderer/src/features/drive/client-id.ts'
import { type DriveEntry, uniqueEntries } from '../../../src/renderer/src/features/drive/drive-pages.ts'
import { indexOfCursor, moveIndex } from '../../../src/renderer/src/features/drive/list-cursor.ts'
import { createSignIn } from '../../../src/renderer/src/features/drive/sign-in.ts'
import type { Account, CallName, Sync } from '../../../src/renderer/src/lib/contract.ts'
import { driveRootOf, formatAgo, whereIs } from '../../../src/renderer/src/lib/sources.ts'
import type { Transport } from '../../../src/renderer/src/lib/transport.ts'
import { syncState } from '../../../src/renderer/src/ui/drive-line.tsx'
import { createEndWatch } from '../../../src/shared/sync-words.ts'

const entry = (kind: DriveEntry['kind'], id: string, isShortcut = false): DriveEntry => ({
  kind,
  id,
  name: `name of ${id}`,
  isShortcut,
})

describe('the list of Drive', () => {
  it('moves by lines and pages, and stops at its ends', () => {
    expect(moveIndex(0, 'up', 10, 5)).toBe(0)
    expect(moveIndex(9, 'down', 10, 5)).toBe(9)
    expect(moveIndex(0, 'page-down', 10, 5)).toBe(4)
    expect(moveIndex(2, 'page-up', 10, 5)).toBe(0)
    expect([moveIndex(5, 'first', 10, 5), moveIndex(5, 'last', 10, 5)]).toEqual([0, 9])
    expect(moveIndex(0, 'down', 0, 5)).toBe(-1)
  })

  it('begins with the folder somebody came up from, or with its first entry', () => {
    const entries = ['a', 'b', 'c'].map(id => entry('folder', id))
    expect(indexOfCursor({ id: 'b' }, entries)).toBe(1)
    expect(indexOfCursor({ id: 'gone' }, entries)).toBe(0)
    expect(indexOfCursor({ index: 7 }, entries)).toBe(2)
    expect(indexOfCursor({ index: 0 }, [])).toBe(-1)
  })

  it('shows once what two pages hold, and a folder beside a shortcut to it', () => {
    const pages = [
      { entries: [entry('folder', 'a'), entry('picture', 'p')] },
      { entries: [entry('picture', 'p'), entry('folder', 'a', true)] },
    ]
    expect(uniqueEntries(pages).map(each => `${each.id} ${each.isShortcut}`)).toEqual(['a false', 'p false', 'a true'])
  })

  it('is counted, as far as it was read', () => {
    const entries = [entry('folder', 'a'), entry('picture', 'p'), entry('picture', 'q')]
    const pages = { entries, hasNextPage: false, isPending: false, error: null }
    expect(contentLine(pages)).toBe('1 folder and 2 pictures here. Folders inside come along.')
    expect(contentLine({ ...pages, hasNextPage: true })).toContain('1 folder and 2 pictures so far.')
    expect(contentLine({ ...pages, entries: [] })).toBe('0 folders and 0 pictures here.')
  })
})

describe('a folder of Drive', () => {
  const folder = { source: 'google_drive', path: '12/1a_-B' }

  it('is known by its account and its id at Google; another folder by neither', () => {
    expect(driveRootOf(folder)).toEqual({ accountId: 12, folderId: '1a_-B' })
    expect(driveRootOf({ source: 'folder', path: '12/1a_-B' })).toBe(null)
  })

  it('is named by the account, never by its root', () => {
    const account = { id: 12, email: 'anna@example.com', state: 'connected' as const }
    expect(whereIs({ ...folder, account })).toBe('Google Drive of anna@example.com')
    expect(whereIs({ ...folder, account: null })).toBe('Google Drive, not connected any more')
    expect(whereIs({ source: 'folder', path: '/home/ada', account: null })).toBe('/home/ada')
  })

  it('says when it was last gone through', () => {
    const at = '2026-05-03T09:00:00.000Z'
    const minutesAfter = (minutes: number) => Date.parse(at) + minutes * 60_000
    expect(formatAgo(at, minutesAfter(0.9))).toBe('just now')
    expect(formatAgo(at, minutesAfter(-1))).toBe('just now')
    expect(formatAgo(at, minutesAfter(59))).toBe('59 min ago')
    expect(formatAgo(at, minutesAfter(61))).toContain('2026')
    expect(syncState(undefined, at, minutesAfter(12))).toBe('Synced 12 min ago')
    expect(syncState({ state: 'paused' }, at, minutesAfter(12))).toBe('Paused')
    expect(syncState({ state: 'running' }, null, minutesAfter(12))).toBe('Syncing')
    expect(syncState(undefined, null, 0)).toBe('')
  })
})

describe('the end of a sync of Drive', () => {
  const ended = (part: Partial<Sync> = {}) =>
    ({ id: 7, source: 'google_drive', state: 'completed', imported: 0, failed: 0, finishedAt: 'now', ...part }) as Sync
  const running = (part: Partial<Sync> = {}) => ended({ state: 'running', finishedAt: null, ...part })

  it('that was asked for is told once, also when nothing was said of it before and nothing changed', () => {
    const isToBeTold = createEndWatch(new Set([7]))
    expect([ended(), ended()].map(isToBeTold)).toEqual([true, false])
  })

  it('that a watched folder began itself is told when something came of it', () => {
    const isToBeTold = createEndWatch(new Set())
    const syncs = [running(), ended(), running(), ended({ imported: 1 }), running(), ended({ state: 'failed' })]
    expect(syncs.map(isToBeTold)).toEqual([false, false, false, true, false, true])
  })

  it('is told of another folder as it always was', () => {
    const isToBeTold = createEndWatch(new Set())
    expect([running({ source: 'folder' }), ended({ source: 'folder' })].map(isToBeTold)).toEqual([false, true])
    expect(isToBeTold(ended({ source: 'folder' }))).toBe(false)
  })
})

describe('an empty ledger', () => {
  it('says why: nothing yet, nothing so far, nothing new', () => {
    const sync = (state: Sync['state'], isListed: boolean) => ({ state, isListed }) as Sync
    expect(emptyLine(sync('running', false), null)).toBe('Looking for files.')
    expect(emptyLine(sync('paused', false), null)).toBe('No file was found yet.')
    expect(emptyLine(sync('completed', true), null)).toBe('There was nothing new in this folder.')
  })
})

describe('a client ID', () => {
  it('is told from what is none', () => {
    expect(looksLikeClientId(' 123-abc_d.apps.googleusercontent.com ')).toBe(true)
    for (const text of [
      '',
      'GOCSPX-abc',
      '123.apps.googleusercontent.com.example.org',
      'a b.apps.googleusercontent.com',
    ])
      expect(looksLikeClientId(text)).toBe(false)
  })
})

describe('a sign-in', () => {
  const account = { id: 1, email: 'anna@example.com' } as Account

  /** An app whose person takes their time in the browser. */
  function createSlowApp() {
    const asked: CallName[] = []
    const waiting: { say: (account: Account) => void; fail: (error: Error) => void }[] = []
    const call = ((name: CallName) => {
      asked.push(name)
      if (name === 'account.cancelConnect') return Promise.resolve({})
      return new Promise<Account>((say, fail) => waiting.push({ say, fail }))
    }) as Transport['call']
    return { asked, waiting, signIn: createSignIn(call) }
  }

  it('waits for the browser and gives the account', async () => {
    const { signIn, waiting } = createSlowApp()
    const connected = signIn.connect()
    expect(signIn.state.get()).toEqual({ isWaiting: true, error: null })
    waiting[0]?.say(account)
    await expect(connected).resolves.toEqual(account)
    expect(signIn.state.get()).toEqual({ isWaiting: false, error: null })
  })

  it('is one at a time', async () => {
    const { signIn, asked } = createSlowApp()
    void signIn.connect()
    await expect(signIn.connect()).resolves.toBe(null)
    expect(asked).toEqual(['account.connect'])
  })

  it('that failed says why', async () => {
    const { signIn, waiting } = createSlowApp()
    const connected = signIn.connect()
    const error = new Error('refused')
    waiting[0]?.fail(error)
    await expect(connected).resolves.toBe(null)
    expect(signIn.state.get()).toEqual({ isWaiting: false, error })
  })

  it('that was cancelled is no failure, also when another one waits by then', async () => {
    const { signIn, asked, waiting } = createSlowApp()
    const first = signIn.connect()
    await signIn.cancel()
    expect(asked).toEqual(['account.connect', 'account.cancelConnect'])
    void signIn.connect()
    waiting[0]?.fail(new Error('cancelled'))
    await first
    expect(signIn.state.get()).toEqual({ isWaiting: true, error: null })
  })
})
