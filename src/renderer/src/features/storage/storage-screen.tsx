import { useState } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { StorageOverview } from '../../lib/contract.ts'
import { goToSettings } from '../../lib/route.ts'
import { storageDraft } from '../../lib/storage-draft.ts'
import { amountLine, isConfigured, placeLine } from '../../lib/storage-words.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Faults } from './faults.tsx'
import { MoveSection } from './move-section.tsx'
import { StoreForm } from './store-form.tsx'
import { Whereabouts } from './whereabouts.tsx'
import './storage.css'

/** Where originals are kept, how much is where, and the way from one place to the other. */
export function StorageScreen() {
  const overview = useCall('storage.overview', {})
  useCommands([
    {
      id: 'storage.back',
      title: 'Back to the settings',
      group: 'Originals',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: () => goToSettings(),
    },
  ])
  if (overview.error) {
    return (
      <main className="page storage">
        <EmptyState
          icon="failed"
          title="Where originals are kept could not be read"
          action={<Button onClick={() => void overview.refetch()}>Try again</Button>}
        >
          {messageOf(overview.error)}
        </EmptyState>
      </main>
    )
  }
  return (
    <main className="page storage">
      <div className="page-column">
        <header className="storage-head">
          <IconButton icon="previous" label="Back to the settings (Esc)" onClick={() => goToSettings()} />
          <h1>Where originals are kept</h1>
        </header>
        {overview.data && <Sections overview={overview.data} />}
      </div>
    </main>
  )
}

function Sections({ overview }: { overview: StorageOverview }) {
  const isSetUp = isConfigured(overview)
  // Once open it stays open: what was just saved does not fold up under the hand.
  const [isOpen, setIsOpen] = useState(!isSetUp || storageDraft.get() !== null)
  return (
    <>
      {isOpen ? (
        <>
          <p className="quiet">
            The originals that the library keeps: those of Google Drive, and copies of folders that were imported with
            them. Files in your own folders are never touched.
          </p>
          <StoreForm overview={overview} />
        </>
      ) : (
        <Summary overview={overview} onChange={() => setIsOpen(true)} />
      )}
      {isSetUp && (
        <>
          <h2>How much is where</h2>
          <Whereabouts overview={overview} />
          <MoveSection overview={overview} />
          <Faults overview={overview} />
        </>
      )}
    </>
  )
}

function Summary({ overview, onChange }: { overview: StorageOverview; onChange: () => void }) {
  const { settings, notice } = overview
  useCommands([{ id: 'storage.change', title: 'Change where originals are kept', group: 'Originals', run: onChange }])
  return (
    <div className="storage-summary">
      <div>
        <p>{settings.keepsIn === 'cloud' ? 'Also in the cloud' : 'On this computer'}</p>
        <p className="quiet">{summaryOf(overview)}</p>
        {notice && <p className="hint">{notice}</p>}
      </div>
      <Button onClick={onChange}>Change</Button>
    </div>
  )
}

function summaryOf({ settings, cloud }: StorageOverview): string {
  const place = placeLine(settings)
  if (settings.keepsIn === 'cloud') return `${place}. ${settings.isPublic ? 'Public' : 'Private'}.`
  return cloud.count > 0 ? `Still in the cloud: ${amountLine(cloud)} (${place}).` : 'Nothing is sent.'
}
