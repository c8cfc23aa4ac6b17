import type { Claim } from '../../library/index.ts'
import { diagnose, final } from '../failures.ts'
import type { JobRooms } from '../rooms.ts'
import { analyse } from './analyse.ts'
import { derivePreviews } from './derive-previews.ts'
import { finishFile, giveUp, isDrained } from './finish-file.ts'
import { keepOriginal } from './keep-original.ts'
import { listPage } from './list-page.ts'
import { readOriginal } from './read-original.ts'

/** The work of each step. Every activity takes ids, can be run twice, and sees for itself what is done already. */
export type Activities = ReturnType<typeof createActivities>

/** @param halt pauses a sync with the reason, when going on would only fail file after file. */
export function createActivities(rooms: JobRooms, halt: (syncId: number, message: string) => Promise<void>) {
  const { library } = rooms

  /** Work on one file: what is the file's fault ends it here and now, with its reason. */
  async function onFile<T>(fileId: number, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const file = library.files.get(fileId)
      const diagnosis = diagnose(error)
      if (!file || diagnosis.kind === 'unknown') throw error
      if (diagnosis.kind === 'halt') await halt(file.syncId, diagnosis.message)
      else if (diagnosis.code === 'unsupported-format' && !file.filename.includes('.'))
        library.endings.dismissFile(fileId)
      else library.endings.failFile(fileId, diagnosis.code, diagnosis.message)
      throw final(diagnosis.message, error)
    }
  }

  return {
    listPage: async (syncId: number, page: number) => {
      try {
        return await listPage(rooms, syncId, page)
      } catch (error) {
        const diagnosis = diagnose(error)
        if (diagnosis.kind !== 'halt') throw error
        await halt(syncId, diagnosis.message)
        throw final(diagnosis.message, error)
      }
    },
    readOriginal: (fileId: number) => onFile(fileId, () => readOriginal(rooms, fileId)),
    keepOriginal: (fileId: number) => onFile(fileId, () => keepOriginal(rooms, fileId)),
    derivePreviews: (fileId: number) => onFile(fileId, () => derivePreviews(rooms, fileId)),
    analyse: (fileId: number) => onFile(fileId, () => analyse(rooms, fileId)),
    finishFile: (syncId: number, fileId: number, done: Claim['kind']) => finishFile(rooms, syncId, fileId, done),
    giveUp: (fileId: number, message: string) => giveUp(rooms, fileId, message),

    /** Where a listing goes on, and files found before that still have to be read. */
    progressOf: (syncId: number) => {
      const sync = library.syncs.get(syncId)
      return { page: sync?.page ?? 0, isListed: sync?.isListed ?? true }
    },
    pendingFiles: (syncId: number, after: number) => library.files.pendingIds(syncId, after, resendSize),
    isDrained: (syncId: number) => isDrained(rooms, syncId),

    /** Completes the sync. @returns its counts. */
    closeSync: (syncId: number) => {
      library.closing.closeIfDone(syncId)
      const sync = library.syncs.get(syncId)
      if (!sync) return null
      const { found, imported, duplicates, skipped, failed } = sync
      return { found, imported, duplicates, skipped, failed }
    },
    failSync: (syncId: number, message: string) => {
      if (library.syncs.get(syncId)?.state === 'running') library.syncs.setState(syncId, 'failed', message)
    },
    backUp: async () => {
      await library.backUpDaily()
    },
  }
}

/** Files sent again at a time. */
export const resendSize = 1000
