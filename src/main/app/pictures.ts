import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { CallFailed } from '../../shared/contract.ts'
import type { Cloud } from '../jobs/index.ts'
import { type CopyRow, type Library, type MediaRow, previewPath } from '../library/index.ts'
import type { PictureFile, PictureKind } from '../server/index.ts'
import type { MediaSource } from '../sources/index.ts'
import { type ObjectStore, StoreFailed } from '../storage/index.ts'
import { isInPlace } from './in-place.ts'

const versionLength = 12

interface PictureParts {
  library: Library
  sources: ReadonlyMap<string, MediaSource>
  store: ObjectStore
  cloud: Pick<Cloud, 'place' | 'open'>
}

/** Where the file behind a picture's URL is. Ids come in, paths never. */
export function createPictures({ library, sources, store, cloud }: PictureParts) {
  function originalOf(media: MediaRow): { path: string } | CopyRow | null {
    if (media.storeKey === null || media.sha256 === null) return inSource(media)
    touch(media.sha256)
    const path = store.localPath(media.storeKey)
    if (path !== null && existsSync(path)) return { path }
    const inCloud = library.copies.get(cloud.place() ?? '', media.sha256)
    return inCloud ?? (path === null ? null : { path })
  }

  /** A disk that is full is no reason not to show what is there. */
  function touch(sha256: string): void {
    try {
      library.copies.touch(sha256)
    } catch {}
  }

  async function readFromCloud({ key }: CopyRow, range?: { start: number; end: number }): Promise<Readable> {
    try {
      return await (await cloud.open()).get(key, range)
    } catch (cause) {
      if (!(cause instanceof StoreFailed)) throw cause
      throw new CallFailed('store-unavailable', `This original is only in the cloud. ${cause.message}`, { cause })
    }
  }

  function inSource(media: MediaRow): { path: string } | null {
    const folder = media.folderId === null ? null : library.folders.get(media.folderId)
    if (!folder || media.sourceId === null) return null
    const path = sources.get(folder.source)?.localPath(folder.root, media.sourceId) ?? null
    return path !== null && isInPlace(folder.root, path) ? { path } : null
  }

  return {
    find(id: number, kind: PictureKind): PictureFile | null {
      const media = library.media.get(id)
      if (!media) return null
      const { filename, mimeType, previewedSha256, sha256 } = media
      if (kind === 'original') {
        const original = originalOf(media)
        const facts = { mimeType, version: (sha256 ?? '').slice(0, versionLength), filename }
        if (original === null || 'path' in original) return original && { ...facts, path: original.path }
        const { sizeBytes } = original
        return { ...facts, path: null, sizeBytes, read: range => readFromCloud(original, range) }
      }
      if (previewedSha256 === null) return null
      const path = join(library.layout.folder, previewPath(previewedSha256, kind))
      return { path, mimeType: 'image/webp', version: previewedSha256.slice(0, versionLength), filename }
    },
  }
}
