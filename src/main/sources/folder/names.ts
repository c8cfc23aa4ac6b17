import { isUtf8 } from 'node:buffer'
import { sep } from 'node:path'
import { FileRefused } from '../port.ts'

/** A path as the system takes it: bytes only where a name in it is not valid Unicode. */
export type NativePath = string | Buffer

/**
 * Names that are no valid Unicode exist on Linux, and lone surrogates on Windows. In a `sourceId` such a name is this
 * prefix and its bytes, percent-escaped. A valid name that happens to begin with the prefix is written the same way, so
 * that every name has one form and every form one name.
 */
const bytesPrefix = '%bytes:'

export function encodeName(bytes: Buffer): string {
  return isUtf8(bytes) ? encodeValidName(bytes.toString('utf8')) : escapeBytes(bytes)
}

export function encodeValidName(name: string): string {
  return name.startsWith(bytesPrefix) ? escapeBytes(Buffer.from(name)) : name
}

function escapeBytes(bytes: Buffer): string {
  let escaped = bytesPrefix
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte)
    escaped += /[A-Za-z0-9._-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

function decodeName(encoded: string): NativePath {
  if (!encoded.startsWith(bytesPrefix)) return encoded
  const bytes: number[] = []
  const escaped = encoded.slice(bytesPrefix.length)
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] === '%') {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16))
      i += 2
    } else {
      bytes.push(escaped.charCodeAt(i))
    }
  }
  return Buffer.from(bytes)
}

/** One name for people: what is not Unicode shows as U+FFFD. Control characters stay; whoever shows it escapes them. */
export function printableName(encoded: string): string {
  const name = decodeName(encoded)
  return typeof name === 'string' ? name : name.toString('utf8')
}

export function printablePath(sourceId: string): string {
  return sourceId.includes(bytesPrefix) ? sourceId.split('/').map(printableName).join('/') : sourceId
}

export function joinName(folder: NativePath, encoded: string): NativePath {
  const name = decodeName(encoded)
  const endsWithSeparator = folder.at(-1) === sep || folder.at(-1) === sep.charCodeAt(0)
  const separator = endsWithSeparator ? '' : sep
  if (typeof folder === 'string' && typeof name === 'string') return folder + separator + name
  return Buffer.concat([Buffer.from(folder), Buffer.from(separator), Buffer.from(name)])
}

/**
 * Where `sourceId` is. Checks the text alone, before anything touches the disk.
 * @throws {FileRefused} when it is not a path this source could have listed.
 */
export function resolveInside(root: string, sourceId: string, platform: NodeJS.Platform): NativePath {
  const names = sourceId.split('/')
  if (!names.every(name => isOwnName(name, platform))) {
    throw new FileRefused('unreadable', `Not a path inside the folder: ${JSON.stringify(sourceId)}`)
  }
  return names.reduce<NativePath>(joinName, root)
}

function isOwnName(encoded: string, platform: NodeJS.Platform): boolean {
  const bytes = Buffer.from(decodeName(encoded))
  const name = bytes.toString('utf8')
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) return false
  // On Windows `\` is a separator, and `:` names a drive or a second stream of a file.
  if (platform === 'win32' && /[\\:]/.test(name)) return false
  return encodeName(bytes) === encoded
}
