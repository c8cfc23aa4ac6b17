import type { ListedFile } from '../port.ts'
import type { EntryStat } from './file-system.ts'

type Verdict = NonNullable<ListedFile['verdict']>

/** Extensions of the formats Burg Ink reads. */
export const pictureExtensions: ReadonlySet<string> = new Set(
  'jpg jpeg jpe jfif png webp avif gif tif tiff svg'.split(' '),
)

/** Lower case. Made by Windows, macOS, Synology, QNAP and Picasa beside the files of a person. */
const systemFiles = new Set([
  '.ds_store',
  '.directory',
  '.localized',
  '.picasa.ini',
  'desktop.ini',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'icon\r',
  'picasa.ini',
  'thumbs.db',
  'thumbs.db:encryptable',
])

/** Lower case. Bins, snapshots, thumbnail caches, and the temporary folders of Google Drive for desktop. */
const systemFolders = new Set([
  '#recycle',
  '#snapshot',
  '$recycle.bin',
  '.@__thumb',
  '.documentrevisions-v100',
  '.fseventsd',
  '.spotlight-v100',
  '.temporaryitems',
  '.tmp.drivedownload',
  '.tmp.driveupload',
  '@eadir',
  '__macosx',
  'lost+found',
  'recycler',
  'system volume information',
])

/** Why a folder is not looked into, judged by its name; null when it is. */
export function folderVerdict(name: string): Verdict | null {
  const lower = name.toLowerCase()
  if (systemFolders.has(lower) || lower.startsWith('.trash')) return skipped('system-file')
  return name.startsWith('.') ? skipped('hidden') : null
}

/** Why a file need not be opened; null when it has to be. */
export function fileVerdict(name: string, stat: EntryStat, isPlaceholder: boolean): Verdict | null {
  const lower = name.toLowerCase()
  // `._name` carries what a Mac knows of `name` on disks that cannot hold it (AppleDouble).
  if (systemFiles.has(lower) || lower.startsWith('._')) return skipped('system-file')
  // What iCloud Drive left in place of a file before macOS 14.
  if (/^\..+\.icloud$/.test(lower)) return skipped('not-downloaded')
  if (name.startsWith('.')) return skipped('hidden')
  if (stat.kind === 'link') return skipped('link')
  if (stat.kind !== 'file') return skipped('special-file')
  if (!mayBePicture(lower)) return skipped('not-a-picture')
  if (stat.sizeBytes === 0) return { outcome: 'failed', code: 'empty' }
  return isPlaceholder ? skipped('not-downloaded') : null
}

/**
 * A name without an extension says nothing, so its content decides. Pointers to Google's own documents (`.gdoc`,
 * `.gsheet`, …) have extensions that are not pictures'.
 */
function mayBePicture(lowerName: string): boolean {
  const extension = extensionOf(lowerName)
  return extension === '' || pictureExtensions.has(extension)
}

/** Lower case, without the dot. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

function skipped(code: Verdict['code']): Verdict {
  return { outcome: 'skipped', code }
}
