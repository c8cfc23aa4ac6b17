import { existsSync } from 'node:fs'
import { expect, onTestFinished } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import type { App, AppConfig } from '../../src/main/app.ts'
import type { Move, StorageOverview, StorageSettings } from '../../src/shared/storage.ts'
import { query } from './app.ts'
import { noGoogle } from './google.ts'
import { type FaultProxy, startFaultProxy } from './s3-fault-proxy.ts'
import { type S3Server, startS3Server } from './s3-server.ts'

export const secret = 'S3RVER'
export const prefix = 'library/one'

/** An S3 server behind a proxy that counts and makes faults, and how an app keeps its originals there. */
export async function startStore({ latencyMs = 0 } = {}): Promise<{
  server: S3Server
  proxy: FaultProxy
  settings: StorageSettings
  google: AppConfig['google']
}> {
  const server = await startS3Server()
  const proxy = await startFaultProxy(server.url, { latencyMs })
  onTestFinished(async () => {
    await proxy.stop()
    await server.stop()
  })
  const { secretAccessKey: _secret, ...config } = server.config
  const secrets = createMemoryStore()
  return {
    server,
    proxy,
    settings: { ...config, keepsIn: 'cloud', endpoint: proxy.url, localBudgetBytes: null },
    // Outlives the app, as a keychain does.
    google: { ...noGoogle, openSecrets: async () => ({ store: secrets, notice: null }) },
  }
}

export function overviewOf(app: App): Promise<StorageOverview> {
  return Promise.resolve(app.handlers['storage.overview']({}))
}

/** Waits for what is said of storage until `holds`. */
export function untilStorage(app: App, holds: (overview: StorageOverview) => boolean): Promise<StorageOverview> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const overview = await overviewOf(app)
      if (!holds(overview)) return
      app.library.changes.off('storage', onChange)
      resolve(overview)
    }
    const onChange = () => void look().catch(reject)
    app.library.changes.on('storage', onChange)
    onChange()
  })
}

export const untilSent = (app: App) => untilStorage(app, ({ sending }) => sending.state === 'idle')

export function untilMove(app: App, holds: (move: Move) => boolean): Promise<Move> {
  return untilStorage(app, ({ move }) => move !== null && holds(move)).then(({ move }) => move as Move)
}

export const untilMoved = (app: App) => untilMove(app, move => move.finishedAt !== null)

/** How often each object was put, by its hash. */
export function putsOf({ seen }: Pick<FaultProxy, 'seen'>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { operation, headers } of seen) {
    const hash = String(headers['x-amz-meta-sha256'])
    if (operation === 'put') counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  return counts
}

/** Files of originals on the disk, by the keys of the pictures. */
export function keysOnDisk(app: App): string[] {
  const keys = query(app, 'SELECT DISTINCT spaces_key AS key FROM media WHERE spaces_key IS NOT NULL ORDER BY key')
  return keys.map(({ key }) => String(key)).filter(key => existsSync(`${app.library.layout.store}/${key}`))
}

/** Keys of the objects, once nothing more arrives. */
export async function settledContents(server: S3Server): Promise<string[]> {
  let seen: string[] | undefined
  await expect
    .poll(async () => {
      const before = seen
      seen = await server.contents()
      return seen.length === before?.length
    }, patient)
    .toBe(true)
  return seen ?? []
}

/** Where a busy computer may take its time. */
export const patient = { timeout: 20_000 }

/** The hash that a key or path of an original is made of. */
export const hashIn = (key: string) => key.split('/').at(-1)?.split('.')[0] ?? ''
