import type { Readable } from 'node:stream'
import type { drive_v3 } from 'googleapis/build/src/apis/drive/v3.js'
import { SourceUnavailable } from '../port.ts'
import { DriveFault, faultOf, haltOrFault, isFault } from './faults.ts'
import { Pacer, type Pacing, realPacing } from './pacer.ts'

export type DriveFile = drive_v3.Schema$File
export type DriveChange = drive_v3.Schema$Change

/** Files by `id`, where Google asks for a key too (`resourceKey`, of files shared by link before 2021). */
export interface FileKey {
  id: string
  resourceKey?: string | null | undefined
}

export interface MediaAnswer {
  stream: Readable
  /** Where in the file the stream begins: 0 when the server did not heed the range. */
  fromByte: number
}

/** Where changes begin, and when that was by Google's clock. */
export interface ChangesStart {
  token: string
  sinceMs: number
}

export interface ChangesAnswer {
  changes: DriveChange[]
  nextPageToken: string | null
  /** Counts on the last page. */
  start: ChangesStart
}

export interface FileQuery {
  q: string
  pageSize: number
  pageToken?: string
  orderBy?: string
  driveId?: string | null
  /** Shared drives too, when no `driveId` says which one. */
  everywhere?: boolean
}

/** For whom a request is: an account, and the folder that is brought in where it is for one. */
export interface Asker {
  accountId: number
  folderId?: string
}

export interface DriveClientOptions {
  /**
   * A token for requests of an asker. `refused`: one that Google does not accept any more; another has to come.
   * @throws what has a sentence for a person as its message.
   */
  accessToken(asker: Asker, refused?: string): Promise<string>
  /** Where the API is; Google's unless a test says otherwise. */
  apiUrl?: string
  pacing?: Pacing
}

/** Requests that answer with JSON take no longer, or are asked again. */
const timeoutMs = 60_000

const fileFields =
  'id,name,mimeType,size,md5Checksum,modifiedTime,createdTime,parents,trashed,driveId,resourceKey,headRevisionId,' +
  'shortcutDetails(targetId,targetMimeType,targetResourceKey),capabilities(canDownload)'

const allDrives = { supportsAllDrives: true, includeItemsFromAllDrives: true }

/** One that was held too long, one of the account that was held too long as well, and a new one. */
const tokensMax = 3

const notAccepted =
  'Google Drive does not accept this access token. Ask again with a new one, or connect the account in Burg Ink.'

export type DriveClient = ReturnType<typeof createDriveClient>

/**
 * Google's own client, with the token, the pace and the errors of this program. What it throws is a `DriveFault` a caller
 * may know what to do about (`not-found`, `page-token`, …) or `SourceUnavailable`.
 */
