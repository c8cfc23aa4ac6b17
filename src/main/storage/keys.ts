import { StoreFailed } from './port.ts'

/** All originals are below it, and nothing else is. */
export const originalsFolder = 'originals'

/**
 * Where an original lives: `originals/ab/cd/<sha256>.<extension>`. Two levels of 256 folders keep each of them small at a
 * million originals. The extension is for people who look into the folder; the hash alone says which bytes these are.
 */
export function originalKey(sha256: string, extension: string): string {
  assertSha256(sha256)
  const ending = extension.toLowerCase().replace(/^\./, '')
  const suffix = /^[a-z0-9]{1,10}$/.test(ending) ? `.${ending}` : ''
  return `${originalsFolder}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}${suffix}`
}

/** @throws {StoreFailed} `bad-key` */
export function assertSha256(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new StoreFailed('bad-key', 'Not a SHA-256 in lower-case hex.')
}

/** The length limit of S3. */
const keyLengthMax = 1024

/** Lower case, because some disks do not tell cases apart; no dot in front or behind, so no `..` and nothing hidden. */
const segment = /^[a-z0-9]([a-z0-9._-]{0,198}[a-z0-9])?$/

/** @throws {StoreFailed} `bad-key` */
export function assertKey(key: string): void {
  if (key.length > keyLengthMax || !key.split('/').every(part => segment.test(part))) {
    throw new StoreFailed('bad-key', `Not a key of this store: ${JSON.stringify(key.slice(0, 200))}`)
  }
}
