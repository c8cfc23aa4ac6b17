import type { ListedFile, ListedFolder } from '../port.ts'
import { folderVerdict, skipped, type Verdict } from '../verdicts.ts'
import type { DriveClient, DriveFile } from './client.ts'
import { addFolder, type CrawlState, type FolderShortcut } from './crawl-state.ts'
import { isFault } from './faults.ts'
import type { DriveRoot } from './ids.ts'

/** Folders on the way up from one. Drive allows a hundred levels. */
const levelsMax = 110

/**
 * Goes into shortcuts to folders until one leads to something new, or `limit` of them have ended as files of the listing.
 * All that is really below the root is listed by then, so a target inside of it, or inside of another target, is no news:
 * so nothing is listed twice and no cycle is run through.
 */
export async function followShortcuts(
  client: DriveClient,
  root: DriveRoot,
  state: CrawlState,
  into: { files: ListedFile[]; folders: ListedFolder[] },
  limit: number,
): Promise<void> {
  while (state.batch === null && into.files.length < limit) {
    const shortcut = state.shortcuts.shift()
    if (!shortcut) return
    const target = await folderOf(client, root, shortcut)
    const verdict = await verdictOf(client, root, state, shortcut, target)
    if (verdict || !target) into.files.push(entryOf(shortcut, verdict))
    else {
      const { targetId, parentId, name, path } = shortcut
      state.entered.push(targetId)
      into.folders.push({ sourceId: targetId, parentId, name })
      const { driveId = null } = target
      if (driveId !== state.driveId) state.changesFrom = null
      addFolder(state, targetId, path, driveId)
      state.batch = state.stack.pop() ?? null
    }
  }
}

async function verdictOf(
  client: DriveClient,
  root: DriveRoot,
  state: CrawlState,
  shortcut: FolderShortcut,
  target: DriveFile | null,
): Promise<Verdict | null> {
  if (target === null || target.trashed) return skipped('dangling-shortcut')
  if (await isInside(client, root, target, state.entered)) return skipped('listed-elsewhere')
  return folderVerdict(shortcut.name)
}

async function isInside(client: DriveClient, root: DriveRoot, folder: DriveFile, entered: string[]): Promise<boolean> {
  let at: DriveFile | null = folder
  for (let level = 0; at !== null && level < levelsMax; level++) {
    if (entered.includes(at.id ?? '')) return true
    const parentId: string | undefined = at.parents?.[0]
    at = parentId === undefined ? null : await find(client, root, parentId)
  }
  return false
}

const folderOf = (client: DriveClient, root: DriveRoot, { targetId, resourceKey }: FolderShortcut) =>
  find(client, root, targetId, resourceKey)

async function find(
  client: DriveClient,
  root: DriveRoot,
  id: string,
  resourceKey?: string | null,
): Promise<DriveFile | null> {
  try {
    return await client.file(root, { id, resourceKey })
  } catch (cause) {
    if (isFault(cause, 'not-found')) return null
    throw cause
  }
}

function entryOf({ id, path, name, modifiedMs }: FolderShortcut, verdict: Verdict | null): ListedFile {
  return { sourceId: id, path, filename: name, sizeBytes: 0, modifiedMs, verdict, isFolder: true }
}