export function createDriveClient({ accessToken, apiUrl, pacing = realPacing }: DriveClientOptions) {
  const pacers = new Map<number, Pacer>()
  let loading: Promise<drive_v3.Drive> | undefined

  /** Costs 0.2 s and 27 MB of memory, so whoever has no account never loads it. */
  async function load(): Promise<drive_v3.Drive> {
    const { drive } = await import('googleapis/build/src/apis/drive/index.js')
    // The pacer retries, for all requests of an account together.
    return drive({ version: 'v3', ...(apiUrl !== undefined && { rootUrl: apiUrl }), retry: false })
  }

  function pacerOf({ accountId }: Asker): Pacer {
    const pacer = pacers.get(accountId) ?? new Pacer(pacing)
    pacers.set(accountId, pacer)
    return pacer
  }

  async function tokenOf(asker: Asker, refused?: string): Promise<string> {
    try {
      return await accessToken(asker, refused)
    } catch (cause) {
      throw new SourceUnavailable((cause as Error).message, { cause })
    }
  }

  type Ask<T> = (drive: drive_v3.Drive, headers: Record<string, string>) => Promise<T>

  async function askWith<T>(token: string, request: Ask<T>): Promise<T> {
    loading ??= load()
    const drive = await loading
    try {
      return await request(drive, { Authorization: `Bearer ${token}` })
    } catch (cause) {
      throw faultOf(cause)
    }
  }

  async function paced<T>(pacer: Pacer, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await pacer.run(work, signal)
    } catch (cause) {
      throw cause instanceof DriveFault ? haltOrFault(cause) : cause
    }
  }

  function ask<T>(asker: Asker, request: Ask<T>, signal?: AbortSignal): Promise<T> {
    const work = async () => {
      let refused: string | undefined
      for (let tokens = 1; ; tokens++) {
        const token = await tokenOf(asker, refused)
        try {
          return await askWith(token, request)
        } catch (fault) {
          if (!isFault(fault, 'unauthorized') || tokens === tokensMax) throw fault
          refused = token
        }
      }
    }
    return paced(pacerOf(asker), work, signal)
  }

  return {
    pacing,

    /** Whose Drive a token opens that this program did not ask for. @throws {SourceUnavailable} */
    owner(token: string): Promise<{ email: string; name: string }> {
      const request: Ask<{ email: string; name: string }> = async (drive, headers) => {
        const params = { fields: 'user(emailAddress,displayName)' }
        const { user } = (await drive.about.get(params, { headers, timeout: timeoutMs })).data
        const email = user?.emailAddress
        // Only of people outside of an organization that hides them.
        if (!email) throw new SourceUnavailable('Google Drive does not say whose this access token is.')
        return { email, name: user.displayName || email }
      }
      const work = () =>
        askWith(token, request).catch(fault => {
          throw isFault(fault, 'unauthorized') ? new SourceUnavailable(notAccepted) : fault
        })
      return paced(new Pacer(pacing), work)
    },

    async file(asker: Asker, key: FileKey): Promise<DriveFile> {
      const params = { fileId: key.id, supportsAllDrives: true, fields: fileFields }
      return ask(asker, async (drive, headers) => {
        const { data } = await drive.files.get(params, {
          headers: { ...headers, ...keyHeader(key) },
          timeout: timeoutMs,
        })
        return data
      })
    },

    async files(asker: Asker, query: FileQuery): Promise<{ files: DriveFile[]; nextPageToken: string | null }> {
      const { driveId, everywhere, ...rest } = query
      const corpora = driveId ? { corpora: 'drive', driveId } : everywhere ? { corpora: 'allDrives' } : {}
      const fields = `nextPageToken,incompleteSearch,files(${fileFields})`
      return ask(asker, async (drive, headers) => {
        const params = { ...rest, ...corpora, ...allDrives, fields }
        const { data } = await drive.files.list(params, { headers, timeout: timeoutMs })
        if (data.incompleteSearch) throw new DriveFault('incomplete', 'incompleteSearch')
        return { files: data.files ?? [], nextPageToken: data.nextPageToken ?? null }
      })
    },

    async sharedDrives(asker: Asker, pageToken?: string): Promise<drive_v3.Schema$DriveList> {
      const params = { pageSize: 100, ...(pageToken && { pageToken }), fields: 'nextPageToken,drives(id,name)' }
      return ask(asker, async (drive, headers) => {
        const { data } = await drive.drives.list(params, { headers, timeout: timeoutMs })
        return data
      })
    },

    async sharedDriveName(asker: Asker, driveId: string): Promise<string | null> {
      return ask(asker, async (drive, headers) => {
        const { data } = await drive.drives.get({ driveId, fields: 'name' }, { headers, timeout: timeoutMs })
        return data.name ?? null
      })
    },

    async startPageToken(asker: Asker, driveId: string | null): Promise<ChangesStart> {
      const params = { ...(driveId && { driveId }), supportsAllDrives: true }
      return ask(asker, async (drive, headers) => {
        const { data, headers: answered } = await drive.changes.getStartPageToken(params, {
          headers,
          timeout: timeoutMs,
        })
        return { token: data.startPageToken ?? '', sinceMs: dateOf(answered) }
      })
    },

    async changes(asker: Asker, pageToken: string, driveId: string | null): Promise<ChangesAnswer> {
      const fields = `nextPageToken,newStartPageToken,changes(changeType,removed,fileId,file(${fileFields}))`
      const which = { ...allDrives, ...(driveId && { driveId }), includeCorpusRemovals: true }
      return ask(asker, async (drive, headers) => {
        const params = { ...which, pageSize: 1000, pageToken, fields }
        const { data, headers: answered } = await drive.changes.list(params, { headers, timeout: timeoutMs })
        return {
          changes: data.changes ?? [],
          nextPageToken: data.nextPageToken ?? null,
          start: { token: data.newStartPageToken ?? '', sinceMs: dateOf(answered) },
        }
      })
    },

    /** Its bytes from `fromByte` on. The pace counts until they begin to flow. */
    async media(asker: Asker, key: FileKey, fromByte: number, signal: AbortSignal): Promise<MediaAnswer> {
      const params = { fileId: key.id, alt: 'media', supportsAllDrives: true }
      const range: Record<string, string> = fromByte > 0 ? { Range: `bytes=${fromByte}-` } : {}
      return ask(
        asker,
        async (drive, headers) => {
          const { data, status } = await drive.files.get(params, {
            headers: { ...headers, ...keyHeader(key), ...range },
            responseType: 'stream',
            signal,
          })
          return { stream: data, fromByte: status === 206 ? fromByte : 0 }
        },
        signal,
      )
    },
  }
}

function keyHeader({ id, resourceKey }: FileKey): Record<string, string> {
  return resourceKey ? { 'X-Goog-Drive-Resource-Keys': `${id}/${resourceKey}` } : {}
}

/** A whole second, rounded up; this machine's clock where an answer has no date. */
function dateOf(headers: unknown): number {
  const answeredMs = Date.parse((headers as Record<string, string | undefined>).date ?? '')
  return (Number.isNaN(answeredMs) ? Date.now() : answeredMs) + 1000
}
