import type { Connection } from './connection.ts'

/** Uploads in parts that this process goes on with, in whichever store. */
export const underWay = new Set<string>()

/** Those that failed and could not be ended at once, so that nobody goes on with them though they are of this process. */
const abandoned = new Set<string>()

/** Ends an upload in parts and frees what it takes up. What cannot be ended now is left to `endStaleUploads`. */
export async function endUpload(
  connection: Connection,
  { Bucket, Key }: { Bucket: string; Key: string },
  UploadId: string,
): Promise<boolean> {
  try {
    await connection.ask((sdk, client) => client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId })))
    abandoned.delete(UploadId)
    return true
  } catch {
    abandoned.add(UploadId)
    return false
  }
}

/**
 * Ends uploads to keys with this prefix: those begun before `openedAt` that this process does not go on with, and those it gave
 * up. A clock that differs from the server's leaves some for the next time.
 * @returns how many.
 */
export async function endStaleUploads(
  connection: Connection,
  { Bucket, Prefix }: { Bucket: string; Prefix: string },
  openedAt: Date,
): Promise<number> {
  const stale = await connection.ask(async (sdk, client) => {
    const found: { Key: string; UploadId: string }[] = []
    let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
    while (from) {
      const page: Awaited<ReturnType<typeof list>> = await list(from)
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (!Key || !UploadId || underWay.has(UploadId)) continue
        if (abandoned.has(UploadId) || (Initiated && Initiated < openedAt)) found.push({ Key, UploadId })
      }
      from = page.IsTruncated ? markers(page.NextKeyMarker, page.NextUploadIdMarker) : undefined
    }
    return found

    function list(markers: { KeyMarker?: string; UploadIdMarker?: string }) {
      return client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix, ...markers }))
    }
  })
  let count = 0
  for (const { Key, UploadId } of stale) {
    if (await endUpload(connection, { Bucket, Key }, UploadId)) count += 1
  }
  return count
}

function markers(KeyMarker?: string, UploadIdMarker?: string) {
  return { ...(KeyMarker && { KeyMarker }), ...(UploadIdMarker && { UploadIdMarker }) }
}
