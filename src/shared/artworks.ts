/** Artworks, and how what people type of them is read. */
export * from './artworks/artwork.ts'
export * from './artworks/dimensions.ts'
export * from './artworks/edition.ts'
export * from './artworks/inventory.ts'
export * from './artworks/price.ts'
export type { Reading } from './artworks/reading.ts'
export * from './artworks/years.ts'
