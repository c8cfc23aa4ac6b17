import type { ListedFile } from '../port.ts'
import { skipped } from '../verdicts.ts'
import type { DriveClient, DriveFile } from './client.ts'
import { isFault } from './faults.ts'
import { type DriveRoot, folderType, joinPath, shortcutType } from './ids.ts'
import { fileVerdict } from './verdicts.ts'

export function isFolder(file: DriveFile): boolean {
  return file.mimeType === folderType
}

export function isFolderShortcut(file: DriveFile): boolean {
  return file.mimeType === shortcutType && file.shortcutDetails?.targetMimeType === folderType
}

function isFileShortcut(file: DriveFile): boolean {
  return file.mimeType === shortcutType && !isFolderShortcut(file)
}

/** A file as it is listed in the folder at `folderPath`. A shortcut is its target under the shortcut's id and name. */
export async function listedFile(
  client: DriveClient,
  root: DriveRoot,
  folderPath: string,
  file: DriveFile,
): Promise<ListedFile> {
  const content = isFileShortcut(file) ? await targetOf(client, root, file) : file
  const name = file.name ?? ''
  const names = { sourceId: file.id ?? '', path: joinPath(folderPath, name), filename: name }
  if (content === null) return { ...names, ...factsOf(file), sizeBytes: 0, verdict: skipped('dangling-shortcut') }
  return { ...names, ...factsOf(content), verdict: fileVerdict(name, content) }
}

export function listedFolder(folderPath: string, folder: DriveFile, verdict: ListedFile['verdict']): ListedFile {
  const name = folder.name ?? ''
  const path = joinPath(folderPath, name)
  return { sourceId: folder.id ?? '', path, filename: name, ...factsOf(folder), sizeBytes: 0, verdict, isFolder: true }
}

/** Null when it is gone, in the bin, or not shared with this account. */
export async function targetOf(client: DriveClient, root: DriveRoot, shortcut: DriveFile): Promise<DriveFile | null> {
  const { targetId, targetResourceKey } = shortcut.shortcutDetails ?? {}
  if (!targetId) return null
  try {
    const target = await client.file(root, { id: targetId, resourceKey: targetResourceKey })
    return target.trashed ? null : target
  } catch (cause) {
    if (isFault(cause, 'not-found')) return null
    throw cause
  }
}

export function factsOf(file: DriveFile): { sizeBytes: number; modifiedMs: number; contentTag?: string } {
  return {
    sizeBytes: Number(file.size ?? 0),
    modifiedMs: Date.parse(file.modifiedTime ?? '') || 0,
    ...(file.md5Checksum && { contentTag: file.md5Checksum }),
  }
}
