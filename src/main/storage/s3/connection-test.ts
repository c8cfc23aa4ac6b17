import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type RemoteStore, type RemoteStoreConfig, StoreFailed, type StoreFailure } from '../port.ts'
import { type Patience, usualPatience } from './connection.ts'
import { createS3Store } from './s3-store.ts'

/** What became of a try with one small object. `notice`: it works, and yet not all is as it was set. */
export type ConnectionReport =
  | { ok: true; notice?: string }
  | { ok: false; step: 'write' | 'read' | 'delete'; code: StoreFailure; message: string }

type Step = Extract<ConnectionReport, { ok: false }>['step']

/** Somebody waits for the report. */
const impatient: Patience = { ...usualPatience, idleMs: 15_000, attempts: 2 }

/** Writes a small object below the prefix, reads it back and deletes it. */
export async function testConnection(
  config: RemoteStoreConfig,
  patience: Patience = impatient,
): Promise<ConnectionReport> {
  let step: Step = 'write'
  let store: RemoteStore | undefined
  try {
    store = createS3Store(config, patience)
    return await tryOut(store, config, next => {
      step = next
    })
  } catch (cause) {
    const code = cause instanceof StoreFailed ? cause.code : 'other'
    return { ok: false, step, code, message: cause instanceof Error ? cause.message : String(cause) }
  } finally {
    store?.close()
  }
}

async function tryOut(
  store: RemoteStore,
  config: RemoteStoreConfig,
  enter: (step: Step) => void,
): Promise<ConnectionReport> {
  const bytes = randomBytes(64)
  const key = `connection-test/${randomBytes(16).toString('hex')}`
  await store.put(key, Readable.from([bytes]), createHash('sha256').update(bytes).digest('hex'), bytes.length)
  try {
    enter('read')
    const found = await buffer(await store.get(key))
    if (!found.equals(bytes))
      throw new StoreFailed('hash-mismatch', 'The store gave back other bytes than it was given.')
    const isReadableByAll = !config.isPublic || (await canBeFetched(store.publicUrl(key), bytes))
    enter('delete')
    await store.delete(key)
    return isReadableByAll ? { ok: true } : { ok: true, notice: notPublic(config) }
  } catch (cause) {
    await store.delete(key).catch(() => undefined)
    throw cause
  }
}

async function canBeFetched(url: string, bytes: Buffer): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    return answer.ok && bytes.equals(Buffer.from(await answer.arrayBuffer()))
  } catch {
    return false
  }
}

function notPublic({ preset, cdnUrl, usesCdn }: RemoteStoreConfig): string {
  if (preset === 'r2' && !cdnUrl.trim()) {
    return 'Files can be stored, but not everyone can see them: R2 shows them under a domain of the bucket only. Enter it.'
  }
  const cdn = cdnUrl.trim() || usesCdn ? ', and whether the CDN belongs to this bucket' : ''
  return `Files can be stored, but not everyone can see them. Check whether the bucket lets single objects be public${cdn}.`
}
