import { messageOf, useCommand } from '../../lib/api.ts'
import type { SidecarReading } from '../../lib/contract.ts'
import { formatCount } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { isUnderWay, lineOf } from './reading.ts'
import '../../ui/run-state.css'

/** How far it is, or how it ended. */
export function ReadingState({ reading }: { reading: SidecarReading }) {
  const cancel = useCommand('sidecars.cancel')
  const { state, done, total, refused, refusals } = reading
  return (
    <section className="run-state" aria-label="Sidecars">
      <p role="status" className={state === 'failed' ? 'error-line' : undefined}>
        {lineOf(reading)}
      </p>
      {isUnderWay(reading) && (
        <>
          <ProgressBar label="Sidecars read" total={total} parts={[{ tone: 'done', count: done }]} />
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate({})}>
            Cancel
          </Button>
        </>
      )}
      {cancel.error && <p className="error-line">{messageOf(cancel.error)}</p>}
      {refusals.length > 0 && (
        <ul className="run-passed-over" aria-label="Not read">
          {refusals.map(({ file, reason }) => (
            <li key={file}>
              {file} <span className="quiet">{reason}</span>
            </li>
          ))}
          {refused > refusals.length && <li className="quiet">And {formatCount(refused - refusals.length)} more.</li>}
        </ul>
      )}
    </section>
  )
}
