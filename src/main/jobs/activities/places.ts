import type { FileRow } from '../../library/index.ts'
import { type MediaSource, SourceUnavailable } from '../../sources/index.ts'
import type { JobRooms } from '../rooms.ts'

/** Where a file is: its source, and the root within it. */
export interface Place {
  source: MediaSource
  root: string
  keepsCopies: boolean
}

/** @throws {SourceUnavailable} when no adapter of this run serves the folder. */
export function placeOf({ library, sources }: JobRooms, folderId: number): Place {
  const folder = library.folders.get(folderId)
  const source = folder && sources.get(folder.source)
  if (!folder || !source) throw new SourceUnavailable('The folder of this import is not known any more.')
  return { source, root: folder.root, keepsCopies: folder.keepsCopies }
}

/** The file while it still has to be worked on, else null. */
export function unfinishedFile({ library }: JobRooms, fileId: number): FileRow | null {
  const file = library.files.get(fileId)
  return file?.outcome === 'pending' ? file : null
}
