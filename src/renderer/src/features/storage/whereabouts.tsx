import { useCommand } from '../../lib/api.ts'
import type { StorageOverview } from '../../lib/contract.ts'
import { tellFailure } from '../../lib/notice.ts'
import { amountLine, sendingLine } from '../../lib/storage-words.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { type Look, StatusMark } from '../../ui/status-mark.tsx'

/** How much is where, and how far the sending is. */
export function Whereabouts({ overview }: { overview: StorageOverview }) {
  const { disk, cloud, cloudOnly, sending } = overview
  if (disk.count + cloud.count === 0) {
    return (
      <p className="quiet">
        The library keeps no original yet. It keeps those of Google Drive, and of every folder that is imported with
        “Keep a copy of every original in the library”.
      </p>
    )
  }
  return (
    <>
      <dl className="storage-amounts">
        <dt>On this computer</dt>
        <dd>{amountLine(disk)}</dd>
        <dt>In the cloud</dt>
        <dd>{amountLine(cloud)}</dd>
        <dt>Only in the cloud</dt>
        <dd>{amountLine(cloudOnly)}</dd>
      </dl>
      {sending.state !== 'off' && <Sending overview={overview} />}
    </>
  )
}

const looks: Record<Exclude<StorageOverview['sending']['state'], 'off'>, Look> = {
  idle: { icon: 'done', tone: 'done', word: 'Sent' },
  running: { icon: 'working', tone: 'working', word: 'Sending' },
  waiting: { icon: 'waiting', tone: 'waiting', word: 'Waiting' },
  paused: { icon: 'pause', tone: 'waiting', word: 'Paused' },
}

function Sending({ overview: { sending, cloud } }: { overview: StorageOverview }) {
  const pause = useCommand('storage.pause')
  const resume = useCommand('storage.resume')
  const { state, left, message } = sending
  if (state === 'off') return null
  const isHeld = state === 'paused' || state === 'waiting'
  return (
    <div className="storage-work">
      <div className="storage-work-head">
        <StatusMark look={looks[state]} />
        <span className="storage-work-actions">
          {state === 'running' && (
            <Button icon="pause" onClick={() => pause.mutate({}, { onError: tellFailure })}>
              Pause
            </Button>
          )}
          {isHeld && (
            <Button icon="play" onClick={() => resume.mutate({}, { onError: tellFailure })}>
              {state === 'paused' ? 'Go on' : 'Try now'}
            </Button>
          )}
        </span>
      </div>
      <ProgressBar
        label="Sent to the cloud"
        total={cloud.bytes + left.bytes}
        parts={[{ tone: 'done', count: cloud.bytes }]}
      />
      <p className="storage-line">{sendingLine(sending)}</p>
      {message && <p className="storage-problem">{message}</p>}
    </div>
  )
}
