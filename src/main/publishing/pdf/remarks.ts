import type { Artwork } from '../../../shared/artworks.ts'
import type { Paper } from './paper.ts'

/** Something of a work that could not be printed as it is written. */
export interface Remark {
  /** The work, as a person knows it. */
  work: string
  text: string
}
export type TellRemark = (remark: Remark) => void

const shownMost = 10

export const nameOf = ({ title, inventoryNumber }: Pick<Artwork, 'title' | 'inventoryNumber'>): string =>
  `${title} (${inventoryNumber})`

/** Tells of letters that were printed as boxes since this was done last. */
export function tellOfMissing(paper: Paper, work: string, tell: TellRemark): void {
  const missing = paper.takeMissing()
  if (missing.length === 0) return
  const more = missing.length > shownMost ? ' …' : ''
  tell({ work, text: `The font has no ${missing.slice(0, shownMost).join(' ')}${more}; a box □ stands in its place.` })
}
