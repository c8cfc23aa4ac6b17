import { type Copy, type CopyFields, formatPrice, type Price } from '../../../../../shared/artworks.ts'
import { IconButton } from '../../../ui/button.tsx'
import type { Usual } from '../fields.ts'
import { StatusSelect } from '../status-select.tsx'
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
        <StatusSelect
          column="status"
          label={`Status of ${name}`}
          status={copy.status}
          onChange={status => void onChange({ status })}
        />
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
