import type { Readable } from 'node:stream'
import type { ReasonCode } from '../../shared/outcomes.ts'

/** Where media comes from. One adapter a kind of source; one instance serves every folder of that kind. */
export interface MediaSource {
  /** The value of `media.source`. */
  readonly kind: 'folder' | 'google_drive' | 'upload'
  /**
   * Says whether the root is there, is a folder and can be listed, and gives its canonical form and name.
   * @throws {SourceUnavailable} with a sentence for the person when it is not.
   */
  resolveRoot(root: string): Promise<ResolvedRoot>
  /**
   * The next files after `cursor` (null: from the beginning) in a fixed order, at most `limit` of them (a page may be
   * shorter, and the last one empty). The same root and
   * cursor give the same files while nothing changes, so a killed listing goes on where it was. Contents are not read.
   * @throws {SourceUnavailable} when the root is gone.
   */
  listPage(root: string, cursor: string | null, limit: number): Promise<ListedPage>
  /**
   * The bytes of one file, streamed; size and time were taken from the same open handle. The stream fails with
   * `FileRefused` `changing` when they are not the same at its end.
   * @throws {FileRefused}
   * @throws {SourceUnavailable} when the root is gone; so does the stream.
   */
  open(root: string, sourceId: string): Promise<OpenedFile>
  /**
   * An absolute path where the file can be read in place, or null when it has to be fetched. Not looked up on the disk.
   * @throws {FileRefused} when `sourceId` is none of this source.
   */
  localPath(root: string, sourceId: string): string | null
}

export interface ResolvedRoot {
  /** Its canonical form. */
  root: string
  name: string
  /** Differs when something else is in its place, such as the empty folder a disk is mounted on while it is not connected. */
  identity: string
}

export interface ListedPage {
  files: ListedFile[]
  /** Null when there is nothing more. */
  cursor: string | null
}

export interface ListedFile {
  /** The source's own id: for a folder the path relative to its root, with `/` on every system. */
  sourceId: string
  /**
   * As a person knows it, relative to the root. Equals `sourceId` for a folder source unless a name is not valid Unicode.
   * May hold any character a file system allows, line breaks and control characters too: escape where it is shown.
   */
  path: string
  filename: string
  sizeBytes: number
  /** Last change, milliseconds since 1970, to the precision the source has. */
  modifiedMs: number
  /** Set when the file need not be opened at all: it ends `skipped`, or `failed`, for this reason. */
  verdict: { outcome: 'skipped' | 'failed'; code: ReasonCode } | null
  /** An entry for a whole folder that was not looked into: what is below it is unknown, not gone. */
  isFolder?: true
}

export interface OpenedFile {
  stream: Readable
  sizeBytes: number
  modifiedMs: number
}

/** The whole source cannot be reached: nothing can be said about any file. */
export class SourceUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SourceUnavailable'
  }
}

/** One file cannot be had. */
export class FileRefused extends Error {
  readonly code: Extract<ReasonCode, 'unreadable' | 'vanished' | 'changing' | 'empty' | 'not-downloaded'>
  constructor(code: FileRefused['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FileRefused'
    this.code = code
  }
}
