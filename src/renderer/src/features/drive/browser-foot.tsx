import { messageOf } from '../../lib/api.ts'
import type { Folder } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { WatchBox } from '../../ui/watch-box.tsx'
import type { DrivePages } from './drive-pages.ts'

interface FootProps {
  pages: DrivePages
  /** The library has this one already. */
  folder: Folder | undefined
  /** Google's, or `root`; null where one is in none. */
  folderId: string | null
  isStarting: boolean
  error: Error | null
  isWatched: boolean
  onWatch: (isWatched: boolean) => void
  onBringIn: () => void
}

/** What is in the folder, and the button all of this is for. */
export function BrowserFoot({ pages, folder, folderId, isStarting, error, ...watch }: FootProps) {
  const { isWatched, onWatch, onBringIn } = watch
  const canBringIn = folderId !== null && !(pages.error && pages.entries.length === 0)
  return (
    <footer className="drive-foot">
      <div>
        <p aria-live="polite">{folderId === null ? 'Open a folder to bring it in.' : contentLine(pages)}</p>
        {error ? (
          <p className="error-line" role="alert">
            {messageOf(error)}
          </p>
        ) : (
          <p className="hint">Originals are kept in the library. Nothing in Drive is changed.</p>
        )}
      </div>
      <div className="drive-foot-actions">
        {canBringIn && <WatchBox label="Watch this folder" isWatched={isWatched} onChange={onWatch} />}
        <Button kind="primary" keyName="Mod+Enter" disabled={!canBringIn || isStarting} onClick={onBringIn}>
          {labelOf(folderId, folder !== undefined)}
        </Button>
      </div>
    </footer>
  )
}

function labelOf(folderId: string | null, isKnown: boolean): string {
  if (isKnown) return 'Sync this folder'
  return folderId === 'root' ? 'Bring in all of My Drive' : 'Bring in this folder'
}

/** "3 folders and 120 pictures here. Folders inside come along." */
export function contentLine(pages: Pick<DrivePages, 'entries' | 'hasNextPage' | 'isPending' | 'error'>): string {
  const { entries } = pages
  if (pages.isPending) return 'Reading the folder …'
  if (pages.error && entries.length === 0) return '\u00a0'
  const folderCount = entries.filter(entry => entry.kind === 'folder').length
  const pictureCount = entries.length - folderCount
  const found = `${plural(folderCount, 'folder')} and ${plural(pictureCount, 'picture')}`
  return `${found} ${pages.hasNextPage ? 'so far' : 'here'}.${folderCount > 0 ? ' Folders inside come along.' : ''}`
}
