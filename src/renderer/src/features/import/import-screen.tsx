import { useCallback, useState } from 'react'
import { messageOf, transport, useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { go, goToLibrary, useRoute } from '../../lib/route.ts'
import { openSidecars } from '../../lib/sidecars-choice.ts'
import { Button } from '../../ui/button.tsx'
import { FolderChooser } from '../../ui/folder-chooser.tsx'

/** Chooses a folder and starts its import; the pictures appear in the library from then on. */
export function ImportScreen() {
  const { importPath } = useRoute()
  const [path, setPath] = useState(importPath ?? '')
  const settings = useCall('settings.get', {})
  const [keepsCopies, setKeepsCopies] = useState<boolean>()
  const start = useCommand('folder.import')
  const copyOriginals = keepsCopies ?? settings.data?.copyOriginals ?? false
  const change = useCallback((next: string) => setPath(next), [])
  const showPictures = (): void => go({ screen: 'library', filter: {}, sort: 'newest', openId: null })
  const run = (): void => start.mutate({ path, copyOriginals }, { onSuccess: showPictures })
  useCommands([
    {
      id: 'import.back',
      title: 'Back to the pictures',
      group: 'Import',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: goToLibrary,
    },
    {
      id: 'import.start',
      title: 'Import this folder',
      group: 'Import',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      run,
    },
  ])
  return (
    <main className="page">
      <div className="page-column">
        <h1>Import a folder</h1>
        <p className="quiet">
          The pictures stay where they are: Burg Ink reads them and never changes or moves a file. Import the same
          folder again at any time to take up what is new.
          {transport.knowsPaths && ' Folders and pictures can also be dropped anywhere on this window.'}
        </p>
        <FolderChooser key={importPath} startAt={importPath} onChange={change} />
        <label className="check-row">
          <input type="checkbox" checked={copyOriginals} onChange={event => setKeepsCopies(event.target.checked)} />
          <span>
            Keep a copy of every original in the library
            <br />
            <span className="quiet">Takes as much space again, and is still there when the folder is not.</span>
          </span>
        </label>
        {start.error && <p className="error-line">{messageOf(start.error)}</p>}
        <p className="form-actions">
          <Button
            kind="primary"
            keyName="Mod+Enter"
            autoFocus={importPath !== null}
            disabled={path.trim() === '' || start.isPending}
            onClick={run}
          >
            Import
          </Button>
          <Button icon="drive" onClick={() => go({ screen: 'drive' })}>
            From Google Drive
          </Button>
          <Button onClick={openSidecars}>Read sidecars</Button>
          <Button kind="quiet" onClick={goToLibrary}>
            Not now
          </Button>
        </p>
      </div>
    </main>
  )
}
