import type { ListedFile, ListedFolder, ListedPage } from '../port.ts'
import { folderVerdict, skipped } from '../verdicts.ts'
import { encodeChangesCursor } from './changes-cursor.ts'
import type { DriveClient, DriveFile } from './client.ts'
import { CrawlMemory } from './crawl-memory.ts'
import {
  addFolder,
  advance,
  type Batch,
  type CrawlState,
  decodeState,
  firstState,
  isAtEnd,
  parentsInQuery,
} from './crawl-state.ts'
import { isFault } from './faults.ts'
import { type DriveRoot, joinPath, parseRoot, quote } from './ids.ts'
import { factsOf, isFolder, isFolderShortcut, listedFile, listedFolder } from './listed-file.ts'
import { rootFolder } from './root.ts'
import { followShortcuts } from './shortcuts.ts'

interface Page {
  files: DriveFile[]
  nextPageToken: string | null
  /** The token before was too old: this is the first page of the batch again. */
  isRestarted?: boolean
}

/** Full batches asked for in advance: what is a round trip each is one round trip for all. */
const aheadMax = 3
const pageSizeMax = 1000

/** Lists roots page by page: depth first over batches of folders, each batch one query. */
export function createCrawl(
  client: DriveClient,
): (root: string, cursor: string | null, limit: number) => Promise<ListedPage> {
  const memory = new CrawlMemory<Page>()

  async function begin(root: DriveRoot): Promise<CrawlState> {
    const { driveId = null } = await rootFolder(client, root)
    // Before the first query: what changes from now on is either listed or among the changes, or both.
    const start = await client.startPageToken(root, driveId)
    return firstState(root.folderId, driveId, encodeChangesCursor({ ...start, driveId }))
  }

  async function ask(root: DriveRoot, batch: Batch, pageSize: number, pageToken: string | null): Promise<Page> {
    const parents = batch.folders.map(([id]) => `${quote(id)} in parents`).join(' or ')
    const query = { q: `(${parents}) and trashed = false`, pageSize, driveId: batch.driveId }
    if (pageToken === null) return client.files(root, query)
    try {
      return await client.files(root, { ...query, pageToken })
    } catch (cause) {
      if (!isFault(cause, 'page-token')) throw cause
      return { ...(await client.files(root, query)), isRestarted: true }
    }
  }

  async function readBatch(root: DriveRoot, state: CrawlState, batch: Batch, limit: number): Promise<Page> {
    const pageSize = Math.min(limit, pageSizeMax)
    const keyOf = ({ folders }: Batch) => `${folders.length}/${folders[0]?.[0]}/${pageSize}`
    const inAdvance = state.pageToken === null ? memory.takeAhead(state, keyOf(batch)) : null
    const page = inAdvance ?? ask(root, batch, pageSize, state.pageToken)
    // The last of the stack may still grow by what this page brings.
    const next = state.stack.filter(({ folders }) => folders.length === parentsInQuery).slice(-aheadMax)
    for (const later of next) memory.askAhead(state, keyOf(later), () => ask(root, later, pageSize, null))
    return page
  }

  /** Puts what one page brought where it belongs: folders on the stack, shortcuts to folders aside, files into the answer. */
  async function sort(root: DriveRoot, state: CrawlState, batch: Batch, found: DriveFile[]): Promise<Sorted> {
    const paths = new Map(batch.folders)
    const waiting = new Set(state.stack.flatMap(({ folders }) => folders.map(([id]) => id)))
    const files: (ListedFile | Promise<ListedFile>)[] = []
    const folders: ListedFolder[] = []
    for (const file of found) {
      const id = file.id ?? ''
      const parentId = file.parents?.find(parent => paths.has(parent))
      if (parentId === undefined || file.trashed || memory.isRepeated(state, id)) continue
      const folderPath = paths.get(parentId) ?? ''
      const name = file.name ?? ''
      if (isFolder(file)) {
        const verdict = folderVerdict(name) ?? (state.entered.includes(id) ? skipped('listed-elsewhere') : null)
        if (verdict) files.push(listedFolder(folderPath, file, verdict))
        else if (!waiting.has(id)) {
          waiting.add(id)
          addFolder(state, id, joinPath(folderPath, name), batch.driveId)
          folders.push({ sourceId: id, parentId, name })
        }
      } else if (isFolderShortcut(file)) {
        const { targetId, targetResourceKey } = file.shortcutDetails ?? {}
        const path = joinPath(folderPath, name)
        const target = { targetId: targetId ?? '', resourceKey: targetResourceKey ?? null }
        state.shortcuts.push({ id, ...target, parentId, name, path, modifiedMs: factsOf(file).modifiedMs })
      } else files.push(listedFile(client, root, folderPath, file))
    }
    return { files: await Promise.all(files), folders }
  }

  return async (rootName, cursor, limit) => {
    const root = parseRoot(rootName)
    const state = cursor === null ? await begin(root) : decodeState(cursor)
    const { files, folders } = state.batch ? await listBatch(root, state, state.batch, limit) : nothing()
    if (!state.batch) await followShortcuts(client, root, state, { files, folders }, limit)
    if (!isAtEnd(state)) return { files, folders, cursor: JSON.stringify(state) }
    memory.forget(state)
    return { files, folders, cursor: null, ...(state.changesFrom !== null && { changesFrom: state.changesFrom }) }
  }

  async function listBatch(root: DriveRoot, state: CrawlState, batch: Batch, limit: number): Promise<Sorted> {
    const page = await readBatch(root, state, batch, limit)
    // A root that is gone or in the bin, and all that is below it, lists as empty.
    if (page.files.length === 0) await rootFolder(client, root)
    const sorted = await sort(root, state, batch, distinct(page.files))
    advance(state, page.nextPageToken)
    return sorted
  }
}

interface Sorted {
  files: ListedFile[]
  folders: ListedFolder[]
}

const nothing = (): Sorted => ({ files: [], folders: [] })

function distinct(files: DriveFile[]): DriveFile[] {
  return [...new Map(files.map(file => [file.id, file])).values()]
}
