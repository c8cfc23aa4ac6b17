/** Imaging: bytes in, facts and previews out. */
export { createImaging, type ImagingOptions } from './imaging.ts'
export { startNode } from './node-child.ts'
export type { DerivedPicture, Imaging, PreviewTargets } from './port.ts'
export { PictureRefused } from './port.ts'
export type { StartChild } from './start-child.ts'
