import { createHash } from 'node:crypto'
import type { Artwork } from '../../../shared/artworks.ts'
import type { MediaTile } from '../../../shared/media.ts'

/** Windows has devices of these names, whatever ending they get. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/
const plainName = /^[a-z0-9]+([-.][a-z0-9]+)*$/

/**
 * The file of a work: its inventory number, which never changes and is given once, whatever its case. Where that is no name
 * for a file, the nearest one with the work's own id; no plain number has an underscore.
 */
export function workFile({ inventoryNumber, id }: Pick<Artwork, 'inventoryNumber' | 'id'>): string {
  const name = inventoryNumber.toLowerCase()
  const isPlain = plainName.test(name) && !devices.test(name)
  return `works/${isPlain ? name : `${slug(name) || 'work'}_${id}`}.html`
}

export const seriesFile = (name: string, id: number): string => `series/${slug(name) || 'series'}_${id}.html`

/** What the files of a picture begin with: another one for other pixels, so that no browser shows old ones. */
export function pictureStem({ id, version }: Pick<MediaTile, 'id' | 'version'>): string {
  return `pictures/${id}-${createHash('sha256').update(version).digest('hex').slice(0, 10)}-`
}

/** `Über  Äpfel` becomes `uber-apfel`. */
function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '')
}
