import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { StoreFailed } from '../port.ts'
import { type Incoming, incoming } from './bodies.ts'
import { type Connection, isDamaged } from './connection.ts'
import type { ObjectFacts } from './object-facts.ts'
import { endUpload, underWay } from './unfinished.ts'

const mebibyte = 1024 * 1024

/** S3 wants parts of 5 MiB at least and 10,000 at most: 8 MiB each are enough for 80 GB. One part or less goes in a single PUT. */
const partBytes = 8 * mebibyte
const partsMax = 10_000

/** With what lib-storage gathers for the next one, about four parts are in memory. */
const partsAtOnce = 2

/**
 * Sends `body` whole or leaves nothing. Of a body that is longer than its `sizeBytes`, more than 80 GB cannot be sent.
 * @returns its size.
 * @throws {StoreFailed} An error of `body` itself comes through as it is.
 */
export async function upload(
  connection: Connection,
  facts: ObjectFacts,
  body: Readable,
  { sha256, sizeBytes }: { sha256: string; sizeBytes: number | undefined },
): Promise<number> {
  const source = incoming(body, sha256)
  const bytes = await source.whole(partBytes)
  if (bytes) await putAtOnce(connection, facts, bytes)
  else await putInParts(connection, facts, source, partSizeFor(sizeBytes))
  return source.sizeBytes()
}

function partSizeFor(sizeBytes = 0): number {
  return Math.max(partBytes, Math.ceil(sizeBytes / partsMax / mebibyte) * mebibyte)
}

async function putAtOnce(connection: Connection, facts: ObjectFacts, bytes: Buffer): Promise<void> {
  try {
    await connection.ask((sdk, client) => client.send(new sdk.PutObjectCommand({ ...facts, Body: bytes })))
  } catch (cause) {
    if (cause instanceof StoreFailed && cause.code === 'hash-mismatch') await removeDamaged(connection, facts, bytes)
    throw cause
  }
}

/** Another put of the same object may have been whole, so what is there is looked at first. */
async function removeDamaged(connection: Connection, { Bucket, Key }: ObjectFacts, bytes: Buffer): Promise<void> {
  const md5 = createHash('md5').update(bytes).digest('hex')
  await connection
    .ask(async (sdk, client) => {
      const found = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }))
      if (isDamaged(found, md5)) await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }))
    })
    .catch(() => undefined)
}

async function putInParts(
  connection: Connection,
  facts: ObjectFacts,
  source: Incoming,
  partSize: number,
): Promise<void> {
  const { Upload } = await import('@aws-sdk/lib-storage')
  const client = await connection.ownClient()
  const uploadIds = watchRequests(client, source)
  const sending = new Upload({
    client,
    params: { ...facts, Body: Readable.from(source.all()) },
    partSize,
    queueSize: partsAtOnce,
    // It would end the upload with a single request and hide what went wrong behind that one's failure.
    leavePartsOnError: true,
  })
  try {
    await sending.done()
    await assertSize(connection, facts, source.sizeBytes())
  } catch (cause) {
    for (const uploadId of uploadIds) await endUpload(connection, facts, uploadId)
    // The answer to the last request may be lost after all was done.
    if (source.isWhole() && (await hasSize(connection, facts, source.sizeBytes()).catch(() => false))) return
    const failed = source.failure()
    throw failed?.isOfBody ? failed.cause : connection.failure(failed?.cause ?? cause)
  } finally {
    for (const uploadId of uploadIds) underWay.delete(uploadId)
  }
}

/** Collects the upload that is begun; a failed request stops the source, since lib-storage would send all the other parts first. */
function watchRequests(client: S3Client, source: Incoming): Set<string> {
  const uploadIds = new Set<string>()
  client.middlewareStack.add(
    (next, context) => async args => {
      try {
        const answer = await next(args)
        const { UploadId } = answer.output as { UploadId?: string }
        if (context.commandName === 'CreateMultipartUploadCommand' && UploadId) {
          uploadIds.add(UploadId)
          underWay.add(UploadId)
        }
        return answer
      } catch (cause) {
        source.stop(cause)
        throw cause
      }
    },
    { step: 'initialize', priority: 'high', name: 'watchRequests' },
  )
  return uploadIds
}

async function assertSize(connection: Connection, facts: ObjectFacts, sizeBytes: number): Promise<void> {
  if (await hasSize(connection, facts, sizeBytes)) return
  const { Bucket, Key } = facts
  await connection.ask((sdk, client) => client.send(new sdk.DeleteObjectCommand({ Bucket, Key })))
  throw new StoreFailed('hash-mismatch', 'The store put the parts together wrongly. Try it again.')
}

function hasSize(connection: Connection, { Bucket, Key }: ObjectFacts, sizeBytes: number): Promise<boolean> {
  return connection
    .ask((sdk, client) => client.send(new sdk.HeadObjectCommand({ Bucket, Key })))
    .then(found => found.ContentLength === sizeBytes)
}
