import { lstat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Host } from '../../shared/host.ts'
import type { MediaFile } from '../../shared/media.ts'
import type { Imports } from '../jobs/index.ts'
import type { Library } from '../library/index.ts'
import type { MediaSource } from '../sources/index.ts'
import { explained } from './explained.ts'
import { isInPlace } from './in-place.ts'

export interface FileHandlerParts {
  library: Library
  imports: Imports
  sources: ReadonlyMap<string, MediaSource>
  host: Host
  absentFolders(): Promise<number[]>
}

type FileCalls = 'media.history' | 'folders.absent' | 'file.show' | 'folder.show' | 'folder.sync'

/** What the app answers about the files behind pictures. */
export function createFileHandlers(parts: FileHandlerParts): Pick<Handlers, FileCalls> {
  const { library, imports, sources, host, absentFolders } = parts

  function filesOf(mediaId: number): MediaFile[] {
    const media = library.detail(mediaId)
    if (!media) throw new CallFailed('not-found', 'This picture is not in the library.')
    return media.files
  }

  function folderOf(folderId: number) {
    const folder = library.folders.get(folderId)
    if (!folder) throw new CallFailed('not-found', 'There is no such folder.')
    return folder
  }

  async function show(path: string): Promise<void> {
    if (!host.showInFolder) throw new CallFailed('not-allowed', 'There is no window here to show a folder in.')
    await host.showInFolder(path)
  }

  return {
    'media.history': ({ id }) => {
      const history = library.pictureHistory(id)
      if (!history) throw new CallFailed('not-found', 'This picture is not in the library.')
      return history
    },
    'folders.absent': () => absentFolders(),
    'file.show': async ({ mediaId, fileId }) => {
      const files = filesOf(mediaId)
      const file = fileId === undefined ? (files.find(isOnDisk) ?? files[0]) : files.find(({ id }) => id === fileId)
      if (!file) throw new CallFailed('not-found', 'No file of this picture is known any more.')
      const path = sources.get(file.source)?.localPath(file.folder.path, file.sourceId)
      if (!path) throw new CallFailed('not-allowed', 'This picture is in Google Drive. Open it there.')
      await assertThere(file, path)
      await show(path)
      return {}
    },
    'folder.show': async ({ folderId }) => {
      const { source, root } = folderOf(folderId)
      if (source !== 'folder') throw new CallFailed('not-allowed', 'This folder is in Google Drive. Open it there.')
      if (!(await isThere(root))) throw new CallFailed('folder-unavailable', goneFolder(root))
      await show(root)
      return {}
    },
    'folder.sync': ({ folderId }) => {
      const { source, root } = folderOf(folderId)
      return explained(async () => ({ syncId: await imports.start(source, root) }))
    },
  }
}

const isOnDisk = ({ source, missingSince }: MediaFile): boolean => source === 'folder' && missingSince === null

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

const goneFolder = (root: string): string =>
  `The folder ${root} is not there. If it is on another disk, connect the disk and try again.`

/** @throws {CallFailed} where the file is not what was imported there. */
async function assertThere({ path: name, folder }: MediaFile, path: string): Promise<void> {
  if (!(await isThere(folder.path))) throw new CallFailed('folder-unavailable', goneFolder(folder.path))
  if ((await isThere(path)) && isInPlace(folder.path, path)) return
  throw new CallFailed(
    'not-found',
    `“${basename(name)}” is not at its place any more: it was moved, renamed or removed. Sync ${folder.name}, and it is found where it is now.`,
  )
}
