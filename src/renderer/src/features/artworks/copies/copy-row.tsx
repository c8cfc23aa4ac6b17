import {
  type ArtworkStatus,
  artworkStatuses,
  type Copy,
  type CopyFields,
  formatPrice,
  type Price,
} from '../../../../../shared/artworks.ts'
import { statusTitles } from '../../../lib/artwork-words.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import type { Usual } from '../fields.ts'
import { CopyCell } from './copy-cell.tsx'
import { type CellKind, cellKinds } from './copy-cells.ts'

interface CopyRowProps {
  copy: Copy
  name: string
  usual: Usual
  /** Of the work: it holds where the copy has none. */
  price: Price | null
  noteId: string
  onFault: (fault: string | null) => void
  onChange: (fields: Partial<CopyFields>) => Promise<boolean>
  onRemove: () => void
}

/** A copy, all of it to be changed in its place. */
export function CopyRow({ copy, name, usual, price, noteId, onFault, onChange, onRemove }: CopyRowProps) {
  const placeholderOf = ({ name: column, title }: CellKind): string =>
    column === 'price' && price ? formatPrice(price) : title
  return (
    <tr data-copy={`${copy.kind}-${copy.number}`}>
      <th scope="row">{name}</th>
      <td className="copy-status">
        <span className={`artwork-status is-${copy.status}`} aria-hidden="true" />
        <span className="select">
          <select
            data-column="status"
            aria-label={`Status of ${name}`}
            value={copy.status}
            onChange={event => void onChange({ status: event.target.value as ArtworkStatus })}
          >
            {artworkStatuses.map(each => (
              <option key={each} value={each}>
                {statusTitles[each]}
              </option>
            ))}
          </select>
          <Icon name="down" size={12} />
        </span>
      </td>
      {cellKinds.map(kind => (
        <td key={kind.name} className={`copy-${kind.name}`}>
          <CopyCell
            kind={kind}
            copy={copy}
            name={name}
            usual={usual}
            placeholder={placeholderOf(kind)}
            noteId={noteId}
            onFault={onFault}
            onChange={onChange}
          />
        </td>
      ))}
      <td className="copy-remove">
        <IconButton
          icon="close"
          data-column="remove"
          label={`Take ${name} from the list (Delete)`}
          aria-label={`Take ${name} from the list`}
          onClick={onRemove}
        />
      </td>
    </tr>
  )
}
