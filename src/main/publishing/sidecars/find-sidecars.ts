import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { SidecarWords } from '../../../shared/sidecars.ts'
import { errorCode } from '../failures.ts'
import { isOwnSidecar } from './document.ts'
import { endingOf, sidecarName } from './names.ts'
import { readSidecarDocument } from './read-document.ts'
import { SidecarUnreadable } from './xmp-properties.ts'

/** With a long history of edits a sidecar has some hundred kilobytes. */
const bytesMax = 4 * 2 ** 20
/** No link is followed, where the system can promise that, and a pipe does not block. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** A picture whose sidecars are looked for. */
export interface PictureOnDisk {
  /** Absolute. */
  folder: string
  filename: string
  /** Another picture beside it differs in its ending alone. */
  hasNamesake: boolean
}

export type FoundSidecar =
  | { words: SidecarWords /** Burg Ink wrote all of it. */; isOwn: boolean }
  | { file: string; reason: string }

interface SidecarFile {
  name: string
  bytes: Buffer
  modifiedMs: number
}

/**
 * What the sidecars beside a picture say: `barn.xmp` and `barn.jpg.xmp`. Where there are both, what was written last goes
 * first, and tags are those of both. @returns null where there is none.
 */
export async function readSidecarsBeside(picture: PictureOnDisk): Promise<FoundSidecar | null> {
  const { filename } = picture
  const names = new Set([sidecarName(filename, 'long', false), sidecarName(filename, 'short', false)])
  const read: { words: SidecarWords; isOwn: boolean; modifiedMs: number }[] = []
  let refused: { file: string; reason: string } | null = null
  for (const name of names) {
    try {
      const file = await fileNamed(picture.folder, name)
      if (!file) continue
      const found = readOne(file, picture)
      if (found) read.push({ ...found, modifiedMs: file.modifiedMs })
    } catch (cause) {
      const reason = reasonOf(cause)
      if (reason === null) throw cause
      refused ??= { file: name, reason }
    }
  }
  const [first, second] = read.sort((a, b) => b.modifiedMs - a.modifiedMs)
  if (!first) return refused
  if (!second) return { words: first.words, isOwn: first.isOwn }
  return { words: joined(first.words, second.words), isOwn: first.isOwn && second.isOwn }
}

const joined = (first: SidecarWords, second: SidecarWords): SidecarWords => ({
  ...second,
  ...first,
  tags: [...first.tags, ...second.tags],
})

/** The ending may be written in capitals. */
async function fileNamed(folder: string, name: string): Promise<SidecarFile | null> {
  return (await fileAt(folder, name)) ?? (await fileAt(folder, name.replace(/\.xmp$/, '.XMP')))
}

async function fileAt(folder: string, name: string): Promise<SidecarFile | null> {
  const handle = await open(join(folder, name), openFlags).catch(cause => {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errorCode(cause))) return null
    throw cause
  })
  if (!handle) return null
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw new SidecarUnreadable(reasons.notFile)
    if (found.size > bytesMax) throw new SidecarUnreadable('It is larger than 4 MB, which no sidecar needs to be.')
    return { name, bytes: await handle.readFile(), modifiedMs: found.mtimeMs }
  } finally {
    await handle.close()
  }
}

/** @returns null where it is of another picture that differs in its ending alone. */
function readOne({ name, bytes }: SidecarFile, picture: PictureOnDisk): { words: SidecarWords; isOwn: boolean } | null {
  const { filename, hasNamesake } = picture
  const text = decoded(bytes)
  const { words, forExtension } = readSidecarDocument(text)
  if (!name.startsWith(`${filename}.`)) {
    if (forExtension !== null && forExtension.toLowerCase() !== endingOf(filename).toLowerCase()) return null
    if (forExtension === null && hasNamesake) throw new SidecarUnreadable(reasons.ambiguous(filename))
  }
  return { words, isOwn: isOwnSidecar(text) }
}

/** UTF-8 or UTF-16, with a byte order mark or without. @throws {SidecarUnreadable} */
function decoded(bytes: Buffer): string {
  const isUtf16 = (first: number, second: number) =>
    (bytes[0] === first && bytes[1] === second) || (bytes[first === 0xff ? 1 : 0] === 0 && bytes.length > 1)
  const encoding = isUtf16(0xff, 0xfe) ? 'utf-16le' : isUtf16(0xfe, 0xff) ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new SidecarUnreadable(reasons.letters, { cause })
  }
}

const reasons = {
  ambiguous: (filename: string) =>
    `It does not say which of the pictures of this name it is of. Rename it to ${filename}.xmp, if it is of this one.`,
  letters: 'It is damaged: its letters are neither UTF-8 nor UTF-16. Write it anew with the program it is of.',
  link: 'It is a link to another file. Put the file itself in its place.',
  refused: 'It cannot be read. Check its permissions.',
  notFile: 'It is no file.',
  other: (code: string) => `It cannot be read (${code}). Check its disk, then read sidecars again.`,
  disk: 'Its disk does not answer. Check that it is connected, then read sidecars again.',
}

/** Null where it is no fault of the file or its disk. */
function reasonOf(cause: unknown): string | null {
  if (cause instanceof SidecarUnreadable) return cause.message
  const byCode: Record<string, string> = {
    ELOOP: reasons.link,
    EACCES: reasons.refused,
    EPERM: reasons.refused,
    ENXIO: reasons.notFile,
    EISDIR: reasons.notFile,
    EIO: reasons.disk,
    ENODEV: reasons.disk,
  }
  const code = errorCode(cause)
  return code === '' ? null : (byCode[code] ?? reasons.other(code))
}
