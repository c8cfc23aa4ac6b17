import { syncTitle } from '../../../../shared/sync-words.ts'
import { useCall } from '../../lib/api.ts'
import { importFolder } from '../../lib/choose-folder.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Sync } from '../../lib/contract.ts'
import { useEngine } from '../../lib/engine.ts'
import { formatCount, formatMoment, plural } from '../../lib/format.ts'
import { go, goToActivity, goToLibrary, useRoute } from '../../lib/route.ts'
import { allRuns } from '../../lib/runs-spot.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ScreenParts } from '../../ui/screen-parts.tsx'
import { StatusMark, syncLooks } from '../../ui/status-mark.tsx'
import { Ledger } from './ledger.tsx'
import { RunsPane } from './runs/runs-pane.tsx'
import { SyncHead } from './sync-head.tsx'
import './activity.css'

const syncsShown = 100

const partTitles = { imports: 'Imports', work: 'All work' } as const

function openPart(part: keyof typeof partTitles): void {
  if (part === 'imports') goToActivity()
  else go({ screen: 'activity', runs: allRuns })
}

/** What was imported, what is being imported, and how each file ended; and every piece of work besides. */
export function ActivityScreen() {
  const { runs } = useRoute()
  useCommands([
    { id: 'activity.back', title: 'Back to the pictures', group: 'Activity', keys: ['Escape'], run: goToLibrary },
  ])
  return (
    <main className="activity">
      <header className="top-bar">
        <IconButton icon="previous" label="Back to the pictures (Esc)" onClick={goToLibrary} />
        <h1>Activity</h1>
        <ScreenParts label="Activity" titles={partTitles} current={runs ? 'work' : 'imports'} onOpen={openPart} />
      </header>
      <EngineLine />
      {runs ? <RunsPane spot={runs} /> : <Imports />}
    </main>
  )
}

/** Why nothing goes on, where what does the work cannot be reached. */
function EngineLine() {
  const engine = useEngine()
  const message = engine?.standing.kind === 'away' ? engine.standing.message : engine?.notice
  if (!message) return null
  return (
    <p className="engine-line" role="status">
      <Icon name="failed" />
      {message}
    </p>
  )
}

function Imports() {
  const { syncId, outcome } = useRoute()
  const syncs = useCall('sync.list', { limit: syncsShown })
  const chosen = syncs.data?.find(sync => sync.id === syncId) ?? syncs.data?.[0]
  return (
    <>
      {syncs.data?.length === 0 && <NothingYet />}
      {chosen && (
        <div className="activity-panes">
          <nav className="sync-list" aria-label="Imports">
            {syncs.data?.map(sync => (
              <SyncItem key={sync.id} sync={sync} isChosen={sync.id === chosen.id} />
            ))}
          </nav>
          <section className="sync" aria-label={`Import of ${syncTitle(chosen)}`}>
            <SyncHead sync={chosen} outcome={outcome} />
            <Ledger key={`${chosen.id}-${outcome}`} sync={chosen} outcome={outcome} />
          </section>
        </div>
      )}
    </>
  )
}

function SyncItem({ sync, isChosen }: { sync: Sync; isChosen: boolean }) {
  return (
    <button
      type="button"
      className="sync-item"
      aria-current={isChosen}
      onClick={() => go({ syncId: sync.id, outcome: null }, { replaces: true })}
    >
      <span className="sync-item-name">{syncTitle(sync)}</span>
      <StatusMark look={syncLooks[sync.state]} hasWord={false} />
      <span className="sync-item-line">
        {plural(sync.found, 'file')}
        {sync.failed > 0 && `, ${formatCount(sync.failed)} failed`}
      </span>
      <span className="sync-item-line">{formatMoment(sync.startedAt)}</span>
    </button>
  )
}

function NothingYet() {
  return (
    <div className="activity-panes">
      <EmptyState
        icon="activity"
        title="Nothing has been imported yet"
        action={
          <Button kind="primary" keyName="Mod+O" onClick={importFolder}>
            Import a folder
          </Button>
        }
      >
        Every import shows here how far it is, and for each file how it ended and why.
      </EmptyState>
    </div>
  )
}
