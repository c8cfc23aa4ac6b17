/** Imaging: bytes in, facts and previews out. */
export { createImaging, type ImagingOptions } from './imaging.ts'
export type { Limits } from './limits.ts'
export { startNode } from './node-child.ts'
export type {
  DerivedPicture,
  EmbeddedFacts,
  Imaging,
  PictureFormat,
  PreviewTargets,
  RefusalCode,
} from './port.ts'
export { PictureRefused } from './port.ts'
export type { ChildEvents, ChildLink, ChildProgram, StartChild } from './start-child.ts'
