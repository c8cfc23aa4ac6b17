import type { Library } from '../../src/main/library/index.ts'
import type { ArtworkFields, FieldSources } from '../../src/shared/artworks.ts'

export const blankWork: ArtworkFields = {
  title: 'Harbour',
  year: '2019',
  medium: null,
  support: null,
  dimensions: null,
  edition: null,
  series: null,
  status: 'available',
  price: null,
  location: null,
  provenance: null,
  statement: null,
  inventoryNumber: null,
}

/** A work of these pictures. @returns its id. */
export function makeWork(
  library: Library,
  mediaIds: number[],
  fields: Partial<ArtworkFields> = {},
  sources: FieldSources = {},
) {
  const media = mediaIds.map(id => ({ id, role: 'detail' as const }))
  const made = library.artworks.create({ fields: { ...blankWork, ...fields }, sources, media })
  if (typeof made === 'string') throw new Error(made)
  return made.id
}
