import { Readable } from 'node:stream'
import pLimit from 'p-limit'
import { assertKey, assertSha256, originalsFolder } from '../keys.ts'
import { type RemoteStore, type RemoteStoreConfig, type StoredObject, StoreFailed } from '../port.ts'
import { addressesOf } from './addresses.ts'
import { watched } from './bodies.ts'
import { connect, type Patience, usualPatience } from './connection.ts'
import { notS3 } from './failures.ts'
import { assertReadable, sizeOf } from './looking-up.ts'
import { objectFacts } from './object-facts.ts'
import { endStaleUploads } from './unfinished.ts'
import { upload } from './uploading.ts'

/**
 * Bodies on their way at once: they fill a line that one leaves nearly empty. Whether an object is there already is asked apart
 * from it, so that no place on the line stands empty for an answer.
 */
const bodiesAtOnce = 8

/** The longest that a signature of S3 holds: a week. */
const signatureSecondsMax = 604_800

/**
 * Originals in a bucket of DigitalOcean Spaces, Amazon S3, Cloudflare R2 or a server that speaks their protocol. Nothing is
 * asked of it before the first object.
 * @throws {StoreFailed} when `config` cannot be right; what it says is checked by `testConnection`.
 */
export function createS3Store(config: RemoteStoreConfig, patience: Patience = usualPatience): RemoteStore {
  const addresses = addressesOf(config)
  const connection = connect(config, addresses, patience)
  const openedAt = new Date()
  const Bucket = connection.bucket
  const onTheLine = pLimit(bodiesAtOnce)

  const keyOf = (key: string): string => {
    assertKey(key)
    return addresses.objectKey(key)
  }

  return {
    kind: 's3',
    place: addresses.place,
    async head(key): Promise<StoredObject | null> {
      const Key = keyOf(key)
      const sizeBytes = await sizeOf(connection, Key)
      if (sizeBytes !== null) return { key, sizeBytes }
      // Whoever asks must not take a bucket that is gone for one object that is.
      await assertReadable(connection, Key)
      return null
    },
    async put(key, body, sha256, sizeBytes) {
      // A body may fail before it is read; without a listener that would end the process. Reading it tells.
      body.on('error', () => undefined)
      try {
        const facts = objectFacts(config, { Bucket, Key: keyOf(key), sha256 })
        assertSha256(sha256)
        const existing = await sizeOf(connection, facts.Key)
        if (existing !== null && (sizeBytes === undefined ? existing > 0 : existing === sizeBytes)) {
          return { key, sizeBytes: existing }
        }
        const sent = await onTheLine(() => upload(connection, facts, body, { sha256, sizeBytes }))
        return { key, sizeBytes: sent }
      } finally {
        body.destroy()
      }
    },
    async get(key, range) {
      const Key = keyOf(key)
      if (range && !(range.start >= 0 && range.start <= range.end)) throw noSuchBytes(range)
      const Range = range && `bytes=${range.start}-${range.end}`
      const { Body, ContentRange, ETag, Metadata } = await connection.askForBody((sdk, client) =>
        client.send(new sdk.GetObjectCommand({ Bucket, Key, ...(Range && { Range }) })),
      )
      if (!(Body instanceof Readable)) throw notS3()
      if (!ETag) {
        Body.destroy()
        throw notS3()
      }
      if (range && !ContentRange?.startsWith(`bytes ${range.start}-`)) {
        Body.destroy()
        throw new StoreFailed('other', 'The store gave other bytes than those it was asked for.')
      }
      return watched(Body, {
        idleMs: patience.idleMs,
        sha256: range ? undefined : Metadata?.sha256,
        failure: connection.failure,
      })
    },
    async delete(key) {
      const Key = keyOf(key)
      await connection.ask((sdk, client) => client.send(new sdk.DeleteObjectCommand({ Bucket, Key })))
    },
    localPath(key) {
      assertKey(key)
      return null
    },
    publicUrl(key) {
      assertKey(key)
      return addresses.publicUrl(key)
    },
    async presignedUrl(key, seconds) {
      const Key = keyOf(key)
      if (!(Number.isInteger(seconds) && seconds >= 1 && seconds <= signatureSecondsMax)) {
        throw new StoreFailed('other', 'An address can be signed for one second to one week.')
      }
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
      return connection.ask((sdk, client) =>
        getSignedUrl(client, new sdk.GetObjectCommand({ Bucket, Key }), {
          expiresIn: seconds,
          // By the server's clock, where this computer's is known to be wrong.
          signingDate: new Date(Date.now() + client.config.systemClockOffset),
        }),
      )
    },
    abortStaleUploads: () =>
      // The bucket may have uploads of other programs in it.
      endStaleUploads(connection, { Bucket, Prefix: addresses.objectKey(`${originalsFolder}/`) }, openedAt),
    close: connection.close,
  }
}

function noSuchBytes({ start, end }: { start: number; end: number }): StoreFailed {
  return new StoreFailed('other', `The file has no bytes ${start} to ${end}.`)
}
