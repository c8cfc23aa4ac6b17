import { expect, test } from 'vitest'
import type { Folder } from '../../../src/renderer/src/lib/contract.ts'
import { sourceGroups } from '../../../src/renderer/src/lib/source-groups.ts'

const folder = (id: number, source: string, path: string): Folder => ({
  id,
  name: `Folder ${id}`,
  path,
  source,
  mediaCount: id,
  keepsCopies: false,
  account: null,
  isWatched: false,
  lastSyncedAt: null,
})
const ada = { id: 1, email: 'ada@example.com', state: 'connected' as const }
const bert = { id: 2, email: 'bert@example.com', state: 'reconnect' as const }
const shown = (folders: Folder[], accounts: (typeof ada | typeof bert)[] = []) =>
  sourceGroups(folders, accounts).map(({ name, folders }) => [name, ...folders.map(({ id }) => id)])

test('folders are below where they are: this computer, each account, and accounts that are gone', () => {
  const disk = [folder(1, 'folder', '/home/ada/Pictures'), folder(2, 'folder', '/media/disk/12/Scans')]
  const drive = [
    folder(3, 'google_drive', '1/abc'),
    folder(4, 'google_drive', '2/def'),
    folder(5, 'google_drive', '7/x'),
  ]
  expect(shown([...disk, ...drive], [ada, bert])).toEqual([
    ['This computer', 1, 2],
    ['ada@example.com', 3],
    ['bert@example.com', 4],
    ['Drive, not connected', 5],
  ])
})

test('an account is a source before anything of it is imported; a computer without folders is none', () => {
  expect(shown([], [ada])).toEqual([['ada@example.com']])
  expect(shown([])).toEqual([])
})
