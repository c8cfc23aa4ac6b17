import { useState } from 'react'
import { messageOf, queryClient, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Move, StorageOverview } from '../../lib/contract.ts'
import { tellFailure } from '../../lib/notice.ts'
import { isUnderWay, moveLine, targetOf } from '../../lib/storage-words.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { type Look, StatusMark } from '../../ui/status-mark.tsx'
import { planOf } from './move-plan.ts'

type Direction = Move['direction']

const directions: readonly Direction[] = ['to-cloud', 'to-disk']

/** All originals from one place to the other: what it means, that it runs, and how it ended. */
export function MoveSection({ overview }: { overview: StorageOverview }) {
  const { move } = overview
  const [asked, setAsked] = useState<Direction | null>(null)
  // Whose question was put aside: its button has the focus again.
  const [declined, setDeclined] = useState<Direction | null>(null)
  const close = (): void => {
    setDeclined(asked)
    setAsked(null)
  }
  const isIdle = !isUnderWay(move)
  useCommands(
    directions.map(direction => ({
      id: `storage.move.${direction}`,
      title: `Move all originals ${targetOf(direction)}`,
      group: 'Originals' as const,
      isAvailable: () => isIdle && planOf(direction, overview).isPossible,
      run: () => setAsked(direction),
    })),
  )
  return (
    <>
      <h2>Move originals</h2>
      {isUnderWay(move) ? (
        <MoveProgress key={move.id} move={move} />
      ) : asked ? (
        <MoveQuestion key={asked} direction={asked} overview={overview} onClose={close} />
      ) : (
        <>
          {move && <LastMove move={move} />}
          <ul className="storage-moves">
            {directions.map(direction => (
              <MoveOffer
                key={direction}
                direction={direction}
                overview={overview}
                hasFocus={direction === declined}
                onAsk={() => setAsked(direction)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

interface OfferProps {
  direction: Direction
  overview: StorageOverview
  hasFocus: boolean
  onAsk: () => void
}

function MoveOffer(props: OfferProps) {
  const { title, summary, isPossible } = planOf(props.direction, props.overview)
  return (
    <li>
      <span>
        {title}
        <span className="quiet">{summary}</span>
      </span>
      <Button disabled={!isPossible} autoFocus={props.hasFocus} onClick={props.onAsk}>
        Move {targetOf(props.direction)}…
      </Button>
    </li>
  )
}

interface QuestionProps {
  direction: Direction
  overview: StorageOverview
  onClose: () => void
}

function MoveQuestion({ direction, overview, onClose }: QuestionProps) {
  const start = useCommand('storage.move')
  const { steps, confirm } = planOf(direction, overview)
  useCommands([{ id: 'storage.move.close', title: 'Do not move', group: 'Originals', keys: ['Escape'], run: onClose }])
  const run = (): void =>
    start.mutate(
      { direction },
      {
        onSuccess: async () => {
          await queryClient.invalidateQueries({ queryKey: ['storage.overview'] })
          onClose()
        },
      },
    )
  return (
    <div className="storage-question" role="alertdialog" aria-label={`Move all originals ${targetOf(direction)}?`}>
      <ol>
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="quiet">It can be paused and stopped at any time, and goes on after Burg Ink was closed.</p>
      {start.error && <p className="storage-problem">{messageOf(start.error)}</p>}
      <p className="form-actions">
        <Button kind="primary" onClick={run} disabled={start.isPending}>
          {confirm}
        </Button>
        <Button autoFocus onClick={onClose}>
          Not now
        </Button>
      </p>
    </div>
  )
}

const looks: Record<Move['state'], Look> = {
  running: { icon: 'working', tone: 'working', word: 'Moving' },
  waiting: { icon: 'waiting', tone: 'waiting', word: 'Waiting' },
  paused: { icon: 'pause', tone: 'waiting', word: 'Paused' },
  completed: { icon: 'done', tone: 'done', word: 'Done' },
  cancelled: { icon: 'stopped', tone: 'skipped', word: 'Stopped' },
}

function LastMove({ move }: { move: Move }) {
  return (
    <p className="storage-last-move">
      <StatusMark look={looks[move.state]} hasWord={false} />
      <span>
        {moveLine(move)} {move.message}
      </span>
    </p>
  )
}

function MoveProgress({ move }: { move: Move }) {
  return (
    <div className="storage-work">
      <div className="storage-work-head">
        <StatusMark look={looks[move.state]} />
        <MoveActions move={move} />
      </div>
      <ProgressBar label="Moved" total={move.total.bytes} parts={[{ tone: 'done', count: move.done.bytes }]} />
      <p className="storage-line">{moveLine(move)}</p>
      {move.message && <p className="storage-problem">{move.message}</p>}
    </div>
  )
}

function MoveActions({ move }: { move: Move }) {
  const [isAskedToStop, setIsAskedToStop] = useState(false)
  const pause = useCommand('storage.pauseMove')
  const resume = useCommand('storage.resumeMove')
  const stop = useCommand('storage.cancelMove')
  const onError = tellFailure
  const isRunning = move.state === 'running'
  const stopNow = (): void => stop.mutate({}, { onError, onSettled: () => setIsAskedToStop(false) })
  if (isAskedToStop) {
    return (
      <span className="storage-work-actions">
        <span>What has been moved stays where it is now.</span>
        <Button kind="danger" onClick={stopNow} disabled={stop.isPending}>
          Stop the move
        </Button>
        <Button autoFocus onClick={() => setIsAskedToStop(false)}>
          Go on
        </Button>
      </span>
    )
  }
  return (
    <span className="storage-work-actions">
      <Button icon={isRunning ? 'pause' : 'play'} onClick={() => (isRunning ? pause : resume).mutate({}, { onError })}>
        {isRunning ? 'Pause' : move.state === 'paused' ? 'Go on' : 'Try now'}
      </Button>
      <Button kind="quiet" onClick={() => setIsAskedToStop(true)}>
        Stop
      </Button>
    </span>
  )
}
