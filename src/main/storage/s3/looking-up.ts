import { Readable } from 'node:stream'
import { StoreFailed, type StoreFailure } from '../port.ts'
import type { Connection } from './connection.ts'
import { notS3 } from './failures.ts'

/** What HEAD is refused with may mean another thing. */
const unclear: StoreFailure[] = ['denied', 'wrong-region', 'bad-endpoint', 'other']

/**
 * The size of an object, or null when there is none or no such bucket: the answer to HEAD has no body that would tell.
 * @throws {StoreFailed}
 */
export async function sizeOf(connection: Connection, Key: string): Promise<number | null> {
  try {
    const { ETag, ContentLength } = await connection.ask((sdk, client) =>
      client.send(new sdk.HeadObjectCommand({ Bucket: connection.bucket, Key })),
    )
    // A page that answers everything, such as that of a hotel's network, must not pass for an object that is kept.
    if (!ETag || ContentLength === undefined) throw notS3()
    return ContentLength
  } catch (cause) {
    if (!(cause instanceof StoreFailed)) throw cause
    if (cause.code === 'not-found') return null
    if (unclear.includes(cause.code)) await assertReadable(connection, Key)
    throw cause
  }
}

/** Asks by GET, whose answer says which key, bucket or region is wrong. @throws {StoreFailed} not when there is no object */
export async function assertReadable(connection: Connection, Key: string): Promise<void> {
  try {
    const { Body } = await connection.askForBody((sdk, client) =>
      client.send(new sdk.GetObjectCommand({ Bucket: connection.bucket, Key, Range: 'bytes=0-0' })),
    )
    if (Body instanceof Readable) Body.destroy()
  } catch (cause) {
    if (!(cause instanceof StoreFailed && cause.code === 'not-found')) throw cause
  }
}
