import { goToLibrary } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Connect } from './connect.tsx'

/** Nobody is connected yet. */
export function FirstAccount({ notice, onClient }: { notice: string | null; onClient: () => void }) {
  return (
    <main className="page">
      <div className="page-column">
        <h1>Bring in pictures from Google Drive</h1>
        <p className="quiet">
          Connect the account they are in, then choose a folder. Burg Ink may read your Drive and nothing else: it
          cannot change, move or delete a file there. You can disconnect at any time.
        </p>
        {notice && <p className="hint">{notice}</p>}
        <Connect label="Connect a Google account" isPrimary />
        <p className="form-actions drive-other-ways">
          <Button kind="quiet" onClick={onClient}>
            Change the Google client
          </Button>
          <Button kind="quiet" keyName="Escape" onClick={goToLibrary}>
            Not now
          </Button>
        </p>
      </div>
    </main>
  )
}
