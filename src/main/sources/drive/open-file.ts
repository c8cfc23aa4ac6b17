import { FileRefused, type OpenedFile, SourceUnavailable } from '../port.ts'
import type { DriveClient, DriveFile } from './client.ts'
import { download, type Version } from './download.ts'
import { DriveStream } from './drive-stream.ts'
import { isFault } from './faults.ts'
import { assertFileId, type DriveRoot, parseRoot, shortcutType } from './ids.ts'
import { factsOf, targetOf } from './listed-file.ts'
import { rootFolder } from './root.ts'

/** @throws {FileRefused} @throws {SourceUnavailable} */
export async function openFile(
  client: DriveClient,
  rootName: string,
  sourceId: string,
  fromByte: number,
): Promise<OpenedFile> {
  assertFileId(sourceId)
  const root = parseRoot(rootName)
  const aborting = new AbortController()
  const { signal } = aborting
  // The bytes are asked for together with what they should be, or every file would cost two round trips.
  const bytes = client.media(root, { id: sourceId }, fromByte, signal)
  // Whoever reads the stream is told.
  bytes.catch(() => {})
  try {
    const file = await lookUp(client, root, sourceId)
    assertDownloadable(file)
    const version = versionOf(file)
    const first = isPlain(file, sourceId) ? bytes : null
    const lookAgain = async () => versionOf(await lookUp(client, root, sourceId))
    const chunks = download({ client, root, version, fromByte, first, lookAgain, signal })
    return { stream: new DriveStream(refusing(client, root, chunks), aborting), ...factsOf(file) }
  } catch (cause) {
    aborting.abort()
    throw cause
  }
}

/** Its own id alone opens it: a shortcut's does not, nor does one that needs a key. */
function isPlain(file: DriveFile, sourceId: string): boolean {
  return file.id === sourceId && !file.resourceKey
}

/** The file itself, for a shortcut its target. */
async function lookUp(client: DriveClient, root: DriveRoot, sourceId: string): Promise<DriveFile> {
  const file = await client.file(root, { id: sourceId }).catch(async cause => {
    throw await refusal(client, root, cause)
  })
  if (file.trashed) throw await vanished(client, root)
  if (file.mimeType !== shortcutType) return file
  const target = await targetOf(client, root, file)
  if (target === null) throw new FileRefused('dangling-shortcut', 'What the shortcut leads to is gone.')
  // The key is the shortcut's to give.
  const resourceKey = file.shortcutDetails?.targetResourceKey
  return { ...target, ...(resourceKey && { resourceKey }) }
}

function assertDownloadable(file: DriveFile): void {
  if (file.mimeType?.startsWith('application/vnd.google-apps.')) {
    throw new FileRefused('google-document', 'It is a document of Google itself.')
  }
  if (file.capabilities?.canDownload === false) {
    throw new FileRefused('no-download', 'Its owner does not allow downloading it.')
  }
  if (Number(file.size ?? 0) === 0) throw new FileRefused('empty', 'The file is empty.')
}

function versionOf(file: DriveFile): Version {
  return {
    key: { id: file.id ?? '', resourceKey: file.resourceKey },
    sizeBytes: Number(file.size ?? 0),
    md5: file.md5Checksum ?? null,
    revisionId: file.headRevisionId ?? null,
  }
}

async function* refusing(client: DriveClient, root: DriveRoot, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks
  } catch (cause) {
    throw await refusal(client, root, cause)
  }
}

async function refusal(client: DriveClient, root: DriveRoot, cause: unknown): Promise<Error> {
  if (isFault(cause, 'not-found')) return vanished(client, root)
  if (isFault(cause, 'no-download'))
    return new FileRefused('no-download', 'Google Drive does not let it be downloaded.', { cause })
  if (isFault(cause, 'flagged')) return new FileRefused('flagged', 'Google marks it as malware or spam.', { cause })
  return cause as Error
}

/** Gone alone, or with the whole root. */
async function vanished(client: DriveClient, root: DriveRoot): Promise<Error> {
  try {
    await rootFolder(client, root)
  } catch (cause) {
    if (cause instanceof SourceUnavailable) return cause
    throw cause
  }
  return new FileRefused('vanished', 'It is not in Google Drive any more.')
}
