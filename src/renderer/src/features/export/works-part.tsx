import { useCall } from '../../lib/api.ts'
import type { Settings, WorksOrder } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { Choice } from '../../ui/choice.tsx'
import { printingOf, type Shown, type WorksDraft } from './order.ts'
import { PortfolioFields } from './portfolio-fields.tsx'
import { SheetFields } from './sheet-fields.tsx'
import { SpreadsheetField } from './spreadsheet-field.tsx'

const formats: readonly { value: WorksOrder['format']; title: string; text: string }[] = [
  { value: 'works-csv', title: 'Table', text: 'A CSV file with a line for each artwork: an inventory list.' },
  { value: 'works-json', title: 'JSON', text: 'Everything that is said of each artwork, for programs.' },
  {
    value: 'catalogue',
    title: 'Catalogue',
    text: 'A PDF to print or to send: a title page, then each work with its picture.',
  },
  { value: 'labels', title: 'Wall labels', text: 'A PDF with sheets of labels to cut out, in the order of the works.' },
  {
    value: 'portfolio',
    title: 'Portfolio',
    text: 'A site in one folder, to be opened from the disk or put on the web as it is.',
  },
]

interface Props {
  draft: WorksDraft
  shown: Shown
  settings: Settings | undefined
  onChange: (changes: Partial<WorksDraft>) => void
}

/** Which artworks leave, and as what. */
export function WorksPart({ draft, shown, settings, onChange }: Props) {
  const { format, sheets } = draft
  return (
    <>
      <h2>Which</h2>
      <Which draft={draft} shown={shown} onChange={onChange} />
      <h2>Format</h2>
      <Choice name="Format" value={format} options={formats} onChange={format => onChange({ format })} />
      {format === 'works-csv' && <SpreadsheetField draft={draft} onChange={onChange} />}
      {(format === 'catalogue' || format === 'labels') && settings && (
        <SheetFields
          format={format}
          draft={sheets}
          printing={printingOf(sheets, settings)}
          onChange={changes => onChange({ sheets: { ...sheets, ...changes } })}
        />
      )}
      {format === 'portfolio' && settings && (
        <PortfolioFields
          artist={printingOf(sheets, settings).artist}
          draft={draft.portfolio}
          onArtist={artist => onChange({ sheets: { ...sheets, artist } })}
          onChange={changes => onChange({ portfolio: { ...draft.portfolio, ...changes } })}
        />
      )}
    </>
  )
}

function Which({ draft, shown, onChange }: Omit<Props, 'settings'>) {
  const counts = useCall('artworks.counts', {})
  const work = useCall('artworks.get', { id: shown.work ?? 0 }, { isEnabled: shown.work !== null })
  const isFiltered = Object.values(shown.list.filter).some(Boolean)
  const options: { value: WorksDraft['which']; title: string; text?: string }[] = [
    ...(shown.work === null ? [] : [{ value: 'one' as const, title: work.data?.title ?? 'This artwork' }]),
    {
      value: 'list',
      title: 'The list',
      text: isFiltered ? 'The artworks that the list showed last, in its order.' : 'In the order that the list has.',
    },
    {
      value: 'all',
      title: counts.data ? `All: ${plural(counts.data.total, 'artwork')}` : 'All',
      text: 'By inventory number.',
    },
  ]
  return <Choice name="Artworks" value={draft.which} options={options} onChange={which => onChange({ which })} />
}
