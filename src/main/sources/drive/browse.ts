import { SourceUnavailable } from '../port.ts'
import type { DriveClient, DriveFile, FileQuery } from './client.ts'
import { isFault } from './faults.ts'
import { folderType, formatRoot, quote, shortcutType } from './ids.ts'
import { isFolder, isFolderShortcut } from './listed-file.ts'

/** What a person looks at: a folder by its Drive id, or one of the places Drive begins with. */
export type DrivePlace =
  | { kind: 'my-drive' }
  | { kind: 'shared-with-me' }
  | { kind: 'shared-drives' }
  | { kind: 'folder'; folderId: string }
  | { kind: 'search'; text: string }

export interface DriveEntry {
  kind: 'folder' | 'picture'
  /** Of a shortcut to a folder: the folder's. */
  id: string
  name: string
  /** What a folder is picked by. */
  root: string | null
  isShortcut: boolean
}

export interface BrowsedPage {
  /** Folders first, then pictures and shortcuts, each by name: so Drive sorts them. */
  entries: DriveEntry[]
  /** Null when there is nothing more. */
  pageToken: string | null
}

const pageSize = 100

/** One page of a place. A page token that is too old begins again. @throws {SourceUnavailable} */
export async function browseDrive(
  client: DriveClient,
  accountId: number,
  place: DrivePlace,
  pageToken?: string,
): Promise<BrowsedPage> {
  try {
    return place.kind === 'shared-drives'
      ? await sharedDrives(client, accountId, pageToken)
      : await entriesOf(client, accountId, { ...queryFor(place), ...(pageToken !== undefined && { pageToken }) })
  } catch (cause) {
    if (pageToken !== undefined && isFault(cause, 'page-token')) return browseDrive(client, accountId, place)
    if (!isFault(cause, 'not-found')) throw cause
    throw new SourceUnavailable('The folder is not in Google Drive any more, or this account may not see it.', {
      cause,
    })
  }
}

function queryFor(place: Exclude<DrivePlace, { kind: 'shared-drives' }>): FileQuery {
  const isFolderLike = `mimeType = '${folderType}' or mimeType = '${shortcutType}'`
  const shown = `(${isFolderLike} or mimeType contains 'image/') and trashed = false`
  const byName = { pageSize, orderBy: 'folder,name_natural' }
  switch (place.kind) {
    case 'my-drive':
      return { ...byName, q: `'root' in parents and ${shown}` }
    case 'shared-with-me':
      return { ...byName, q: `sharedWithMe = true and ${shown}` }
    case 'folder':
      return { ...byName, q: `${quote(place.folderId)} in parents and ${shown}` }
    case 'search':
      return {
        ...byName,
        q: `name contains ${quote(place.text)} and (${isFolderLike}) and trashed = false`,
        everywhere: true,
      }
  }
}

async function entriesOf(client: DriveClient, accountId: number, query: FileQuery): Promise<BrowsedPage> {
  const { files, nextPageToken } = await client.files({ accountId }, query)
  return { entries: files.flatMap(file => entryOf(accountId, file) ?? []), pageToken: nextPageToken }
}

/** Shortcuts to files are left out: they are not what a person looks for here. */
function entryOf(accountId: number, file: DriveFile): DriveEntry | null {
  const isShortcut = file.mimeType === shortcutType
  if (isShortcut && !isFolderShortcut(file)) return null
  const id = (isShortcut ? file.shortcutDetails?.targetId : file.id) ?? ''
  const name = file.name ?? ''
  if (!isShortcut && !isFolder(file)) return { kind: 'picture', id, name, root: null, isShortcut }
  return { kind: 'folder', id, name, root: formatRoot({ accountId, folderId: id }), isShortcut }
}

async function sharedDrives(client: DriveClient, accountId: number, pageToken?: string): Promise<BrowsedPage> {
  const { drives, nextPageToken } = await client.sharedDrives({ accountId }, pageToken)
  const entries = (drives ?? []).map(({ id, name }): DriveEntry => {
    const folderId = id ?? ''
    return {
      kind: 'folder',
      id: folderId,
      name: name ?? '',
      root: formatRoot({ accountId, folderId }),
      isShortcut: false,
    }
  })
  return { entries, pageToken: nextPageToken ?? null }
}
