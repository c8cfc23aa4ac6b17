export { browseFolder } from './folder/browse.ts'
export { createFolderSource, type FolderSourceOptions } from './folder/folder-source.ts'
export { pictureExtensions } from './folder/verdicts.ts'
export * from './port.ts'
