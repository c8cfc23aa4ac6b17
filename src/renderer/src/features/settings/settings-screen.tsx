import { useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { StorageOverview } from '../../lib/contract.ts'
import { theme } from '../../lib/preferences.ts'
import { go, goToLibrary, goToSettings } from '../../lib/route.ts'
import { useSettings } from '../../lib/saved.ts'
import { storageDraft } from '../../lib/storage-draft.ts'
import { placeLine, storageTrouble } from '../../lib/storage-words.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ArtworksPart } from './artworks-part.tsx'
import { EnginePart } from './engine-part.tsx'
import { ProgramPart } from './program-part.tsx'
import './settings.css'

export function SettingsScreen() {
  const { shown: settings, save, error } = useSettings()
  const overview = useCall('library.overview', {})
  const shade = useStore(theme)
  useCommands([
    { id: 'settings.back', title: 'Back to the pictures', group: 'View', keys: ['Escape'], run: goToLibrary },
  ])
  return (
    <main className="page">
      <div className="page-column">
        <h1>Settings</h1>
        <h2>Library</h2>
        <p className="quiet">{overview.data?.path}</p>
        <label className="check-row">
          <input
            type="checkbox"
            disabled={!settings}
            checked={settings?.copyOriginals ?? false}
            onChange={event => save({ copyOriginals: event.target.checked })}
          />
          <span>
            Keep a copy of every original in the library
            <br />
            <span className="quiet">For folders imported from now on. Each import can choose otherwise.</span>
          </span>
        </label>
        <Fault error={error} />
        <ArtworksPart />
        <h2>Originals</h2>
        <StorageLine />
        <h2>Descriptions</h2>
        <p className="quiet">Who says what a picture shows, with what words, and what that may cost.</p>
        <p className="form-actions">
          <Button icon="words" onClick={() => go({ screen: 'describe', describe: 'setup' })}>
            Set up descriptions
          </Button>
        </p>
        <EnginePart />
        <h2>Window</h2>
        <label className="check-row">
          <input
            type="checkbox"
            checked={shade === 'light'}
            onChange={event => theme.set(event.target.checked ? 'light' : 'dark')}
          />
          <span>
            Light window
            <br />
            <span className="quiet">
              Dark is the default, whatever the system prefers: pictures are judged against it.
            </span>
          </span>
        </label>
        <ProgramPart />
      </div>
    </main>
  )
}

/** Where originals are kept, in a line, and the way to its page. */
function StorageLine() {
  const overview = useCall('storage.overview', {})
  const hasDraft = useStore(storageDraft) !== null
  const trouble = overview.data && storageTrouble(overview.data)
  return (
    <div className="settings-line">
      <div>
        <p>{overview.data?.settings.keepsIn === 'cloud' ? 'Also in the cloud' : 'On this computer'}</p>
        <p className="quiet">{overview.data && whereLine(overview.data)}</p>
        {trouble && <p className="error-line">{trouble.message}</p>}
        {hasDraft && <p className="hint">What you changed there is not saved yet.</p>}
      </div>
      <Button onClick={() => goToSettings('storage')}>Where originals are kept</Button>
    </div>
  )
}

const whereLine = ({ settings }: StorageOverview): string =>
  settings.keepsIn === 'cloud'
    ? `${placeLine(settings)}.`
    : 'They can be in a store in the cloud as well: DigitalOcean Spaces, Amazon S3, Cloudflare R2, or another S3 server.'
