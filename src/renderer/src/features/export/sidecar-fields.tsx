import { Choice } from '../../ui/choice.tsx'
import type { PicturesDraft } from './order.ts'

type Fields = Pick<PicturesDraft, 'isBeside' | 'naming' | 'includesSuggestions'>

interface Props {
  draft: Fields
  onChange: (changes: Partial<Fields>) => void
}

/** Where sidecars go, what they are called, and whose words are in them. */
export function SidecarFields({ draft, onChange }: Props) {
  return (
    <>
      <Choice
        name="Where sidecars go"
        isRow
        value={draft.isBeside ? 'beside' : 'folder'}
        options={[
          { value: 'folder', title: 'Into a folder', text: 'In which the folders of the originals are repeated.' },
          {
            value: 'beside',
            title: 'Beside the originals',
            text: 'Adds a file to each. Those of other programs stay.',
          },
        ]}
        onChange={place => onChange({ isBeside: place === 'beside' })}
      />
      <Choice
        name="Names of sidecars"
        isRow
        value={draft.naming}
        options={[
          { value: 'short', title: 'barn.xmp', text: 'Lightroom, Bridge and digiKam read it.' },
          { value: 'long', title: 'barn.jpg.xmp', text: 'digiKam and darktable read it.' },
        ]}
        onChange={naming => onChange({ naming })}
      />
      <label className="check-row">
        <input
          type="checkbox"
          checked={draft.includesSuggestions}
          onChange={event => onChange({ includesSuggestions: event.target.checked })}
        />
        <span>
          Also what nobody has confirmed
          <br />
          <span className="quiet">Descriptions and tags that were suggested are then facts to other programs.</span>
        </span>
      </label>
    </>
  )
}
