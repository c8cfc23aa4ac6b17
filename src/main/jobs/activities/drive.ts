import { SourceUnavailable } from '../../sources/index.ts'
import { final } from '../failures.ts'
import type { Imports } from '../imports.ts'
import type { JobRooms } from '../rooms.ts'

const driveKind = 'google_drive'

/** What `process-google-images` and the watch over folders do. */
export function createDriveActivities({ library, sources }: JobRooms, imports: Imports) {
  function accountFor(userId: number, accountId: number | undefined): number {
    const accounts = library.accounts.list().filter(account => account.userId === userId)
    const [only, another] = accountId === undefined ? accounts : accounts.filter(({ id }) => id === accountId)
    if (!only) throw final('This account is not connected. Connect it, then bring in the folder again.', undefined)
    if (another) throw final('Several accounts are connected: say which one the folder is in.', undefined)
    return only.id
  }

  return {
    /** The root of the folder, when there is the user, the account and the folder. */
    async driveRootOf(userId: number, folderId: string, accountId?: number): Promise<string> {
      const source = sources.get(driveKind)
      if (!source) throw final('Google Drive is not part of this run.', undefined)
      const account = accountFor(userId, accountId)
      try {
        return (await source.resolveRoot(`${account}/${folderId}`)).root
      } catch (cause) {
        throw cause instanceof SourceUnavailable ? final(cause.message, cause) : cause
      }
    },

    startDriveSync: (root: string) => imports.start(driveKind, root),

    /** How many files of a sync are in the library now, and how many failed. Null: it did not end in a month. */
    resultOf(syncId: number | null) {
      const sync = syncId === null ? null : library.syncs.get(syncId)
      if (!sync) return null
      const { state, found, imported, duplicates, skipped, failed } = sync
      return {
        syncId,
        state,
        success: imported + duplicates,
        errors: failed,
        found,
        imported,
        duplicates,
        skipped,
        failed,
      }
    },

    /** Those at rest: a sync that runs or is paused is not disturbed. */
    watchedFolders: (): number[] => library.folders.watched().filter(id => library.syncs.activeOf(id) === null),

    async syncFolder(folderId: number): Promise<void> {
      const folder = library.folders.get(folderId)
      if (!folder || library.syncs.activeOf(folderId)) return
      // Not connected, or no network: the next time comes in minutes.
      await imports.start(folder.source, folder.root).catch(cause => {
        if (!(cause instanceof SourceUnavailable)) throw cause
      })
    },
  }
}
