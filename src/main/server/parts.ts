import type { Readable } from 'node:stream'
import type { EventData, EventName, Handlers } from '../../shared/contract.ts'
import type { EngineStanding } from '../../shared/engine.ts'
import type { MediaFilter, MediaId, MediaSort } from '../../shared/media.ts'
import type { RunCount } from '../../shared/runs.ts'

/** What the server serves. The app gives it; the server knows no other room. */
export interface ServerParts {
  /** Random, new at each start. Whoever has it is the person at this computer. */
  token: string
  handlers: Handlers
  /** @returns how to end the subscription. */
  subscribe(listener: EventListener): () => void
  /** Has a folder of Google Drive brought in, by its account or by `accessToken`. @returns the id of the event, at once. */
  triggerDriveSync(userId: number, folderId: string, accessToken?: string): Promise<string>
  pictures: PictureFiles
  records: MediaRecords
  /** Answers `/api/inngest`; lets in its engine only. */
  engineEndpoint(request: Request): Promise<Response>
  /** The built page. */
  pageFolder: string
  /** Unexpected errors end here. */
  report(error: unknown): void
}

export type AppEvent = { [N in EventName]: { name: N; data: EventData<N> } }[EventName]
export type EventListener = (event: AppEvent) => void

export const pictureKinds = ['thumbnail', 'preview', 'original'] as const
export type PictureKind = (typeof pictureKinds)[number]

export interface PictureFiles {
  /** Null when there is no such picture, or its file is not there. */
  find(id: MediaId, kind: PictureKind): PictureFile | null
}

export type PictureFile = LocalPictureFile | RemotePictureFile

interface LocalPictureFile extends PictureFacts {
  /** Absolute. */
  path: string
}

/** It is not on this computer. */
interface RemotePictureFile extends PictureFacts {
  path: null
  sizeBytes: number
  /** @param range inclusive bytes. @throws {CallFailed} with why it cannot be had. */
  read(range?: { start: number; end: number }): Promise<Readable>
}

interface PictureFacts {
  mimeType: string
  /** The same for the same bytes; see `MediaTile.version`. */
  version: string
  filename: string
}

export interface RecordPage {
  media: Record<string, unknown>[]
  nextCursor: string | null
  total: number
  /** There are at least `total`. */
  isTotalBounded: boolean
}

/** Rows of the `media` table, as the brief's API answers them. */
export interface MediaRecords {
  get(id: MediaId): Record<string, unknown> | null
  page(filter: MediaFilter, sort: MediaSort, after: string | null, limit: number): Promise<RecordPage>
  /** The same whatever engine runs the jobs. */
  status(): {
    media: { stats: Record<string, number>; recentCompleted: Record<string, unknown>[] }
    syncs: unknown[]
    engine: { name: string; standing: EngineStanding }
    runs: RunCount[]
  }
}
