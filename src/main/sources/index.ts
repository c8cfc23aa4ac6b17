export { createDriveSource } from './drive/drive-source.ts'
export { browseFolder } from './folder/browse.ts'
export { createFolderSource } from './folder/folder-source.ts'
export * from './port.ts'
