export { createDiskStore } from './disk/disk-store.ts'
export { originalKey } from './keys.ts'
export * from './port.ts'
export { createS3Store } from './s3/s3-store.ts'
