import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type Library, openLibrary } from '../../src/main/library/index.ts'
import type { ColourName } from '../../src/shared/colours.ts'
import type { ReasonCode } from '../../src/shared/outcomes.ts'
import { makeTempFolder } from './temp-folder.ts'

/** A library in a folder of its own (or a given one), closed after the test unless it was before. */
export async function openTestLibrary(folder?: string): Promise<Library> {
  const library = await openLibrary(folder ?? join(await makeTempFolder('library'), 'Library'))
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= library.close()
    return closing
  }
  onTestFinished(close)
  return { ...library, close }
}

/** A second connection, to look into the library from beside it and to change what no room changes yet. */
export function openBeside(library: Library): Database.Database {
  const db = new Database(library.layout.database, { timeout: 5000 })
  onTestFinished(() => void db.close())
  return db
}

export interface PictureGiven {
  path: string
  /** Equal contents are equal bytes; the path is the content when it is left out. */
  content?: string
  folder?: string
  sizeBytes?: number
  takenOn?: string
  title?: string
  caption?: string
  description?: string
  tags?: string[]
  colours?: ColourName[]
  /** It fails for this reason instead of being completed. */
  failure?: ReasonCode
}

export const sha256Of = (content: string) => createHash('sha256').update(content).digest('hex')

/** The import of a folder that is running; another begins when there is none. */
export function syncOf(library: Library, root = '/pictures'): { syncId: number; folderId: number } {
  const folder = { userId: 1, source: 'folder', root, name: root.slice(1), keepsCopies: false }
  const folderId = library.folders.add(folder)
  const syncId = library.syncs.activeOf(folderId)?.id ?? library.syncs.begin(1, folderId, 'root')
  return { syncId, folderId }
}

/** Lists these paths as one page of the running import. @returns the ids of the files that have to be read. */
export function listFiles(library: Library, paths: string[], root?: string, modifiedMs = 1_700_000_000_000): number[] {
  const { syncId } = syncOf(library, root)
  const files = paths.map(path => ({ sourceId: path, path, sizeBytes: 1000, modifiedMs, verdict: null }))
  return library.recording.recordPage(syncId, library.syncs.get(syncId)?.page ?? 0, { files, cursor: 'more' })
}

/** Imports one picture by the same doors as the jobs do, without a file. @returns its id. */
export function addPicture(library: Library, given: PictureGiven): number {
  const [fileId] = listFiles(library, [given.path], given.folder)
  if (fileId === undefined) throw new Error(`${given.path} does not have to be read`)
  const content = { sha256: sha256Of(given.content ?? given.path), sizeBytes: given.sizeBytes ?? 1000, modifiedMs: 1 }
  const claim = library.claiming.claim(fileId, content)
  if (claim.kind !== 'derive') throw new Error(`${given.path} is no new picture`)
  measure(library, claim.mediaId, content.sha256, given)
  if (given.failure) library.endings.failFile(fileId, given.failure)
  else library.finish(fileId, claim.mediaId)
  return claim.mediaId
}

/** Records facts and an analysis, as the decoder and the analyser would have found them. */
export function measure(library: Library, mediaId: number, sha256: string, given: Omit<PictureGiven, 'path'>): void {
  const { title, caption, colours = [], tags = [], takenOn = '2023-05-14T10:00:00', description = '' } = given
  library.media.recordPicture(mediaId, {
    sha256,
    mimeType: 'image/png',
    width: 30,
    height: 20,
    placeholder: 'AAAA',
    meanColour: '#808080',
    fingerprint: '0123456789abcdef',
    takenOn,
    metadata: {
      palette: colours.map(name => ({ name, hex: '#808080', share: 0.3 })),
      light: { brightness: 0.5, contrast: 0.2, colourfulness: 0.1 },
      frameCount: 1,
      hasAlpha: false,
      keywords: [],
      ...(title === undefined ? {} : { title }),
      ...(caption === undefined ? {} : { caption }),
    },
    previewBytes: 100,
    thumbnailBytes: 10,
  })
  library.media.recordAnalysis(mediaId, {
    analyser: 'builtin',
    version: '1',
    result: { description, tags, content: '' },
    failure: null,
    tags: tags.map(name => ({ name, origin: 'filename', confidence: 0.5 })),
  })
}
