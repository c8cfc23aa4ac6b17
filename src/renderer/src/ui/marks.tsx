import { starsInWords } from '../../../shared/marks.ts'
import type { Label, Marks } from '../lib/contract.ts'
import { Icon } from './icon.tsx'
import './marks.css'

export const flagWords = { picked: 'Picked', rejected: 'Rejected' } as const

/** Known by its letter as well as by its colour. */
export function LabelChip({ label }: { label: Label }) {
  return (
    <span className={`label-chip is-${label}`} role="img" aria-label={`${label} label`}>
      {label.slice(0, 1).toUpperCase()}
    </span>
  )
}

/** Flag, stars and label of a picture, as far as it has any. */
export function MarksLine({ marks }: { marks: Marks }) {
  const { flag, rating, label } = marks
  if (!flag && !rating && !label) return null
  return (
    <span className="marks-line">
      {flag && (
        <span className={`marks-flag is-${flag}`}>
          <Icon name={flag} size={14} />
          {flagWords[flag]}
        </span>
      )}
      {rating ? (
        <span role="img" aria-label={starsInWords(rating)}>
          {'★'.repeat(rating)}
        </span>
      ) : null}
      {label && <LabelChip label={label} />}
    </span>
  )
}
