import { CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3'
import { createS3Store, type RemoteStore, type RemoteStoreConfig } from '../../src/main/storage/index.ts'
import { startS3Server } from '../support/s3-server.ts'
import { describeObjectStoreContract } from './object-store.contract.ts'
import { describeRemoteStoreContract, type RemoteStoreFixture } from './remote-store.contract.ts'

async function makeFixture(): Promise<RemoteStoreFixture> {
  const server = await startS3Server()
  const stores: RemoteStore[] = []
  const open = (change: Partial<RemoteStoreConfig>) => {
    const store = createS3Store({ ...server.config, ...change })
    stores.push(store)
    return store
  }
  return {
    store: open({}),
    open,
    reopen: async () => open({}),
    damage: (key, bytes) => server.damage(`library/one/${key}`, bytes),
    countEverything: server.countFiles,
    beginUpload: key => beginUpload(server.config, key),
    async cleanUp() {
      for (const store of stores) store.close()
      await server.stop()
    },
  }
}

async function beginUpload(config: RemoteStoreConfig, Key: string): Promise<void> {
  const client = new S3Client({
    endpoint: config.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: config,
  })
  const Bucket = config.bucket
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: Buffer.alloc(1000) }))
  client.destroy()
}

describeObjectStoreContract('A bucket', makeFixture)
describeRemoteStoreContract('A bucket', makeFixture)
