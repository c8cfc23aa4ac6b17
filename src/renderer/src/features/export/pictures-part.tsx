import type { ExportOrder } from '../../lib/contract.ts'
import { Choice } from '../../ui/choice.tsx'
import { WhichPicturesChoice } from '../../ui/which-pictures.tsx'
import type { PicturesDraft, Shown } from './order.ts'
import { SidecarFields } from './sidecar-fields.tsx'
import { SpreadsheetField } from './spreadsheet-field.tsx'

const formats: readonly { value: ExportOrder['format']; title: string; text: string }[] = [
  { value: 'csv', title: 'Table', text: 'A CSV file with a line for each picture, for spreadsheets and databases.' },
  { value: 'json', title: 'JSON', text: 'Everything Burg Ink knows of each picture, for programs.' },
  {
    value: 'xmp',
    title: 'Sidecars',
    text: 'An XMP file for each picture, which digiKam, Lightroom, Bridge and others read.',
  },
]

interface Props {
  draft: PicturesDraft
  shown: Shown
  onChange: (changes: Partial<PicturesDraft>) => void
}

/** Which pictures leave, and as what. */
export function PicturesPart({ draft, shown, onChange }: Props) {
  return (
    <>
      <h2>Which</h2>
      <WhichPicturesChoice which={draft.which} {...shown} onChange={which => onChange({ which })} />
      <h2>Format</h2>
      <Choice name="Format" value={draft.format} options={formats} onChange={format => onChange({ format })} />
      {draft.format === 'csv' && <SpreadsheetField draft={draft} onChange={onChange} />}
      {draft.format === 'xmp' && <SidecarFields draft={draft} onChange={onChange} />}
    </>
  )
}
