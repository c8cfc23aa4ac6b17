import type { ArtworkFilter, ArtworkId, ArtworkSort } from '../../../../shared/artworks.ts'
import type {
  Export,
  ExportOrder,
  Input,
  MediaId,
  PublishedChoice,
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
  portfolio: PortfolioDraft
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
    works: { which: work === null ? 'list' : 'one', format: 'works-csv', isForSpreadsheets: true, portfolio },
  }
}

export const needsFolder = ({ subject, pictures }: Draft): boolean =>
  subject === 'works' || pictures.format !== 'xmp' || !pictures.isBeside

/** What is asked of the library. */
export function askedBy(draft: Draft, shown: Shown, folder: string): Input<'export.start'> {
  if (draft.subject === 'works') {
    return { works: worksChosen(draft.works, shown), order: worksOrder(draft.works, folder) }
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

function worksOrder({ format, isForSpreadsheets, portfolio }: WorksDraft, folder: string): WorksOrder {
  if (format === 'portfolio') return { format, to: folder, ...portfolio }
  return format === 'works-csv' ? { format, to: folder, isForSpreadsheets } : { format, to: folder }
}

/** What the export counts. */
export const unitOf = (format: Export['format']): 'picture' | 'artwork' =>
  format === 'csv' || format === 'json' || format === 'xmp' ? 'picture' : 'artwork'
