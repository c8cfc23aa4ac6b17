import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { messageOf } from '../../../lib/api.ts'
import type { ShownRun } from '../../../lib/contract.ts'
import { formatMoment } from '../../../lib/format.ts'
import { formatTook, runTitle } from '../../../lib/run-words.ts'
import { runLooks, StatusMark } from '../../../ui/status-mark.tsx'

const rowHeight = 44
const rowsAhead = 40

interface RunListProps {
  runs: readonly ShownRun[]
  chosenId: string | null
  isLoaded: boolean
  error: Error | null
  onChoose: (id: string) => void
  /** Its last rows come into view. */
  onEnd: () => void
}

/** The youngest first. */
export function RunList({ runs, chosenId, isLoaded, error, onChoose, onEnd }: RunListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (runs.length > 0 && last > runs.length - rowsAhead) onEnd()
  }, [last, runs.length, onEnd])
  const chosenAt = runs.findIndex(({ id }) => id === chosenId)
  // What the keyboard goes to is kept in view; what is only pushed down by younger work is not followed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    if (chosenAt >= 0) virtual.scrollToIndex(chosenAt)
  }, [chosenId])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
    <div ref={scroller} className="ledger" tabIndex={0}>
      {error && <p className="ledger-hint">{messageOf(error)}</p>}
      {isLoaded && runs.length === 0 && (
        <p className="ledger-hint">Nothing of this kind was done lately. What was done is listed here for a while.</p>
      )}
      <ol aria-label="Work" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start }) => {
          const run = runs[index]
          return (
            run && (
              <li
                key={run.id}
                className="run-row"
                aria-posinset={index + 1}
                aria-setsize={runs.length}
                style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              >
                <RunButton run={run} isChosen={run.id === chosenId} onChoose={onChoose} />
              </li>
            )
          )
        })}
      </ol>
    </div>
  )
}

function RunButton({ run, isChosen, onChoose }: { run: ShownRun; isChosen: boolean; onChoose: (id: string) => void }) {
  return (
    <button type="button" aria-current={isChosen} onClick={() => onChoose(run.id)}>
      <StatusMark look={runLooks[run.state]} />
      <span className="run-what">
        <span className="run-title">
          <bdi>{run.subject ?? runTitle(run.functionId)}</bdi>
        </span>
        <span className="run-line">
          {[run.subject && runTitle(run.functionId), lineOf(run)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="run-time">{formatMoment(run.startedAt)}</span>
      <span className="run-took">{run.endedAt && formatTook(Date.parse(run.endedAt) - Date.parse(run.startedAt))}</span>
    </button>
  )
}

/** Why it failed, or what it went through. */
function lineOf({ state, error, failedAttempts }: ShownRun): string {
  if (error) return error.message
  if (state === 'lost') return 'Its engine forgot it; the work was begun anew'
  if (failedAttempts > 0) return failedAttempts === 1 ? 'Tried again once' : `Tried again ${failedAttempts} times`
  return ''
}
