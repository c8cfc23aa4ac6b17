import { extensionOf, isSystemFile, mediaExtensions, skipped, type Verdict } from '../verdicts.ts'
import type { EntryStat } from './file-system.ts'

/** Why a file need not be opened; null when it has to be. */
export function fileVerdict(name: string, stat: EntryStat, isPlaceholder: boolean): Verdict | null {
  if (isSystemFile(name)) return skipped('system-file')
  // What iCloud Drive left in place of a file before macOS 14.
  if (/^\..+\.icloud$/i.test(name)) return skipped('not-downloaded')
  if (name.startsWith('.')) return skipped('hidden')
  if (stat.kind === 'link') return skipped('link')
  if (stat.kind !== 'file') return skipped('special-file')
  if (!mayBeMedia(name)) return skipped('not-a-picture')
  if (stat.sizeBytes === 0) return { outcome: 'failed', code: 'empty' }
  return isPlaceholder ? skipped('not-downloaded') : null
}

/**
 * A name without an extension says nothing, so its content decides. Pointers to Google's own documents (`.gdoc`,
 * `.gsheet`, …) have extensions that are nothing's of these.
 */
function mayBeMedia(name: string): boolean {
  const extension = extensionOf(name)
  return extension === '' || mediaExtensions.has(extension)
}
