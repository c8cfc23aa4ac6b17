import type { Settings, WorksOrder } from '../../shared/contract.ts'
import type { CatalogueLayout, LabelSize, PageSize } from '../../shared/printing.ts'

/** How works are printed, as options of `burg-ink export`. */
export interface SheetOptions {
  title: string
  artist?: string
  pageSize?: PageSize
  layout: CatalogueLayout
  label: LabelSize
  show: string[]
}

type SheetsOrder = Extract<WorksOrder, { format: 'catalogue' | 'labels' }>

/** What no option says is as it is in the settings. */
export function sheetsOrderOf(
  format: SheetsOrder['format'],
  to: string,
  options: SheetOptions,
  settings: Pick<Settings, 'artistName' | 'pageSize'>,
): SheetsOrder {
  const { artist = settings.artistName, pageSize = settings.pageSize, show } = options
  const sheets = { to, artist, pageSize, showsPrices: show.includes('prices') }
  if (format === 'labels') return { format, ...sheets, labelSize: options.label }
  return {
    format,
    ...sheets,
    title: options.title,
    layout: options.layout,
    showsStatus: show.includes('status'),
    showsStatement: show.includes('statements'),
    showsProvenance: show.includes('provenance'),
    listsWorks: show.includes('list'),
  }
}
