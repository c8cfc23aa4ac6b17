import { onTestFinished } from 'vitest'
import {
  createDriveSource,
  type ListedFile,
  type ListedFolder,
  type MediaSource,
} from '../../../src/main/sources/index.ts'
import { startDriveServer } from '../../support/drive-server/index.ts'
import { quickPacing } from '../../support/quick-pacing.ts'

/** A Drive with an account 1, a folder to sync, and the source that reads it. Ends with the test. */
export async function openDrive(accessToken = async (_asker: object, _refused?: string) => 'valid-token') {
  const server = await startDriveServer()
  onTestFinished(() => server.close())
  const pacing = quickPacing()
  const folderId = server.world.addFolder('Pictures')
  const open = () => createDriveSource({ accessToken, apiUrl: server.url, pacing })
  return {
    server,
    world: server.world,
    folderId,
    root: `1/${folderId}`,
    source: open(),
    reopen: open,
    waits: pacing.waits,
  }
}

export interface Listing {
  files: ListedFile[]
  folders: ListedFolder[]
  changesFrom: string
  cursors: string[]
}

export async function listWhole(source: MediaSource, root: string, limit = 1000): Promise<Listing> {
  const listing: Listing = { files: [], folders: [], changesFrom: '', cursors: [] }
  let cursor: string | null = null
  do {
    const page = await source.listPage(root, cursor, limit)
    listing.files.push(...page.files)
    listing.folders.push(...(page.folders ?? []))
    listing.changesFrom = page.changesFrom ?? ''
    cursor = page.cursor
    if (cursor !== null) listing.cursors.push(cursor)
  } while (cursor !== null)
  return listing
}

export const pathsOf = (files: ListedFile[]): string[] => files.map(file => file.path).sort()

/** What became of the entry at a path. */
export function codeAt(files: ListedFile[], path: string): string | null | undefined {
  const file = files.find(listed => listed.path === path)
  return file && (file.verdict?.code ?? null)
}

export function knownOf({ folders }: Listing): (id: string) => ListedFolder | null {
  return id => folders.find(folder => folder.sourceId === id) ?? null
}
