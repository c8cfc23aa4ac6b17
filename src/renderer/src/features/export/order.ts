import type { ArtworkFilter, ArtworkId, ArtworkSort } from '../../../../shared/artworks.ts'
import type { CatalogueLayout, LabelSize, PageSize } from '../../../../shared/printing.ts'
import type {
  Export,
  ExportOrder,
  Input,
  MediaId,
  PublishedChoice,
  Settings,
  SidecarNaming,
  WorksOrder,
} from '../../lib/contract.ts'
import { picturesChosen, type WhichPictures } from '../../ui/which-pictures.tsx'
import { emptyPortfolio, type PortfolioDraft } from './portfolio-draft.ts'

/** What a person chooses of pictures, but for the folder. */
export interface PicturesDraft {
  which: WhichPictures
  format: ExportOrder['format']
  isForSpreadsheets: boolean
  isBeside: boolean
  naming: SidecarNaming
  includesSuggestions: boolean
}

/** What a person chooses of works, but for the folder. */
export interface WorksDraft {
  which: 'one' | 'list' | 'all'
  format: WorksOrder['format']
  isForSpreadsheets: boolean
  sheets: SheetsDraft
  portfolio: PortfolioDraft
}

/** How works are printed. */
export interface SheetsDraft {
  title: string
  /** Null: as the settings have it. */
  artist: string | null
  pageSize: PageSize | null
  layout: CatalogueLayout
  labelSize: LabelSize
  showsPrices: boolean
  showsStatus: boolean
  showsStatement: boolean
  showsProvenance: boolean
  listsWorks: boolean
}

/** What is the same for all that is printed, and remembered. */
export interface Printing {
  artist: string
  pageSize: PageSize
}

export interface Draft {
  subject: 'pictures' | 'works'
  pictures: PicturesDraft
  works: WorksDraft
}

/** What there is to choose from: what the screens that lead here show. */
export interface Shown {
  selected: readonly MediaId[]
  view: Exclude<PublishedChoice, { mediaIds: number[] }>
  /** The work that was looked at, and the list of works as it was last seen. */
  work: ArtworkId | null
  list: { filter: ArtworkFilter; sort: ArtworkSort }
}

export function firstDraft({ selected, work }: Shown, subject: Draft['subject'], portfolio = emptyPortfolio): Draft {
  return {
    subject,
    pictures: {
      which: selected.length > 0 ? 'selected' : 'view',
      format: 'csv',
      isForSpreadsheets: true,
      isBeside: false,
      naming: 'short',
      includesSuggestions: false,
    },
    works: {
      which: work === null ? 'list' : 'one',
      format: 'works-csv',
      isForSpreadsheets: true,
      portfolio,
      sheets: {
        title: 'Works',
        artist: null,
        pageSize: null,
        layout: 'one',
        labelSize: '90x50',
        showsPrices: false,
        showsStatus: false,
        showsStatement: true,
        showsProvenance: false,
        listsWorks: true,
      },
    },
  }
}

export const needsFolder = ({ subject, pictures }: Draft): boolean =>
  subject === 'works' || pictures.format !== 'xmp' || !pictures.isBeside

/** What stops an export, besides a folder that is missing. */
export const hasTitle = ({ subject, works: { format, sheets } }: Draft): boolean =>
  subject !== 'works' || format !== 'catalogue' || sheets.title.trim() !== ''

export const printingOf = (
  { artist, pageSize }: SheetsDraft,
  settings: Pick<Settings, 'artistName' | 'pageSize'>,
): Printing => ({ artist: artist ?? settings.artistName, pageSize: pageSize ?? settings.pageSize })

/** What is asked of the library. */
export function askedBy(draft: Draft, shown: Shown, folder: string, settings: Settings): Input<'export.start'> {
  if (draft.subject === 'works') {
    return { works: worksChosen(draft.works, shown), order: worksOrder(draft.works, folder, settings) }
  }
  return { chosen: picturesChosen(draft.pictures.which, shown), order: picturesOrder(draft.pictures, folder) }
}

function picturesOrder(draft: PicturesDraft, folder: string): ExportOrder {
  const { format, isForSpreadsheets, isBeside, naming, includesSuggestions } = draft
  if (format === 'csv') return { format, to: folder, isForSpreadsheets }
  if (format === 'json') return { format, to: folder }
  return { format, to: isBeside ? null : folder, naming, includesSuggestions }
}

function worksChosen({ which }: WorksDraft, { work, list }: Shown) {
  if (which === 'one' && work !== null) return { artworkIds: [work] }
  return which === 'list' ? list : { filter: {}, sort: 'number' as const }
}

function worksOrder(
  { format, isForSpreadsheets, portfolio, sheets }: WorksDraft,
  to: string,
  settings: Settings,
): WorksOrder {
  if (format === 'works-csv') return { format, to, isForSpreadsheets }
  if (format === 'works-json') return { format, to }
  if (format === 'portfolio') return { format, to, artist: printingOf(sheets, settings).artist, ...portfolio }
  const { title, layout, labelSize, showsPrices, showsStatus, showsStatement, showsProvenance, listsWorks } = sheets
  const all = { to, ...printingOf(sheets, settings), showsPrices }
  if (format === 'labels') return { format, ...all, labelSize }
  return { format, ...all, title, layout, showsStatus, showsStatement, showsProvenance, listsWorks }
}

/** What the export counts. */
export const unitOf = (format: Export['format']): 'picture' | 'artwork' =>
  format === 'csv' || format === 'json' || format === 'xmp' ? 'picture' : 'artwork'
