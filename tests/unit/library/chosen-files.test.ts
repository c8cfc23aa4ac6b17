import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import { listFiles, openBeside, openTestLibrary, syncOf } from '../../support/library.ts'

const found = (path: string) => ({ sourceId: path, path, sizeBytes: 0, modifiedMs: 1, verdict: null })
const skipped = (path: string) => ({
  ...found(path),
  verdict: { outcome: 'skipped' as const, code: 'hidden' as const },
})

/** A folder that was imported, with one file that was cancelled and one that is there. */
async function openImported(): Promise<{ library: Library; folderId: number; wholeId: number }> {
  const library = await openTestLibrary()
  const { syncId: wholeId, folderId } = syncOf(library)
  listFiles(library, ['a.png', 'b.png'])
  library.syncs.setState(wholeId, 'cancelled')
  library.endings.cancelPending(wholeId)
  return { library, folderId, wholeId }
}

test('what an earlier import left unfinished is not taken up, and nothing is missing', async () => {
  const { library, folderId } = await openImported()
  const syncId = library.chosenFiles.begin(1, folderId, 'root', ['c.png'])
  expect(library.recording.recordPage(syncId, 0, { files: [skipped('c.png')], cursor: null })).toEqual([])
  expect(library.closing.closeIfDone(syncId)).toBe(true)
  expect(library.syncs.get(syncId)).toMatchObject({ found: 1, skipped: 1, chosenCount: 1, isWhole: false })
  const missing = openBeside(library).prepare('SELECT path FROM files WHERE missing_since IS NOT NULL')
  expect(missing.all()).toEqual([])
})

test('where the changes of a folder go on stays as a whole sync left it', async () => {
  const { library, folderId } = await openImported()
  const db = openBeside(library)
  db.prepare('UPDATE folders SET changes_from = ?').run('token')
  const syncId = library.chosenFiles.begin(1, folderId, 'root', ['c.png'])
  expect(library.syncs.get(syncId)).toMatchObject({ pageCursor: null })
  library.recording.recordPage(syncId, 0, { files: [skipped('c.png')], cursor: null })
  library.closing.closeIfDone(syncId)
  expect(db.prepare('SELECT changes_from FROM folders').pluck().get()).toBe('token')
})

test('an import of the folder and one of chosen files are told apart', async () => {
  const { library, folderId } = await openImported()
  const chosenId = library.chosenFiles.begin(1, folderId, 'root', ['c.png', 'd.png'])
  expect(library.syncs.activeOf(folderId)).toBeNull()
  const wholeId = library.syncs.begin(1, folderId, 'root')
  expect(library.syncs.activeOf(folderId)).toMatchObject({ id: wholeId, chosenCount: null })
  expect(library.chosenFiles.activeOf(folderId, ['d.png', 'c.png'])).toMatchObject({ id: chosenId })
  expect(library.chosenFiles.activeOf(folderId, ['c.png'])).toBeNull()
  expect(library.chosenFiles.activeOf(folderId, ['c.png', 'e.png'])).toBeNull()
  expect(library.chosenFiles.activeOf(folderId + 1, ['c.png', 'd.png'])).toBeNull()
  library.syncs.setState(chosenId, 'cancelled')
  expect(library.chosenFiles.activeOf(folderId, ['c.png', 'd.png'])).toBeNull()
})

test('which files were chosen is kept until the sync is over, also where it failed and may be retried', async () => {
  const { library, folderId } = await openImported()
  const syncId = library.chosenFiles.begin(1, folderId, 'root', ['c.png', 'd.png', 'e.png'])
  const left = () => library.chosenFiles.page(syncId, null, 10)
  for (const state of ['paused', 'running', 'failed'] as const) {
    library.syncs.setState(syncId, state)
    expect(left()).toEqual(['c.png', 'd.png', 'e.png'])
  }
  expect(library.chosenFiles.page(syncId, 'c.png', 1)).toEqual(['d.png'])
  library.syncs.setState(syncId, 'completed')
  expect(left()).toEqual([])
})

test('a file that was waited for by another sync leaves that one, also when it is not there', async () => {
  const library = await openTestLibrary()
  const { syncId: wholeId, folderId } = syncOf(library)
  listFiles(library, ['a.png', 'b.png'])
  const syncId = library.chosenFiles.begin(1, folderId, 'root', ['a.png', 'b.png'])
  const absent = { ...found('b.png'), verdict: { outcome: 'failed' as const, code: 'vanished' as const } }
  const files = [found('a.png'), { ...absent, isAbsent: true as const }]
  expect(library.recording.recordPage(syncId, 0, { files, cursor: null })).toHaveLength(1)
  expect(library.syncs.get(wholeId)).toMatchObject({ found: 0, pending: 0 })
  expect(library.syncs.get(syncId)).toMatchObject({ found: 2, failed: 1, pending: 1 })
})
