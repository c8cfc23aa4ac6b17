import { createHash, randomBytes } from 'node:crypto'

export const folderType = 'application/vnd.google-apps.folder'
export const shortcutType = 'application/vnd.google-apps.shortcut'
const documentType = 'application/vnd.google-apps.document'

/** A file as Drive keeps it. */
export interface WorldFile {
  id: string
  name: string
  mimeType: string
  parents: string[]
  /** Put into the bin itself, not by a folder above it. */
  isTrashed: boolean
  createdMs: number
  modifiedMs: number
  revision: number
  bytes?: Buffer
  driveId?: string
  targetId?: string
  targetMimeType?: string
  resourceKey?: string
  canDownload?: boolean
  isSharedWithMe?: boolean
}

export type NewFile = Partial<WorldFile>

const md5s = new WeakMap<Buffer, string>()

/** What is in a person's Google Drive, and what changed in it. Starts with an empty my drive. */
export class DriveWorld {
  readonly rootId = newId()
  readonly files = new Map<string, WorldFile>()
  readonly drives = new Map<string, string>()
  /** Each file once, in the order of its last change. */
  readonly changes = new Map<string, { seq: number; isRemoved: boolean }>()
  /** The clock of Google; tests may put it forward. */
  aheadMs = 0
  #children = new Map<string, Set<string>>()
  #seq = 0

  constructor() {
    this.#put({ id: this.rootId, name: 'My Drive', mimeType: folderType, parents: [] })
  }

  get nextSeq(): number {
    return this.#seq + 1
  }

  get(id: string): WorldFile {
    const file = this.files.get(id)
    if (!file) throw new Error(`There is no file ${id}.`)
    return file
  }

  childrenOf(id: string): WorldFile[] {
    return [...(this.#children.get(id) ?? [])].map(child => this.get(child))
  }

  addFile(name: string, bytes: Uint8Array, parentId = this.rootId, more: NewFile = {}): string {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)
    return this.#put({ name, bytes: buffer, parents: [parentId], mimeType: typeOf(name), ...more })
  }

  addFolder(name: string, parentId = this.rootId, more: NewFile = {}): string {
    return this.#put({ name, parents: [parentId], mimeType: folderType, ...more })
  }

  addDocument(name: string, parentId = this.rootId): string {
    return this.#put({ name, parents: [parentId], mimeType: documentType })
  }

  addShortcut(name: string, targetId: string, parentId = this.rootId): string {
    const targetMimeType = this.files.get(targetId)?.mimeType ?? folderType
    return this.#put({ name, parents: [parentId], mimeType: shortcutType, targetId, targetMimeType })
  }

  /** @returns its id, which is the id of its topmost folder too. */
  addSharedDrive(name: string): string {
    const id = newId()
    this.drives.set(id, name)
    return this.#put({ id, name: 'Drive', parents: [], mimeType: folderType, driveId: id })
  }

  write(id: string, bytes: Uint8Array): void {
    const file = this.#changed(id)
    file.bytes = Buffer.from(bytes)
    file.revision++
    file.modifiedMs = this.nowMs()
  }

  rename(id: string, name: string): void {
    this.#changed(id).name = name
  }

  move(id: string, parentId: string): void {
    const file = this.#changed(id)
    for (const parent of file.parents) this.#children.get(parent)?.delete(id)
    file.parents = [parentId]
    this.#childrenSet(parentId).add(id)
  }

  trash(id: string, isTrashed = true): void {
    this.#changed(id).isTrashed = isTrashed
  }

  /** For good, with everything in it; like Drive, it tells of the topmost alone. */
  remove(id: string): void {
    this.#note(id, true)
    this.#drop(id)
  }

  /** Also by a folder above it. */
  isTrashed(file: WorldFile): boolean {
    return file.isTrashed || file.parents.some(id => this.files.has(id) && this.isTrashed(this.get(id)))
  }

  nowMs(): number {
    return Date.now() + this.aheadMs
  }

  #drop(id: string): void {
    for (const child of this.childrenOf(id)) this.#drop(child.id)
    for (const parent of this.files.get(id)?.parents ?? []) this.#children.get(parent)?.delete(id)
    this.files.delete(id)
    this.#children.delete(id)
  }

  #put(file: NewFile): string {
    const nowMs = this.nowMs()
    const id = file.id ?? newId()
    const parent = this.files.get(file.parents?.[0] ?? '')
    const inherited = parent?.driveId === undefined ? {} : { driveId: parent.driveId }
    const whole = {
      name: '',
      mimeType: '',
      parents: [],
      isTrashed: false,
      createdMs: nowMs,
      modifiedMs: nowMs,
      revision: 1,
    }
    const made: WorldFile = { ...whole, ...inherited, ...file, id }
    this.files.set(id, made)
    for (const parentId of made.parents) this.#childrenSet(parentId).add(id)
    this.#note(id, false)
    return id
  }

  #childrenSet(id: string): Set<string> {
    const children = this.#children.get(id) ?? new Set()
    this.#children.set(id, children)
    return children
  }

  #changed(id: string): WorldFile {
    const file = this.get(id)
    this.#note(id, false)
    return file
  }

  #note(id: string, isRemoved: boolean): void {
    this.changes.delete(id)
    this.changes.set(id, { seq: ++this.#seq, isRemoved })
  }
}

export function md5Of(bytes: Buffer): string {
  const known = md5s.get(bytes) ?? createHash('md5').update(bytes).digest('hex')
  md5s.set(bytes, known)
  return known
}

/** Looks like Drive's. */
function newId(): string {
  return `1${randomBytes(24).toString('base64url')}`
}

const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', txt: 'text/plain', mp4: 'video/mp4' }

function typeOf(name: string): string {
  return types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
}
