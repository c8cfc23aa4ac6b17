import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type Library, previewPath } from '../library/index.ts'
import type { PictureFile, PictureKind } from '../server/index.ts'
import type { MediaSource } from '../sources/index.ts'
import type { ObjectStore } from '../storage/index.ts'

const versionLength = 12

/** Where the file behind a picture's URL is. Ids come in, paths never. */
export function createPictures(library: Library, sources: ReadonlyMap<string, MediaSource>, store: ObjectStore) {
  function originalPath(media: NonNullable<ReturnType<Library['media']['get']>>): string | null {
    const kept = media.storeKey === null ? null : store.localPath(media.storeKey)
    if (kept !== null) return kept
    const folder = media.folderId === null ? null : library.folders.get(media.folderId)
    if (!folder || media.sourceId === null) return null
    const path = sources.get(folder.source)?.localPath(folder.root, media.sourceId) ?? null
    return path !== null && isInPlace(folder.root, path) ? path : null
  }

  return {
    find(id: number, kind: PictureKind): PictureFile | null {
      const media = library.media.get(id)
      if (!media) return null
      const { filename, mimeType, previewedSha256, sha256 } = media
      if (kind === 'original') {
        const path = originalPath(media)
        return path === null ? null : { path, mimeType, version: (sha256 ?? '').slice(0, versionLength), filename }
      }
      if (previewedSha256 === null) return null
      const path = join(library.layout.folder, previewPath(previewedSha256, kind))
      return { path, mimeType: 'image/webp', version: previewedSha256.slice(0, versionLength), filename }
    },
  }
}

/** False when a link was put in the place of the file, or of a folder on the way to it, since it was imported. */
function isInPlace(root: string, path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(root) + path.slice(root.length)
  } catch {
    return false
  }
}
