import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskStore } from '../../src/main/storage/index.ts'
import { describeObjectStoreContract } from './object-store.contract.ts'

describeObjectStoreContract('A disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-store-'))
  const store = await createDiskStore(folder)
  return {
    store,
    reopen: () => createDiskStore(folder),
    damage: (key, bytes) => writeFile(join(folder, key), bytes),
    countEverything: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries.filter(entry => entry.isFile()).length
    },
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  }
})
