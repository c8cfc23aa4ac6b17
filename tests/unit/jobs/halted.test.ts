import { expect, test } from 'vitest'
import { finishFile } from '../../../src/main/jobs/activities/finish-file.ts'
import { listPage } from '../../../src/main/jobs/activities/list-page.ts'
import { readOriginal } from '../../../src/main/jobs/activities/read-original.ts'
import type { JobRooms } from '../../../src/main/jobs/index.ts'
import { listFiles, openTestLibrary, syncOf } from '../../support/library.ts'

/** A running sync with one file that waits, in rooms where nothing may be reached: any use of a source or store throws. */
async function openWaiting() {
  const library = await openTestLibrary()
  const { syncId } = syncOf(library)
  const [fileId] = listFiles(library, ['a.png']) as [number]
  // No model describes new pictures.
  const automatic = { openRun: () => null }
  const rooms = { library, automatic } as JobRooms & { automatic: typeof automatic }
  return { library, syncId, fileId, rooms }
}

test.for(['paused', 'cancelled', 'failed', 'completed'] as const)(
  'of a sync that is %s nothing is listed and nothing is read, whatever events were on their way',
  async state => {
    const { library, syncId, fileId, rooms } = await openWaiting()
    library.syncs.setState(syncId, state)
    expect(await readOriginal(rooms, fileId)).toEqual({ kind: 'settled' })
    expect(await listPage(rooms, syncId, 1)).toEqual({ fileIds: [], isLast: true })
    expect(finishFile(rooms, syncId, fileId, 'settled')).toMatchObject({ isDrained: false, isChanged: false })
    expect(library.files.get(fileId)).toMatchObject({ outcome: 'pending', isRead: false })
  },
)

test('a page that was listed while its sync was halted is not recorded, and is listed again when it goes on', async () => {
  const { library, syncId } = await openWaiting()
  library.syncs.setState(syncId, 'paused')
  expect(listFiles(library, ['b.png'])).toEqual([])
  expect(library.syncs.get(syncId)).toMatchObject({ found: 1, page: 1 })
  library.syncs.setState(syncId, 'running')
  expect(listFiles(library, ['b.png'])).toHaveLength(1)
})

test('a run that found nothing to do does not end a file that another run works on', async () => {
  const { library, syncId, fileId, rooms } = await openWaiting()
  library.syncs.setState(syncId, 'paused')
  const { kind } = await readOriginal(rooms, fileId)
  library.syncs.setState(syncId, 'running')
  finishFile(rooms, syncId, fileId, kind)
  expect(library.files.get(fileId)?.outcome).toBe('pending')
})

test('the same page of files recorded twice is recorded once, with the same answer', async () => {
  const { library, syncId } = await openWaiting()
  const page = {
    files: [{ sourceId: 'b.png', path: 'b.png', sizeBytes: 1, modifiedMs: 1, verdict: null }],
    cursor: null,
  }
  const first = library.recording.recordPage(syncId, 1, page)
  expect(library.recording.recordPage(syncId, 1, page)).toEqual(first)
  expect(library.syncs.get(syncId)).toMatchObject({ found: 2, page: 2, isListed: true })
})
