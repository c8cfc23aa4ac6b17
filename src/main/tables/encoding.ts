import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { TableEncoding } from '../../shared/tables.ts'

export interface FoundEncoding {
  encoding: TableEncoding
  /** Nothing in the file says so. */
  isGuessed: boolean
}

/** So much tells one old alphabet from another. */
const lookedAtBytes = 1_000_000

/**
 * By its byte order mark; else UTF-8 where all of the file is that; else the one of the old alphabets of Windows and the Mac
 * by which its letters are among letters.
 */
export async function findEncoding(path: string): Promise<FoundEncoding> {
  const start = await firstBytes(path, lookedAtBytes)
  const marked = byMark(start) ?? byZeros(start)
  if (marked) return { encoding: marked, isGuessed: false }
  if (await isUtf8(path)) return { encoding: 'utf-8', isGuessed: false }
  // Excel on a Mac writes its own alphabet as "CSV", everything else that of Windows.
  const encoding = oddness(start, 'macintosh') < oddness(start, 'windows-1252') ? 'macintosh' : 'windows-1252'
  return { encoding, isGuessed: true }
}

export async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function byMark(bytes: Buffer): TableEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null
}

/** UTF-16 without a mark: every other byte of what is mostly Latin is 0. */
function byZeros(bytes: Buffer): TableEncoding | null {
  const zeros = [0, 0]
  const looked = Math.min(bytes.length, 2000)
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > looked / 4 && even === 0) return 'utf-16le'
  return even > looked / 4 && odd === 0 ? 'utf-16be' : null
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of createReadStream(path)) decoder.decode(bytes, { stream: true })
    decoder.decode()
    return true
  } catch (cause) {
    if (cause instanceof TypeError) return false
    throw cause
  }
}

const western = /[äöüßàâçéèêëîïôùûœæñáíóúåøìòãõ¿¡]/i
const usualSign = /[€£«»„“”‘’–—×½¼¾§°©®·•…´ªº¹²³]/

/** How much of what is no ASCII looks out of place when it is read so. */
function oddness(bytes: Buffer, encoding: TableEncoding): number {
  const text = new TextDecoder(encoding).decode(bytes)
  let odd = 0
  for (const { 0: found, index } of text.matchAll(/[^\0-\x7f]/g)) {
    const isWithin = /\p{L}/u.test(text[index - 1] ?? '') && /\p{L}/u.test(text[index + 1] ?? '')
    if (western.test(found)) odd += isUpperWithin(text, index) ? 1 : 0
    else if (usualSign.test(found)) odd += isWithin && !/[’‘·–—´]/.test(found) ? 2 : 0.25
    else odd += 2
  }
  return odd
}

/** "MˆDCHEN": a capital behind a small letter is no word. */
function isUpperWithin(text: string, index: number): boolean {
  return /\p{Lu}/u.test(text[index] ?? '') && /\p{Ll}/u.test(text[index - 1] ?? '')
}
