import { formatCount } from '../../../lib/format.ts'
import type { Suggested } from '../../../lib/suggested.ts'
import { Button } from '../../../ui/button.tsx'

interface NextSuggestionProps {
  /** What the keys act on; undefined: nothing is suggested. */
  next: Suggested | undefined
  /** Who says so, or of how many pictures. */
  source: string
  /** How many there are; null where that is not known. */
  count: number | null
  onDecide: (decision: 'confirm' | 'reject') => void
  onDecideAll: (decision: 'confirm' | 'reject') => void
}

/** The suggestion that Y and N act on. Its place stays, so that nothing moves while one decides. */
export function NextSuggestion({ next, source, count, onDecide, onDecideAll }: NextSuggestionProps) {
  return (
    <section className="next-suggestion" aria-label="Next suggestion">
      <p className="next-suggestion-what" aria-live="polite">
        {next ? (
          <>
            <span className="next-suggestion-value">{next.value}</span>
            <span className="quiet">
              {next.field === 'tag' ? 'Tag' : `${next.field[0]?.toUpperCase()}${next.field.slice(1)}`} {source}
            </span>
          </>
        ) : (
          <span className="quiet">Nothing is left to confirm.</span>
        )}
      </p>
      <div className="next-suggestion-actions">
        <Button disabled={!next} keyName="Y" onClick={() => onDecide('confirm')}>
          Confirm
        </Button>
        <Button disabled={!next} keyName="N" onClick={() => onDecide('reject')}>
          Reject
        </Button>
      </div>
      <div className="next-suggestion-actions">
        <Button kind="quiet" disabled={!next} title="Confirm all (Shift+Y)" onClick={() => onDecideAll('confirm')}>
          Confirm all{count ? ` ${formatCount(count)}` : ''}
        </Button>
        <Button kind="quiet" disabled={!next} title="Reject all (Shift+N)" onClick={() => onDecideAll('reject')}>
          Reject all
        </Button>
      </div>
    </section>
  )
}
