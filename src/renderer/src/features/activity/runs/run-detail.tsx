import { useState } from 'react'
import { messageOf, useCall, useCommand } from '../../../lib/api.ts'
import { useCommands } from '../../../lib/commands.ts'
import type { RunStep, ShownRunDetail } from '../../../lib/contract.ts'
import { engineTitles } from '../../../lib/engine.ts'
import { formatMoment } from '../../../lib/format.ts'
import { tell, tellFailure } from '../../../lib/notice.ts'
import { formatTook, runTitle, stepKind, stepTitle } from '../../../lib/run-words.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { CancelQuestion } from '../../../ui/cancel-question.tsx'
import { runLooks, StatusMark } from '../../../ui/status-mark.tsx'

/** One piece of work: how far it is or how it ended, and each of its steps in time. */
export function RunDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: run, error } = useCall('runs.get', { id })
  return (
    <aside className="run-detail" aria-label="One piece of work">
      <IconButton icon="close" label="Close" className="run-close" onClick={onClose} />
      {error && <p className="ledger-hint">{messageOf(error)}</p>}
      {run && <Run run={run} />}
    </aside>
  )
}

function Run({ run }: { run: ShownRunDetail }) {
  const { functionId, subject, startedAt, endedAt, error, steps } = run
  return (
    <>
      <header className="run-head">
        <h2>{runTitle(functionId)}</h2>
        {subject && <bdi className="run-subject">{subject}</bdi>}
        <p className="run-facts">
          <StatusMark look={runLooks[run.state]} />
          <span>{formatMoment(startedAt)}</span>
          {endedAt && <span>{formatTook(Date.parse(endedAt) - Date.parse(startedAt))}</span>}
          <span>{engineTitles[run.engine]}</span>
        </p>
        {error && <p className="error-line">{error.message}</p>}
        {run.state === 'lost' && <p className="hint">Its engine forgot it. The work was begun anew.</p>}
        <RunActions run={run} />
      </header>
      <Timeline run={run} steps={steps} />
      <details className="run-data">
        <summary>Data</summary>
        <dl>
          <dt>Number</dt>
          <dd>{run.id}</dd>
          <dt>Event</dt>
          <dd>{run.event.name}</dd>
          <dt>With</dt>
          <dd>
            <pre>{JSON.stringify(run.event.data, null, 2)}</pre>
          </dd>
          {run.result !== null && (
            <>
              <dt>Result</dt>
              <dd>
                <pre>{run.result}</pre>
              </dd>
            </>
          )}
        </dl>
      </details>
    </>
  )
}

function RunActions({ run }: { run: ShownRunDetail }) {
  const { id, canBeDoneAgain, canBeCancelled } = run
  const [isAsked, setIsAsked] = useState(false)
  const again = useCommand('runs.again')
  const cancel = useCommand('runs.cancel', ['runs.get'])
  const doAgain = (): void =>
    again.mutate({ id }, { onError: tellFailure, onSuccess: () => tell(`${runTitle(run.functionId)}: begun again.`) })
  const cancelNow = (): void => cancel.mutate({ id }, { onError: tellFailure, onSettled: () => setIsAsked(false) })
  useCommands([
    {
      id: 'runs.again',
      title: 'Do this work again',
      group: 'Activity',
      keys: ['R'],
      isAvailable: () => canBeDoneAgain,
      run: doAgain,
    },
    {
      id: 'runs.cancel',
      title: 'Cancel this work',
      group: 'Activity',
      isAvailable: () => canBeCancelled,
      run: () => setIsAsked(true),
    },
  ])
  if (isAsked && canBeCancelled) {
    return (
      <div className="run-actions">
        <CancelQuestion
          question={cancelQuestion(run)}
          label="Cancel it"
          isPending={cancel.isPending}
          onCancel={cancelNow}
          onGoOn={() => setIsAsked(false)}
        />
      </div>
    )
  }
  return (
    <div className="run-actions">
      {canBeDoneAgain && (
        <Button icon="retry" keyName="R" disabled={again.isPending} onClick={doAgain}>
          Do it again
        </Button>
      )}
      {canBeCancelled && (
        <Button kind="quiet" onClick={() => setIsAsked(true)}>
          Cancel
        </Button>
      )}
    </div>
  )
}

const questions: Record<string, string> = {
  'import-folder': 'The import of this folder ends with it; what is imported stays.',
  'import-file': 'The file is left out of the import, and can be retried.',
  'describe-pictures': 'The descriptions pause with it; go on with them on their screen.',
  'send-originals': 'Sending pauses with it; go on in the settings of storage.',
  'move-originals': 'The move pauses with it; go on in the settings of storage.',
}

const cancelQuestion = ({ functionId }: ShownRunDetail): string =>
  `${questions[functionId] ?? 'What is done of it stays.'} Cancel it?`

/** Steps from the top down in the order they began, each as long as it took, on one scale from the first to the last. */
function Timeline({ run, steps }: { run: ShownRunDetail; steps: readonly RunStep[] }) {
  const from = Date.parse(run.startedAt)
  const ends = steps.map(step => Date.parse(step.endedAt ?? step.startedAt))
  const to = Math.max(from + 1, run.endedAt ? Date.parse(run.endedAt) : Math.max(from, ...ends))
  const share = (at: number): number => Math.min(1, Math.max(0, (at - from) / (to - from)))
  if (steps.length === 0) return <p className="ledger-hint">It had no steps.</p>
  return (
    <ol className="run-steps" aria-label="Steps">
      {steps.map((step, place) => {
        const begin = share(Date.parse(step.startedAt))
        const end = step.endedAt ? share(Date.parse(step.endedAt)) : 1
        const tone = step.error ? 'failed' : step.endedAt ? 'done' : 'working'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added.
          <li key={place} className="run-step">
            <span className="run-step-name">
              {stepTitle(step)}
              {step.attempt > 0 && <span className="quiet"> · try {step.attempt + 1}</span>}
              {stepKind(step) && <span className="quiet"> · {stepKind(step)}</span>}
            </span>
            <span className="run-took">{tookOf(step)}</span>
            <span className="run-bar" aria-hidden="true">
              <span
                className={`tone-${tone}`}
                style={{ left: `${begin * 100}%`, width: `${Math.max(0, end - begin) * 100}%` }}
              />
            </span>
            {step.error && <span className="run-step-error">{step.error.message}</span>}
          </li>
        )
      })}
    </ol>
  )
}

function tookOf({ startedAt, endedAt, kind }: RunStep): string {
  if (endedAt) return formatTook(Date.parse(endedAt) - Date.parse(startedAt))
  return ['run', 'sendEvent', 'function'].includes(kind) ? 'working' : 'waiting'
}
