import { reasons } from '../../shared/outcomes.ts'
import { PictureRefused, type RefusalCode } from './port.ts'

/** A refusal whose message is the artist's sentence, with the particulars of this file where there are any. */
export function refuse(code: RefusalCode, particulars?: string, cause?: unknown): PictureRefused {
  return new PictureRefused(code, particulars ?? reasons[code], cause === undefined ? undefined : { cause })
}

export function megapixels(pixels: number): string {
  return Math.round(pixels / 1_000_000).toLocaleString('en')
}

/** Opening or reading the original failed: the code says which of the two reasons it is, or it is not the file's fault. */
export function refuseUnreadable(cause: unknown): unknown {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return refuse('vanished', undefined, cause)
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
    case 'EIO':
      return refuse('unreadable', undefined, cause)
    default:
      return cause
  }
}

/** What libvips says when a decoder gave up, as a refusal. Its text stays as the cause. */
export function refuseDecoding(cause: unknown, limitMs: number): PictureRefused {
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/timeout/i.test(text)) return refuseSlow(limitMs, cause)
  if (/file is missing/i.test(text)) return refuse('vanished', undefined, cause)
  if (/pixel limit/i.test(text)) return refuse('too-many-pixels', undefined, cause)
  if (/out of memory|cannot allocate|memory limit/i.test(text)) return refuse('too-much-memory', undefined, cause)
  if (/premature|truncated|unexpected end|eof|end of (file|stream|image)/i.test(text)) {
    return refuse('corrupt', 'The picture breaks off before its end. Restore it from a backup, then retry.', cause)
  }
  return refuse('corrupt', undefined, cause)
}

export function refuseSlow(limitMs: number, cause?: unknown): PictureRefused {
  return refuse('too-slow', `Decoding took more than ${Math.round(limitMs / 1000)} seconds and was stopped.`, cause)
}
