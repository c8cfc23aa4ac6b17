import { rm } from 'node:fs/promises'
import type { Claim } from '../../library/index.ts'
import type { Comparing } from '../comparing/comparing.ts'
import type { Automatic } from '../describing/automatic.ts'
import type { Describing } from '../describing/describing.ts'
import type { DriveRequests } from '../drive-requests.ts'
import { driveRootOf } from '../drive-root.ts'
import { diagnose, final, isFinal } from '../failures.ts'
import type { Imports } from '../imports.ts'
import type { OriginalsAtWork } from '../originals/at-work.ts'
import type { Sending } from '../originals/sending.ts'
import type { JobRooms } from '../rooms.ts'
import type { Sealing } from '../sealing.ts'
import { analyse } from './analyse.ts'
import { derivePreviews } from './derive-previews.ts'
import { describe } from './describe.ts'
import { createDriveActivities } from './drive.ts'
import { finishFile, giveUp, isDrained } from './finish-file.ts'
import { incomingPath } from './incoming.ts'
import { keepOriginal } from './keep-original.ts'
import { listPage } from './list-page.ts'
import { giveUpMove, moveOriginals } from './move-originals.ts'
import { readOriginal } from './read-original.ts'
import { giveUpSending, sendOriginals } from './send-originals.ts'

/** The work of each step. Every activity takes ids, can be run twice, and sees for itself what is done already. */
export type Activities = ReturnType<typeof createActivities>

export interface ActivityParts {
  rooms: JobRooms
  imports: Imports
  driveRequests: DriveRequests
  sealing: Sealing
  sending: Sending
  atWork: OriginalsAtWork
  describing: Describing
  automatic: Automatic
  comparing: Comparing
}

export function createActivities(parts: ActivityParts) {
  const { rooms, imports, driveRequests, sealing, sending, atWork, describing, automatic, comparing } = parts
  const { library } = rooms
  // When going on would only fail file after file.
  const { halt } = imports

  /** Work on a sync: what would fail file after file halts it. */
  async function onSync<T>(syncId: number, work: () => T | Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const diagnosis = diagnose(error)
      if (diagnosis.kind !== 'halt') throw error
      await halt(syncId, diagnosis.message)
      throw final(diagnosis.message, error)
    }
  }

  /** Work on one file: what is the file's fault ends it here and now, with its reason. */
  async function onFile<T>(fileId: number, work: () => Promise<T>): Promise<T> {
    const file = library.files.get(fileId)
    if (!file) return work()
    return onSync(file.syncId, async () => {
      try {
        return await work()
      } catch (error) {
        const diagnosis = diagnose(error)
        if (diagnosis.kind !== 'file') throw error
        // What arrived of it is no use to whoever tries again.
        await rm(incomingPath(rooms, fileId), { force: true })
        const isNoPicture = diagnosis.code === 'unsupported-format' && !file.filename.includes('.')
        if (isNoPicture) library.endings.dismissFile(fileId)
        else library.endings.failFile(fileId, diagnosis.code, diagnosis.message)
        throw final(diagnosis.message, error)
      }
    })
  }

  return {
    ...createDriveActivities(rooms, imports, driveRequests, sealing),
    listPage: (syncId: number, page: number) => onSync(syncId, () => listPage(rooms, syncId, page)),
    readOriginal: (fileId: number) => onFile(fileId, () => readOriginal(rooms, fileId)),
    keepOriginal: (fileId: number) => onFile(fileId, () => keepOriginal(rooms, sending, fileId)),
    derivePreviews: (fileId: number) => onFile(fileId, () => derivePreviews(rooms, atWork.inUse, fileId)),
    analyse: (fileId: number) => onFile(fileId, () => analyse(rooms, fileId)),
    finishFile: (syncId: number, fileId: number, done: Claim['kind']) =>
      onSync(syncId, async () => {
        const finished = finishFile({ library, automatic }, syncId, fileId, done)
        if (finished.begunRun !== null) await describing.request(finished.begunRun)
        return { isDrained: finished.isDrained, isChanged: finished.isChanged }
      }),
    giveUp: (syncId: number, fileId: number, error: Error) =>
      onSync(syncId, () => giveUp(rooms, fileId, isFinal(error) ? null : error.message)),

    sendOriginals: (generation: number) => sendOriginals(rooms, atWork, generation),
    giveUpSending: (generation: number, error: Error) => giveUpSending(rooms, generation, error.message),
    moveOriginals: (moveId: number, generation: number) => moveOriginals(rooms, atWork, moveId, generation),
    giveUpMove: (moveId: number, generation: number, error: Error) =>
      giveUpMove(rooms, moveId, generation, error.message),

    embedDescriptions: () => comparing.work(),
    giveUpComparing: (error: Error) => comparing.giveUp(error),

    /** Where a listing goes on, and files found before that still have to be read. */
    progressOf: (syncId: number) => {
      const sync = library.syncs.get(syncId)
      return { page: sync?.page ?? 0, isListed: sync?.isListed ?? true }
    },
    pendingFiles: (syncId: number, after: number) => library.files.pendingIds(syncId, after, resendSize),
    isDrained: (syncId: number) => isDrained(rooms, syncId),

    /** Completes the sync. @returns its counts, and the root of its folder in Drive. */
    closeSync: (syncId: number) =>
      onSync(syncId, async () => {
        library.closing.closeIfDone(syncId)
        // Now that its pictures are done, what was used least may leave a full disk.
        await sending.wake()
        const sync = library.syncs.get(syncId)
        if (!sync) return null
        const { found, imported, duplicates, skipped, failed } = sync
        return { found, imported, duplicates, skipped, failed, root: driveRootOf(sync) }
      }),
    /** @returns the root of its folder in Drive, when it has failed now. */
    failSync: (syncId: number, error: Error): { root: string | null } | null => {
      const sync = library.syncs.get(syncId)
      if (isFinal(error) || sync?.state !== 'running') return null
      library.syncs.setState(syncId, 'failed', error.message)
      return { root: driveRootOf(sync) }
    },
    describe: (runId: number, generation: number) => describe(rooms, describing, runId, generation),
    /** All attempts at a step have failed. */
    haltRun: (runId: number, error: Error): void => {
      const diagnosis = diagnose(error)
      const why = `Something went wrong inside Burg Ink (${error.message}). Go on; if it happens again, please report it.`
      describing.halt(runId, diagnosis.kind === 'halt' ? diagnosis.message : why)
    },
    /** Where there is no room for a copy of the database there is none until the next import. */
    backUp: async () => {
      try {
        await library.backUpDaily()
      } catch (error) {
        const diagnosis = diagnose(error)
        throw diagnosis.kind === 'halt' ? final(diagnosis.message, error) : error
      }
    },
  }
}

/** Files sent again at a time. */
const resendSize = 1000
