import type { MediaSource } from '../port.ts'
import { type BrowsedPage, browseDrive, type DrivePlace } from './browse.ts'
import { listChanges } from './changes.ts'
import { createDriveClient, type DriveClientOptions } from './client.ts'
import { createCrawl } from './crawl.ts'
import { openFile } from './open-file.ts'
import { resolveRoot } from './root.ts'

export interface DriveSource extends MediaSource {
  listChanges: NonNullable<MediaSource['listChanges']>
  /** A page of what is in one place of an account, for a person who picks a folder. @throws {SourceUnavailable} */
  browse(accountId: number, place: DrivePlace, pageToken?: string): Promise<BrowsedPage>
  /** Whose Drive a token opens that no account gave out. @throws {SourceUnavailable} */
  ownerOf(accessToken: string): Promise<{ email: string; name: string }>
}

/** Folders of Google Drive. A root is `<account id>/<Drive folder id>`, a `sourceId` the file's id in Drive. */
export function createDriveSource(options: DriveClientOptions): DriveSource {
  const client = createDriveClient(options)
  return {
    kind: 'google_drive',
    isRemote: true,
    resolveRoot: root => resolveRoot(client, root),
    listPage: createCrawl(client),
    listChanges: (root, cursor, known) => listChanges(client, root, cursor, known),
    open: (root, sourceId, { fromByte = 0 } = {}) => openFile(client, root, sourceId, fromByte),
    localPath: () => null,
    ownerOf: accessToken => client.owner(accessToken),
    browse: (accountId, place, pageToken) => browseDrive(client, accountId, place, pageToken),
  }
}
