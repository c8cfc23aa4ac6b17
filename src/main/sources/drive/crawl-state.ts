import { randomBytes } from 'node:crypto'

/** Parents in one query: rclone's figure; many more make a query Google refuses as too complex. */
export const parentsInQuery = 50

/** A folder and its path below the root. */
type Place = [id: string, path: string]

/** Folders that are listed by one query. */
export interface Batch {
  /** The shared drive they are in. */
  driveId: string | null
  folders: Place[]
}

/** A shortcut to a folder, which is followed when everything that is really below the root has been listed. */
export interface FolderShortcut {
  id: string
  targetId: string
  resourceKey: string | null
  parentId: string
  name: string
  path: string
  modifiedMs: number
}

/** All that a listing has to know to go on: the cursor is this as JSON. */
export interface CrawlState {
  /** Tells the listing from others of the same root. */
  crawl: string
  page: number
  /** The shared drive the root is in. */
  driveId: string | null
  /** Null once a shortcut led into another drive: its changes are not among the root's. */
  changesFrom: string | null
  /** What is being listed, and from where on. */
  batch: Batch | null
  pageToken: string | null
  /** What is listed next, the last first. */
  stack: Batch[]
  shortcuts: FolderShortcut[]
  /** The root, and the targets of shortcuts that were followed: below none of them anything is listed twice. */
  entered: string[]
}

export function firstState(rootId: string, driveId: string | null, changesFrom: string): CrawlState {
  return {
    crawl: randomBytes(6).toString('base64url'),
    page: 0,
    driveId,
    changesFrom,
    batch: { driveId, folders: [[rootId, '']] },
    pageToken: null,
    stack: [],
    shortcuts: [],
    entered: [rootId],
  }
}

/** The same batches come of the same folders, however many were met on one page. */
export function addFolder(state: CrawlState, id: string, path: string, driveId: string | null): void {
  const top = state.stack.at(-1)
  if (top && top.driveId === driveId && top.folders.length < parentsInQuery) top.folders.push([id, path])
  else state.stack.push({ driveId, folders: [[id, path]] })
}

export function advance(state: CrawlState, nextPageToken: string | null): void {
  state.page++
  state.pageToken = nextPageToken
  if (nextPageToken === null) state.batch = state.stack.pop() ?? null
}

export function isAtEnd(state: CrawlState): boolean {
  return state.batch === null && state.shortcuts.length === 0
}

export function decodeState(cursor: string): CrawlState {
  return JSON.parse(cursor)
}
