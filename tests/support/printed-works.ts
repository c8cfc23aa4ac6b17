import type { Artwork } from '../../src/shared/artworks.ts'
import { portfolioWork } from './portfolio.ts'

let lastId = 0

/** A work with these facts and no others. */
export function artwork({ pictureId, ...facts }: Partial<Artwork> & { pictureId?: number } = {}): Artwork {
  lastId += 1
  const nothing = { year: null, medium: null, support: null, dimensions: null, location: null }
  return portfolioWork({
    id: lastId,
    title: 'Untitled',
    inventoryNumber: String(lastId),
    ...nothing,
    ...facts,
    pictures: pictureId === undefined ? [] : [[pictureId, 'main']],
  })
}
