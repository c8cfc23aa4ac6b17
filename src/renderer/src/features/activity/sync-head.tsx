import { useState } from 'react'
import { syncTitle } from '../../../../shared/sync-words.ts'
import { useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Outcome, Sync } from '../../lib/contract.ts'
import { formatCount, formatDuration, formatMoment, formatRate, plural } from '../../lib/format.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { go } from '../../lib/route.ts'
import { isOfDrive } from '../../lib/sources.ts'
import { Button } from '../../ui/button.tsx'
import { CancelQuestion } from '../../ui/cancel-question.tsx'
import { DriveLine } from '../../ui/drive-line.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { outcomeLooks, StatusMark, syncLooks } from '../../ui/status-mark.tsx'

/** How far one import is, and what can be done about it. */
export function SyncHead({ sync, outcome }: { sync: Sync; outcome: Outcome | null }) {
  return (
    <header className="sync-head">
      <div className="sync-title">
        <h2>{syncTitle(sync)}</h2>
        <StatusMark look={syncLooks[sync.state]} />
        <SyncActions key={sync.id} sync={sync} />
      </div>
      <SyncPlace sync={sync} />
      <ProgressBar
        label="Progress"
        total={sync.found}
        parts={[
          { tone: 'done', count: sync.imported },
          { tone: 'skipped', count: sync.duplicates + sync.skipped },
          { tone: 'failed', count: sync.failed },
        ]}
      />
      <p className="sync-line">{progressLine(sync)}</p>
      {sync.error && <p className="error-line">{sync.error}</p>}
      <OutcomeFilters sync={sync} outcome={outcome} />
    </header>
  )
}

function SyncPlace({ sync }: { sync: Sync }) {
  const overview = useCall('library.overview', {})
  const folder = overview.data?.folders.find(each => each.id === sync.folderId)
  if (!overview.data || !folder || !isOfDrive(folder)) return <p className="sync-path">{sync.folderPath}</p>
  return <DriveLine folder={folder} activeSyncs={overview.data.activeSyncs} />
}

/** "Working on 1,204 of 8,121 · 31 a second · 4 min left". */
export function progressLine(sync: Sync): string {
  const done = sync.found - sync.pending
  if (sync.finishedAt) {
    const seconds = (Date.parse(sync.finishedAt) - Date.parse(sync.startedAt)) / 1000
    return `${plural(done, 'file')} in ${formatDuration(seconds)}, finished ${formatMoment(sync.finishedAt)}`
  }
  return [
    `${sync.state === 'paused' ? 'Paused at' : 'Working on'} ${formatCount(done)} of ${formatCount(sync.found)}`,
    !sync.isListed && 'still finding files',
    sync.state === 'running' && Boolean(sync.filesPerSecond) && formatRate(sync.filesPerSecond ?? 0),
    sync.state === 'running' && sync.secondsLeft !== null && `${formatDuration(sync.secondsLeft)} left`,
  ]
    .filter(Boolean)
    .join(' · ')
}

function SyncActions({ sync }: { sync: Sync }) {
  const [isAskedToCancel, setIsAskedToCancel] = useState(false)
  const pause = useCommand('sync.pause')
  const resume = useCommand('sync.resume')
  const cancel = useCommand('sync.cancel')
  const retry = useCommand('sync.retry')
  const { id: syncId, state } = sync
  const isActive = state === 'running' || state === 'paused'
  const onError = tellFailure

  const pauseOrResume = (): void => (state === 'paused' ? resume : pause).mutate({ syncId }, { onError })
  const cancelNow = (): void => cancel.mutate({ syncId }, { onError, onSettled: () => setIsAskedToCancel(false) })
  const retryAll = (): void =>
    retry.mutate({ syncId }, { onError, onSuccess: ({ count }) => tell(`Trying ${plural(count, 'file')} again.`) })
  const ask = (): void => setIsAskedToCancel(true)

  useCommands([
    {
      id: 'sync.pause',
      title: 'Pause or resume the import',
      group: 'Activity',
      keys: ['P'],
      isAvailable: () => isActive,
      run: pauseOrResume,
    },
    { id: 'sync.cancel', title: 'Cancel the import', group: 'Activity', isAvailable: () => isActive, run: ask },
    {
      id: 'sync.retry',
      title: 'Retry all failed files',
      group: 'Activity',
      keys: ['R'],
      isAvailable: () => sync.failed > 0,
      run: retryAll,
    },
  ])

  if (isAskedToCancel && isActive) {
    return (
      <div className="sync-actions">
        <CancelQuestion
          question="What is imported stays. Cancel the rest?"
          label="Cancel import"
          isPending={cancel.isPending}
          onCancel={cancelNow}
          onGoOn={() => setIsAskedToCancel(false)}
        />
      </div>
    )
  }
  return (
    <div className="sync-actions">
      {sync.failed > 0 && (
        <Button icon="retry" onClick={retryAll} disabled={retry.isPending}>
          Retry all failed
        </Button>
      )}
      {isActive && (
        <Button icon={state === 'paused' ? 'play' : 'pause'} onClick={pauseOrResume}>
          {state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      {isActive && (
        <Button kind="quiet" onClick={ask}>
          Cancel
        </Button>
      )}
    </div>
  )
}

const counted: readonly [Outcome, (sync: Sync) => number][] = [
  ['imported', sync => sync.imported],
  ['duplicate', sync => sync.duplicates],
  ['skipped', sync => sync.skipped],
  ['failed', sync => sync.failed],
  ['pending', sync => sync.pending],
]

function OutcomeFilters({ sync, outcome }: { sync: Sync; outcome: Outcome | null }) {
  const choose = (next: Outcome | null): void => go({ syncId: sync.id, outcome: next }, { replaces: true })
  return (
    <fieldset className="outcome-filters">
      <legend className="visually-hidden">Files by how they ended</legend>
      <button type="button" className="facet" aria-pressed={outcome === null} onClick={() => choose(null)}>
        All <span className="facet-count">{formatCount(sync.found)}</span>
      </button>
      {counted.map(([each, countOf]) => (
        <button
          key={each}
          type="button"
          className="facet"
          aria-pressed={outcome === each}
          onClick={() => choose(outcome === each ? null : each)}
        >
          <StatusMark look={outcomeLooks[each]} />
          <span className="facet-count">{formatCount(countOf(sync))}</span>
        </button>
      ))}
    </fieldset>
  )
}
