import type { ExportOrder, PublishedChoice, SidecarNaming } from '../../lib/contract.ts'

export type Which = 'selected' | 'view' | 'all'
export type Format = ExportOrder['format']

/** What a person chooses on this screen, but for the folder. */
export interface Draft {
  which: Which
  format: Format
  isForSpreadsheets: boolean
  isBeside: boolean
  naming: SidecarNaming
  includesSuggestions: boolean
}

export const firstDraft: Draft = {
  which: 'all',
  format: 'csv',
  isForSpreadsheets: true,
  isBeside: false,
  naming: 'short',
  includesSuggestions: false,
}

interface Shown {
  selected: readonly number[]
  view: Exclude<PublishedChoice, { mediaIds: number[] }>
}

export function chosenOf(which: Which, { selected, view }: Shown): PublishedChoice {
  if (which === 'selected') return { mediaIds: [...selected] }
  return which === 'view' ? view : { filter: {}, sort: 'newest' }
}

export function orderOf(draft: Draft, folder: string): ExportOrder {
  const { format, isForSpreadsheets, isBeside, naming, includesSuggestions } = draft
  if (format === 'csv') return { format, to: folder, isForSpreadsheets }
  if (format === 'json') return { format, to: folder }
  return { format, to: isBeside ? null : folder, naming, includesSuggestions }
}
