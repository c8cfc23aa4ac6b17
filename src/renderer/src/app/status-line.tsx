import { needsAttention, statusOf } from '../../../shared/describing-words.ts'
import { shareDone, workLine } from '../../../shared/sync-words.ts'
import { useCall } from '../lib/api.ts'
import { connection } from '../lib/connection.ts'
import type { Output } from '../lib/contract.ts'
import { useEngine } from '../lib/engine.ts'
import { formatCount, plural } from '../lib/format.ts'
import { useHost } from '../lib/host.ts'
import { notice, noticeAction } from '../lib/notice.ts'
import { go, goToActivity, goToSettings } from '../lib/route.ts'
import { storageStatus } from '../lib/storage-words.ts'
import { useStore } from '../lib/store.ts'
import { installUpdate, isAllPaused, resumeWork, useWork } from '../lib/work.ts'
import { Icon } from '../ui/icon.tsx'

type Overview = Output<'library.overview'>

/** What runs, how fast, how long it takes, and what failed. Always there. */
export function StatusLine({ overview }: { overview: Overview }) {
  const told = useStore(notice)
  const action = useStore(noticeAction)
  const link = useStore(connection)
  const isPaused = isAllPaused(useWork()) && link !== 'lost'
  const { failed } = overview.counts.byStatus
  return (
    <footer className="status-line">
      <button type="button" className="status-work" title="Activity (Shift+A)" onClick={() => goToActivity()}>
        {link === 'lost' ? <Lost /> : isPaused ? <AllPaused /> : <Work overview={overview} />}
      </button>
      {isPaused && <Resume />}
      <Describing />
      <span className="status-notice" role="status">
        {told}
        {action && (
          <button type="button" className="status-action" onClick={action.run}>
            {action.label}
          </button>
        )}
      </span>
      {link !== 'lost' && <EngineAway />}
      {link !== 'lost' && <Originals />}
      {link !== 'lost' && <UpdateReady />}
      {failed > 0 && (
        <button
          type="button"
          className="status-failed"
          onClick={() => go({ screen: 'library', filter: { status: 'failed' }, openId: null })}
        >
          <Icon name="failed" />
          {formatCount(failed)} failed
        </button>
      )}
    </footer>
  )
}

/** What does the work cannot be reached. */
function EngineAway() {
  const standing = useEngine()?.standing
  if (standing?.kind !== 'away') return null
  return (
    <button
      type="button"
      className="status-originals is-failed"
      title={standing.message}
      onClick={() => goToActivity()}
    >
      <Icon name="failed" />
      <span>Inngest is away</span>
    </button>
  )
}

/** Originals that are sent or moved, or why they stand still. */
function Originals() {
  const overview = useCall('storage.overview', {})
  const status = overview.data && storageStatus(overview.data)
  if (!status) return null
  const { icon, text, share } = status
  return (
    <button
      type="button"
      className={`status-originals is-${icon}`}
      title={`${text} (where originals are kept)`}
      onClick={() => goToSettings('storage')}
    >
      <Icon name={icon} />
      {share !== null && (
        <span className="status-bar" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span>{text}</span>
    </button>
  )
}

/** What a model is describing, and what it cost today. */
function Describing() {
  const overview = useCall('analysis.overview', {})
  const line = overview.data && statusOf(overview.data)
  if (!line) return null
  const isPaused =
    overview.data.runs.every(({ state }) => state !== 'running') && overview.data.runs.some(needsAttention)
  return (
    <button
      type="button"
      className="status-describing"
      title="Descriptions (Shift+W)"
      onClick={() => go({ screen: 'describe', describe: 'runs' })}
    >
      <Icon name={isPaused ? 'failed' : 'words'} />
      <span>{line}</span>
    </button>
  )
}

function AllPaused() {
  return (
    <>
      <Icon name="pause" />
      Paused
    </>
  )
}

function Resume() {
  return (
    <button
      type="button"
      className="status-action"
      title="All work stands still. Resume it (Shift+P)"
      onClick={resumeWork}
    >
      Resume
    </button>
  )
}

/** A newer version waits for a restart. */
function UpdateReady() {
  const update = useHost()?.update
  if (update?.kind !== 'ready') return null
  return (
    <span className="status-update">
      {update.version} is ready
      <button type="button" className="status-action" title="Work under way goes on afterwards" onClick={installUpdate}>
        Restart to update
      </button>
    </span>
  )
}

function Lost() {
  return (
    <>
      <Icon name="failed" />
      Burg Ink does not answer. Start it again; this page reconnects by itself.
    </>
  )
}

function Work({ overview }: { overview: Overview }) {
  const running = overview.activeSyncs.filter(sync => sync.state === 'running')
  const paused = overview.activeSyncs.length - running.length
  if (running.length > 0) {
    return (
      <>
        <Icon name="working" />
        <span className="status-bar" aria-hidden="true">
          <span style={{ width: `${shareDone(running) * 100}%` }} />
        </span>
        {workLine(running)}
      </>
    )
  }
  return (
    <>
      <Icon name={paused > 0 ? 'pause' : 'done'} />
      {paused > 0 ? `${plural(paused, 'import')} paused` : plural(overview.counts.shown, 'picture')}
    </>
  )
}
