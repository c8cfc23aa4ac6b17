import { useCall } from '../../lib/api.ts'
import type { ExportOrder } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { Choice } from '../../ui/choice.tsx'
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
      <Which draft={draft} shown={shown} onChange={onChange} />
      <h2>Format</h2>
      <Choice name="Format" value={draft.format} options={formats} onChange={format => onChange({ format })} />
      {draft.format === 'csv' && <SpreadsheetField draft={draft} onChange={onChange} />}
      {draft.format === 'xmp' && <SidecarFields draft={draft} onChange={onChange} />}
    </>
  )
}

function Which({ draft, shown, onChange }: Props) {
  const { selected, view } = shown
  const overview = useCall('library.overview', {})
  const index = useCall('media.index', { ...view, pageSize: 500 })
  const counted = (title: string, count: number | undefined): string =>
    count === undefined ? title : `${title}: ${plural(count, 'picture')}`
  const options: { value: PicturesDraft['which']; title: string; text?: string }[] = [
    ...(selected.length > 0 ? [{ value: 'selected' as const, title: counted('The selection', selected.length) }] : []),
    {
      value: 'view',
      title: counted('This view', index.data?.total),
      text: 'What the grid showed last, in its order.',
    },
    { value: 'all', title: counted('The whole library', overview.data?.counts.shown) },
  ]
  return <Choice name="Pictures" value={draft.which} options={options} onChange={which => onChange({ which })} />
}
