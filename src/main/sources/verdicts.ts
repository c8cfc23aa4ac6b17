import type { ListedFile } from './port.ts'

/** Why a file, or a whole folder, need not be opened. */
export type Verdict = NonNullable<ListedFile['verdict']>

/** Extensions of the formats Burg Ink reads: pictures, then videos. `ts` is left out, since it mostly is TypeScript. */
export const mediaExtensions: ReadonlySet<string> = new Set(
  'jpg jpeg jpe jfif png webp avif gif tif tiff svg mp4 m4v mov qt 3gp webm mkv avi mts m2ts'.split(' '),
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

/** Whether a system made the file for itself. */
export function isSystemFile(name: string): boolean {
  const lower = name.toLowerCase()
  // `._name` carries what a Mac knows of `name` on disks that cannot hold it (AppleDouble).
  return systemFiles.has(lower) || lower.startsWith('._')
}

/** Lower case, without the dot. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

export function skipped(code: Verdict['code']): Verdict {
  return { outcome: 'skipped', code }
}
