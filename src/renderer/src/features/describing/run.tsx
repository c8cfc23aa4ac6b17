import { useState } from 'react'
import { isActive } from '../../../../shared/describing-words.ts'
import { useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { AnalysisRun } from '../../lib/contract.ts'
import { formatCount, formatMoment, plural } from '../../lib/format.ts'
import { tell, tellFailure } from '../../lib/notice.ts'
import { Button } from '../../ui/button.tsx'
import { CancelQuestion } from '../../ui/cancel-question.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { Failures } from './failures.tsx'
import { progressOf, recipeLine, runLooks, spendOf, titleOf } from './run-lines.ts'

/** One run: how far it is, what it has cost, why it stands still, and what can be done with it. */
export function Run({ run, isFirst }: { run: AnalysisRun; isFirst: boolean }) {
  const [areFailuresShown, setAreFailuresShown] = useState(false)
  return (
    <article className="run" aria-label={`${titleOf(run)}, ${formatMoment(run.startedAt)}`}>
      <header className="run-head">
        <h3>{titleOf(run)}</h3>
        <StatusMark look={runLooks[run.state]} />
        <span className="run-recipe">{recipeLine(run)}</span>
        <Actions run={run} isFirst={isFirst} />
      </header>
      {isActive(run) && (
        <ProgressBar
          label="Described"
          total={run.total}
          parts={[
            { tone: 'done', count: run.done },
            { tone: 'failed', count: run.failed },
          ]}
        />
      )}
      <p className="run-line">
        <span>{progressOf(run)}</span>
        <span>{spendOf(run)}</span>
        {run.failed > 0 && (
          <button
            type="button"
            className="run-failed"
            aria-expanded={areFailuresShown}
            onClick={() => setAreFailuresShown(!areFailuresShown)}
          >
            {formatCount(run.failed)} failed: {areFailuresShown ? 'hide reasons' : 'why?'}
          </button>
        )}
        <span className="run-moment">{formatMoment(run.finishedAt ?? run.startedAt)}</span>
      </p>
      {areFailuresShown && run.failed > 0 && <Failures runId={run.id} />}
      {run.message && isActive(run) && (
        <p className={run.state === 'paused' ? 'error-line' : 'run-waits'}>
          <Icon name={run.state === 'paused' ? 'failed' : 'waiting'} />
          <span>{run.message}</span>
        </p>
      )}
    </article>
  )
}

function Actions({ run, isFirst }: { run: AnalysisRun; isFirst: boolean }) {
  const [isAskedToCancel, setIsAskedToCancel] = useState(false)
  const pause = useCommand('analysis.pause')
  const resume = useCommand('analysis.resume')
  const cancel = useCommand('analysis.cancel')
  const retry = useCommand('analysis.retry')
  const { id: runId, state, failed } = run
  const canGoOn = isActive(run)
  const onError = tellFailure
  const pauseOrResume = (): void => (state === 'paused' ? resume : pause).mutate({ runId }, { onError })
  const cancelNow = (): void => cancel.mutate({ runId }, { onError, onSettled: () => setIsAskedToCancel(false) })
  const retryAll = (): void =>
    retry.mutate(
      { runId },
      { onError, onSuccess: ({ count }) => tell(`Asking about ${plural(count, 'picture')} again.`) },
    )
  useCommands(
    isFirst
      ? [
          {
            id: 'describe.pause',
            title: 'Pause or resume describing',
            group: 'Descriptions',
            keys: ['P'],
            isAvailable: () => canGoOn,
            run: pauseOrResume,
          },
          {
            id: 'describe.retry',
            title: 'Ask about failed pictures again',
            group: 'Descriptions',
            keys: ['R'],
            isAvailable: () => failed > 0,
            run: retryAll,
          },
        ]
      : [],
  )
  if (isAskedToCancel && canGoOn) {
    return (
      <div className="run-actions">
        <CancelQuestion
          question="What is described stays. Cancel the rest?"
          label="Cancel run"
          isPending={cancel.isPending}
          onCancel={cancelNow}
          onGoOn={() => setIsAskedToCancel(false)}
        />
      </div>
    )
  }
  return (
    <div className="run-actions">
      {failed > 0 && (
        <Button icon="retry" onClick={retryAll} disabled={retry.isPending}>
          Retry {formatCount(failed)} failed
        </Button>
      )}
      {canGoOn && (
        <Button icon={state === 'paused' ? 'play' : 'pause'} onClick={pauseOrResume}>
          {state === 'paused' ? 'Resume' : 'Pause'}
        </Button>
      )}
      {canGoOn && (
        <Button kind="quiet" onClick={() => setIsAskedToCancel(true)}>
          Cancel
        </Button>
      )}
    </div>
  )
}
