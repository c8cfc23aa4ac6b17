import type { Readable } from 'node:stream'
import type { ReasonCode } from '../../shared/outcomes.ts'

/** Where media comes from. One adapter a kind of source; one instance serves every folder of that kind. */
export interface MediaSource {
  /** The value of `media.source`. */
  readonly kind: 'folder' | 'google_drive' | 'upload'
  /** Its files have to be fetched. Each is fetched once, and the library keeps it. */
  readonly isRemote: boolean
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
   * These files of the root and no others, each as `listPage` would list it; one that is not there, or that no listing
   * would come by, is `isAbsent`. Only where a source can look at single files.
   * @throws {SourceUnavailable} when the root is gone.
   */
  listChosen?(root: string, sourceIds: readonly string[]): Promise<ListedFile[]>
  /**
   * The bytes of one file, streamed; size and time were taken from the same open handle. The stream fails with
   * `FileRefused` `changing` when they are not the same at its end.
   * `fromByte` leaves out what a caller has already; whoever puts the parts together has to check the whole, for a stream
   * of a part cannot.
   * @throws {FileRefused}
   * @throws {SourceUnavailable} when the root is gone; so does the stream.
   */
  open(root: string, sourceId: string, part?: { fromByte?: number }): Promise<OpenedFile>
  /**
   * An absolute path where the file can be read in place, or null when it has to be fetched. Not looked up on the disk.
   * @throws {FileRefused} when `sourceId` is none of this source.
   */
  localPath(root: string, sourceId: string): string | null
  /**
   * What changed since `cursor`: at first the `changesFrom` of a listing's last page, or of an earlier call's. Only where a
   * source can say. `known` answers for folders of this root that a listing gave out before.
   * @throws {SourceUnavailable} when the root is gone.
   */
  listChanges?(
    root: string,
    cursor: string,
    known: (sourceId: string) => { parentId: string; name: string } | null,
  ): Promise<ListedChanges>
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
  /** Folders met on this page, where the source keeps them apart from paths. The root is none of them. */
  folders?: ListedFolder[]
  /** Null when there is nothing more. */
  cursor: string | null
  /** On the last page, where the source can say what changes from the beginning of this listing on. */
  changesFrom?: string
}

export interface ListedFolder {
  sourceId: string
  /** The `sourceId` of the folder it is in; the source's own id of the root where it is in the root itself. */
  parentId: string
  name: string
}

export interface ListedChanges {
  /** New, changed, moved and renamed. */
  files: ListedFile[]
  /** `sourceId`s of what was removed, moved out of the root, or may not be seen any more. Some were never listed. */
  gone: string[]
  folders: ListedFolder[]
  /** Null when there is nothing more. */
  cursor: string | null
  /** On the last page: where the next changes begin. */
  changesFrom: string | null
  /** A folder was moved, renamed or removed, or too much time has passed: only a listing of the whole root can tell. */
  mustListWhole: boolean
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
  /** Same tag, same bytes, whatever the time says. */
  contentTag?: string
  /** Set when the file need not be opened at all: it ends `skipped`, or `failed`, for this reason. */
  verdict: { outcome: 'skipped' | 'failed'; code: ReasonCode } | null
  /** An entry for a whole folder that was not looked into: what is below it is unknown, not gone. */
  isFolder?: true
  /** It was asked for by its id and is not there. */
  isAbsent?: true
}

export interface OpenedFile {
  stream: Readable
  /** Of the whole file, also where only a part is streamed. */
  sizeBytes: number
  modifiedMs: number
  contentTag?: string
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
  readonly code: Extract<
    ReasonCode,
    | 'unreadable'
    | 'vanished'
    | 'changing'
    | 'empty'
    | 'not-downloaded'
    | 'google-document'
    | 'no-download'
    | 'flagged'
    | 'dangling-shortcut'
    | 'corrupt-download'
  >
  constructor(code: FileRefused['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FileRefused'
    this.code = code
  }
}
