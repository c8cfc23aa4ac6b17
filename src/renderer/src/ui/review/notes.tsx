import { useEffect, useState } from 'react'
import { useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaId, MediaTile } from '../../lib/contract.ts'
import { notice, noticeAction } from '../../lib/notice.ts'
import { hasReviewNotes } from '../../lib/preferences.ts'
import { useStore } from '../../lib/store.ts'
import { type Decision, inShownOrder, sourceLine } from '../../lib/suggested.ts'
import { decide } from '../../lib/words.ts'
import { Keycaps } from '../keycaps.tsx'
import '../marks.css'

/** Keys pass pictures by; only where one stays is asked what is said of it. */
const stayedMs = 150

function useSettled(id: MediaId): MediaId {
  const [settled, setSettled] = useState(id)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), stayedMs)
    return () => clearTimeout(timer)
  }, [id])
  return settled
}

/** What a person made of a picture, in signs with their words. */
export function MarksOf({ tile }: { tile: Pick<MediaTile, 'flag' | 'label' | 'rating'> }) {
  const { flag, label, rating } = tile
  return (
    <>
      {flag && <span className={`review-flag is-${flag}`}>{flag === 'picked' ? 'Picked' : 'Rejected'}</span>}
      {rating ? (
        <span role="img" aria-label={`${rating} of 5 stars`}>
          {'★'.repeat(rating)}
        </span>
      ) : null}
      {label && (
        <span className="review-label" data-label={label}>
          {label[0]?.toUpperCase()}
          {label.slice(1)}
        </span>
      )}
    </>
  )
}

/** Marks, and in one quiet line what is suggested next: Y makes it a person's word, N rejects it. */
export function Notes({ tile }: { tile: MediaTile }) {
  const areShown = useStore(hasReviewNotes)
  const settled = useSettled(tile.id)
  const media = useCall('media.get', { id: settled }, { isEnabled: areShown })
  const suggestions = settled === tile.id && media.data ? inShownOrder(media.data.suggestions) : []
  const [next] = suggestions
  const decideNext = (decision: Decision): void => {
    if (next) void decide([tile.id], decision, { suggestion: next })
  }
  // What is not seen is not decided.
  const isAvailable = (): boolean => areShown && next !== undefined
  const decideAll = (decision: Decision): void => void decide([tile.id], decision, { count: suggestions.length })
  useCommands([
    {
      id: 'review.notes',
      title: areShown ? 'Marks and suggestions: hide' : 'Marks and suggestions: show',
      group: 'Review',
      keys: ['I'],
      run: () => hasReviewNotes.set(!areShown),
    },
    {
      id: 'review.confirm',
      title: 'Confirm the suggestion',
      group: 'Review',
      keys: ['Y'],
      isAvailable,
      run: () => decideNext('confirm'),
    },
    {
      id: 'review.reject',
      title: 'Reject the suggestion',
      group: 'Review',
      keys: ['N'],
      isAvailable,
      run: () => decideNext('reject'),
    },
    {
      id: 'review.confirm-all',
      title: 'Confirm all suggestions',
      group: 'Review',
      keys: ['Shift+Y'],
      isAvailable,
      run: () => decideAll('confirm'),
    },
    {
      id: 'review.reject-all',
      title: 'Reject all suggestions',
      group: 'Review',
      keys: ['Shift+N'],
      isAvailable,
      run: () => decideAll('reject'),
    },
  ])
  // A list that is no grid does not hear of marks.
  const marked = settled === tile.id && media.data?.id === tile.id ? media.data : tile
  if (!areShown) return null
  return (
    <div className="review-notes">
      <p className="review-marks" aria-live="polite">
        <MarksOf tile={marked} />
      </p>
      <p className="review-suggestion" aria-live="polite">
        {next && (
          <>
            <span className="review-suggested" title={next.value}>
              {next.value}
            </span>
            <span className="quiet">
              {next.field === 'tag' ? 'Tag' : `${next.field[0]?.toUpperCase()}${next.field.slice(1)}`}{' '}
              {sourceLine(next)}
              {suggestions.length > 1 && `, ${suggestions.length - 1} more`}
            </span>
            <button type="button" onClick={() => decideNext('confirm')}>
              Confirm <Keycaps name="Y" />
            </button>
            <button type="button" onClick={() => decideNext('reject')}>
              Reject <Keycaps name="N" />
            </button>
          </>
        )}
      </p>
    </div>
  )
}

/** What the foot of the window says lies behind an open picture. It is read out there. */
export function Told() {
  const told = useStore(notice)
  const action = useStore(noticeAction)
  if (!told) return null
  return (
    <p className="review-told">
      <span>{told}</span>
      {action && (
        <button type="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </p>
  )
}
