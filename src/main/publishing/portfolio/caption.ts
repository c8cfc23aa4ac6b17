import { type Artwork, formatDimensions, formatEdition, type MediaRole } from '../../../shared/artworks.ts'
import { mediumLine } from '../caption.ts'

/** What a further picture shows, before "of" a work and by itself. */
const roleWords: Record<MediaRole, string> = {
  main: 'View',
  detail: 'Detail',
  'in-progress': 'In progress',
  installation: 'Installation view',
  scan: 'Scan',
  print: 'Print',
}

/** What there is to measure and to count of it, a fact a line. */
export function sizeLines({ dimensions, edition }: Pick<Artwork, 'dimensions' | 'edition'>): string[] {
  const copies =
    edition && `${edition.copy === null || edition.size === null ? '' : 'Edition: '}${formatEdition(edition)}`
  return [dimensions && formatDimensions(dimensions), copies].filter(line => line !== null)
}

/** "Red barn, 2019, Oil on linen": what a picture shows, for those who do not see it. */
export function inWords(work: Artwork): string {
  return [work.title, work.year, mediumLine(work)].filter(part => part).join(', ')
}

/** What each of some pictures shows; those of one kind are counted. */
export function roleNames(roles: readonly MediaRole[]): string[] {
  return roles.map((role, at) => {
    const isAlone = roles.filter(other => other === role).length === 1
    const number = roles.slice(0, at + 1).filter(other => other === role).length
    return isAlone ? roleWords[role] : `${roleWords[role]} ${number}`
  })
}
