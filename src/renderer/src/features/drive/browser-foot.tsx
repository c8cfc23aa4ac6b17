import { messageOf } from '../../lib/api.ts'
import type { Folder } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import type { DrivePages } from './drive-pages.ts'

interface FootProps {
  pages: DrivePages
  /** The library has this one already. */
  folder: Folder | undefined
  canBringIn: boolean
  isStarting: boolean
  error: Error | null
  onBringIn: () => void
}

/** What is in the folder, and the button all of this is for. */
export function BrowserFoot({ pages, folder, canBringIn, isStarting, error, onBringIn }: FootProps) {
  return (
    <footer className="drive-foot">
      <div>
        <p aria-live="polite">{canBringIn ? contentLine(pages) : 'Open a folder to bring it in.'}</p>
        {error ? (
          <p className="error-line" role="alert">
            {messageOf(error)}
          </p>
        ) : (
          <p className="hint">Originals are copied into the library and kept there. Nothing in Drive is changed.</p>
        )}
      </div>
      <Button kind="primary" keyName="Mod+Enter" disabled={!canBringIn || isStarting} onClick={onBringIn}>
        {folder ? 'Sync this folder' : 'Bring in this folder'}
      </Button>
    </footer>
  )
}

/** "3 folders and 120 pictures here. Folders inside come along." */
export function contentLine(pages: Pick<DrivePages, 'entries' | 'hasNextPage' | 'isPending' | 'error'>): string {
  const { entries } = pages
  if (pages.isPending) return 'Reading the folder …'
  if (pages.error && entries.length === 0) return ' '
  const folderCount = entries.filter(entry => entry.kind === 'folder').length
  const pictureCount = entries.length - folderCount
  // Folders come first: where a picture is listed, all of them are.
  const more = (count: number): string => (pages.hasNextPage ? `${formatCount(count)} or more ` : '')
  const folders =
    pictureCount === 0 && more(folderCount) ? `${more(folderCount)}folders` : plural(folderCount, 'folder')
  const pictures = more(pictureCount) ? `${more(pictureCount)}pictures` : plural(pictureCount, 'picture')
  return `${folders} and ${pictures} here.${folderCount > 0 ? ' Folders inside come along.' : ''}`
}
