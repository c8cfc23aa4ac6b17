import { extensionOf, isSystemFile, mediaExtensions, skipped, type Verdict } from '../verdicts.ts'
import type { DriveFile } from './client.ts'
import { shortcutType } from './ids.ts'

/** Types of the formats Burg Ink reads, for names whose extension says nothing. */
const mediaTypes: ReadonlySet<string> = new Set([
  ...['jpeg', 'jpg', 'png', 'webp', 'avif', 'gif', 'tiff', 'svg+xml'].map(type => `image/${type}`),
  ...['mp4', 'x-m4v', 'quicktime', 'webm', 'matroska', 'x-matroska', 'avi', 'x-msvideo', 'mp2t', '3gpp'].map(
    type => `video/${type}`,
  ),
])

/** What Drive calls a file it knows nothing about. */
const unknownType = 'application/octet-stream'

/** Why a file need not be fetched; null when it has to be. `name` is the one it is listed under. */
export function fileVerdict(name: string, file: DriveFile): Verdict | null {
  if (isSystemFile(name)) return skipped('system-file')
  if (name.startsWith('.')) return skipped('hidden')
  const type = file.mimeType ?? unknownType
  // A shortcut that leads to a shortcut is not followed further: Drive itself does not make any.
  if (type === shortcutType) return skipped('dangling-shortcut')
  if (type.startsWith('application/vnd.google-apps.')) return skipped('google-document')
  if (!mayBeMedia(name, type)) return skipped('not-a-picture')
  if (file.capabilities?.canDownload === false) return skipped('no-download')
  return Number(file.size ?? 0) === 0 ? { outcome: 'failed', code: 'empty' } : null
}

/** A type is made from the name or the content by whoever uploaded it, so either is enough. */
function mayBeMedia(name: string, type: string): boolean {
  const extension = extensionOf(name)
  return mediaExtensions.has(extension) || mediaTypes.has(type) || (extension === '' && type === unknownType)
}
