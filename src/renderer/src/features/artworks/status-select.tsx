import { type ArtworkStatus, artworkStatuses } from '../../../../shared/artworks.ts'
import { statusTitles } from '../../lib/artwork-words.ts'
import { Icon } from '../../ui/icon.tsx'

interface StatusRowProps {
  status: ArtworkStatus
  /** Left out where it follows the copies of the work. */
  onChange?: ((status: ArtworkStatus) => void) | undefined
}

/** Where a work stands with those who would have it. */
export function StatusRow({ status, onChange }: StatusRowProps) {
  return (
    <div className="artwork-field">
      <label htmlFor="artwork-status">Status</label>
      <div className="artwork-field-body">
        {onChange ? (
          <StatusSelect id="artwork-status" status={status} onChange={onChange} />
        ) : (
          <output id="artwork-status" className="artwork-status-said">
            <span className={`artwork-status is-${status}`}>{statusTitles[status]}</span>
            <span className="hint">It follows the copies below.</span>
          </output>
        )}
      </div>
      <span className="artwork-field-source" />
      <p className="artwork-field-note" />
    </div>
  )
}

interface StatusSelectProps {
  id?: string
  /** Of a row of a table: what is chosen, and the column it is in. */
  label?: string
  column?: string
  status: ArtworkStatus
  onChange: (status: ArtworkStatus) => void
}

/** The statuses that a work or a copy can have. */
export function StatusSelect({ id, label, column, status, onChange }: StatusSelectProps) {
  return (
    <span className="select">
      <select
        id={id}
        aria-label={label}
        data-column={column}
        value={status}
        onChange={event => onChange(event.target.value as ArtworkStatus)}
      >
        {artworkStatuses.map(each => (
          <option key={each} value={each}>
            {statusTitles[each]}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </span>
  )
}
