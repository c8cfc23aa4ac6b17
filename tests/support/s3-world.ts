import { onTestFinished } from 'vitest'
import { createS3Store, type RemoteStore, type RemoteStoreConfig } from '../../src/main/storage/index.ts'
import { type Patience, usualPatience } from '../../src/main/storage/s3/connection.ts'
import { type FaultProxy, startFaultProxy } from './s3-fault-proxy.ts'
import { type S3Server, startS3Server } from './s3-server.ts'

export interface S3World {
  server: S3Server
  proxy: FaultProxy
  store: RemoteStore
  config: RemoteStoreConfig
  /** Another store on the same bucket. */
  open(change?: Partial<RemoteStoreConfig>, patience?: Partial<Patience>): RemoteStore
}

/** A store that reaches its server through a proxy that makes faults. Gone after the test. */
export async function startS3World(): Promise<S3World> {
  const server = await startS3Server()
  const proxy = await startFaultProxy(server.url)
  const config = { ...server.config, endpoint: proxy.url }
  onTestFinished(async () => {
    await proxy.stop()
    await server.stop()
  })
  const open = (change: Partial<RemoteStoreConfig> = {}, patience: Partial<Patience> = {}) => {
    const store = createS3Store({ ...config, ...change }, { ...usualPatience, ...patience })
    onTestFinished(() => store.close())
    return store
  }
  return { server, proxy, config, open, store: open() }
}
