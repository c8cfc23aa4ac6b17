import { localUserId } from '../../library/index.ts'
import { SourceUnavailable } from '../../sources/index.ts'
import type { DriveRequest, DriveRequests } from '../drive-requests.ts'
import { driveKind } from '../drive-root.ts'
import { final } from '../failures.ts'
import type { Imports } from '../imports.ts'
import type { JobRooms } from '../rooms.ts'
import { accessPurpose, type Sealing } from '../sealing.ts'

const unreadableToken =
  'The access token of this request was sealed by a run of Burg Ink that has ended. Ask again, or connect the account.'

/** What `process-google-images` and the watch over folders do. */
export function createDriveActivities(
  rooms: JobRooms,
  imports: Imports,
  driveRequests: DriveRequests,
  sealing: Sealing,
) {
  const { library, sources, lending } = rooms

  function accountFor(accountId: number | undefined): number {
    const accounts = library.accounts.list()
    const [only, another] = accountId === undefined ? accounts : accounts.filter(({ id }) => id === accountId)
    if (!only) throw final('This account is not connected. Connect it, then bring in the folder again.', undefined)
    if (another) throw final('Several accounts are connected: say which one the folder is in.', undefined)
    return only.id
  }

  async function rootByAccount({ folderId, accountId }: DriveRequest): Promise<string> {
    const source = sources.get(driveKind)
    if (!source) throw final('Google Drive is not part of this run.', undefined)
    return (await source.resolveRoot(`${accountFor(accountId)}/${folderId}`)).root
  }

  async function rootByToken(requestId: string, { userId, folderId }: DriveRequest, sealed: string): Promise<string> {
    const accessToken = sealing.open(sealed, accessPurpose(userId, folderId))
    if (accessToken === null) throw final(unreadableToken, undefined)
    return lending.lend(requestId, accessToken, folderId)
  }

  return {
    /** The root of the folder, when there is the user, the account and the folder. */
    async driveRootOf(requestId: string, request: DriveRequest): Promise<string> {
      const { userId, accessToken } = request
      if (userId !== localUserId) throw final(`There is no user ${userId} in this library.`, undefined)
      try {
        return await (accessToken ? rootByToken(requestId, request, accessToken) : rootByAccount(request))
      } catch (cause) {
        throw cause instanceof SourceUnavailable ? final(cause.message, cause) : cause
      }
    },

    /** Where this is not reached, the program has ended. */
    endRequest(requestId: string): void {
      lending.takeBack(requestId)
      driveRequests.ended(requestId)
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
