import { StoreFailed } from '../port.ts'

const codes: Record<string, keyof typeof sentences> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
}

const sentences = {
  full: 'The disk of the library is full.',
  'read-only': 'The disk of the library is read-only.',
  denied: 'The library may not be written or read: its permissions forbid it.',
}

/** What a failed call of the file system means for a store; a `StoreFailed` stays what it is. */
export function storeFailure(cause: unknown): StoreFailed {
  if (cause instanceof StoreFailed) return cause
  const errno = errorCode(cause) ?? 'unknown error'
  const code = codes[errno]
  if (code) return new StoreFailed(code, sentences[code], { cause })
  return new StoreFailed('other', `The library could not be written or read (${errno}).`, { cause })
}

export function errorCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

export function rethrow(cause: unknown): never {
  throw storeFailure(cause)
}
