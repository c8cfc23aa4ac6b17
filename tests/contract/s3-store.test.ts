import { createS3Store } from '../../src/main/storage/index.ts'
import { startS3Server } from '../support/s3-server.ts'
import { describeObjectStoreContract } from './object-store.contract.ts'

async function makeFixture() {
  const server = await startS3Server()
  const store = createS3Store(server.config)
  return {
    store,
    reopen: async () => createS3Store(server.config),
    damage: (key: string, bytes: Uint8Array) => server.damage(`library/one/${key}`, bytes),
    countEverything: server.countFiles,
    async cleanUp() {
      store.close()
      await server.stop()
    },
  }
}

describeObjectStoreContract('A bucket', makeFixture)
