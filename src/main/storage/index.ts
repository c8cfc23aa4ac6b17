export { createDiskStore } from './disk/disk-store.ts'
export { originalKey } from './keys.ts'
export * from './port.ts'
