import { type ArtworkStatus, artworkStatuses } from '../../../../shared/artworks.ts'
import { statusTitles } from '../../lib/artwork-words.ts'
import { Icon } from '../../ui/icon.tsx'

/** Where a work stands with those who would have it. */
export function StatusRow({ status, onChange }: { status: ArtworkStatus; onChange: (status: ArtworkStatus) => void }) {
  return (
    <div className="artwork-field">
      <label htmlFor="artwork-status">Status</label>
      <div className="artwork-field-body">
        <span className="select">
          <select id="artwork-status" value={status} onChange={event => onChange(event.target.value as ArtworkStatus)}>
            {artworkStatuses.map(each => (
              <option key={each} value={each}>
                {statusTitles[each]}
              </option>
            ))}
          </select>
          <Icon name="down" size={12} />
        </span>
      </div>
      <span className="artwork-field-source" />
      <p className="artwork-field-note" />
    </div>
  )
}
