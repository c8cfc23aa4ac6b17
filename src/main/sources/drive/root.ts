import { type ResolvedRoot, SourceUnavailable } from '../port.ts'
import type { DriveClient, DriveFile } from './client.ts'
import { isFault } from './faults.ts'
import { type DriveRoot, formatRoot, parseRoot } from './ids.ts'
import { isFolder, isFolderShortcut, targetOf } from './listed-file.ts'

/** Also of my drive (`<account>/root`) and of a shortcut to a folder. @throws {SourceUnavailable} */
export async function resolveRoot(client: DriveClient, root: string): Promise<ResolvedRoot> {
  const asked = parseRoot(root)
  const { accountId } = asked
  const folder = await rootFolder(client, asked)
  const id = folder.id ?? asked.folderId
  // Of a shared drive the folder is called “Drive”.
  const isSharedDrive = folder.driveId === id
  const name = (isSharedDrive ? await client.sharedDriveName(asked, id) : folder.name) ?? id
  return { root: formatRoot({ accountId, folderId: id }), name, identity: id }
}

/**
 * The folder itself, as it is now.
 * @throws {SourceUnavailable} when it is gone, in the bin, no folder, or not to be seen by this account any more.
 */
export async function rootFolder(client: DriveClient, root: DriveRoot): Promise<DriveFile> {
  const found = await client.file(root, { id: root.folderId }).catch(cause => {
    if (!isFault(cause, 'not-found')) throw cause
    throw new SourceUnavailable(
      'The folder is not in Google Drive any more, or this account may not see it. Choose another folder.',
      { cause },
    )
  })
  const folder = isFolderShortcut(found) ? await targetOf(client, root, found) : found
  if (folder === null) throw new SourceUnavailable('The shortcut leads to a folder that is gone.')
  if (folder.trashed) {
    throw new SourceUnavailable(
      `The folder “${folder.name}” is in the bin of Google Drive. Restore it, then sync again.`,
    )
  }
  if (!isFolder(folder))
    throw new SourceUnavailable(`“${folder.name}” is a file, not a folder. Choose the folder it is in.`)
  return folder
}
