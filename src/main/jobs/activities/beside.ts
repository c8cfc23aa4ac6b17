import { basename, dirname } from 'node:path'
import type { SidecarWords } from '../../../shared/sidecars.ts'
import { uniqueKeywords } from '../../../shared/written-text.ts'
import type { DerivedPicture } from '../../imaging/index.ts'
import type { FileRow } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'
import type { Place } from './places.ts'

type Embedded = DerivedPicture['embedded']

const keywordsMax = 200
const keywordMax = 100

/**
 * What the file says of itself, with what the sidecars beside it say: they are written where a program does not want to touch
 * the original, so theirs is the later word. One that cannot be read is passed over: reading sidecars says why.
 */
export async function withSidecars(
  { library, sidecars }: JobRooms,
  { source, root }: Place,
  { folderId, sourceId }: FileRow,
  embedded: Embedded,
): Promise<Embedded> {
  const path = source.isRemote ? null : source.localPath(root, sourceId)
  if (path === null) return embedded
  const hasNamesake = library.hasNamesake(folderId, sourceId)
  const [found] = await sidecars.read([{ folder: dirname(path), filename: basename(path), hasNamesake }])
  return found && 'words' in found ? joined(embedded, found.words) : embedded
}

/** Flags and labels are a person's alone, and no facts of a file. */
function joined(embedded: Embedded, { title, description, creator, rights, rating, tags }: SidecarWords): Embedded {
  return {
    ...embedded,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { caption: description }),
    ...(creator !== undefined && { artist: creator }),
    ...(rights !== undefined && { copyright: rights }),
    ...(rating !== undefined && { rating }),
    keywords: uniqueKeywords([...tags, ...embedded.keywords], keywordsMax, keywordMax),
  }
}
