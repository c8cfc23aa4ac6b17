import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Seconds from 1904, where QuickTime's clock begins, to 1970. */
const epochSeconds = 2_082_844_800
/** Boxes beside each other that are looked at; a file has about five at each level. */
const boxesMax = 1_000

/**
 * When an MP4 or MOV says it was made, in milliseconds of UTC: `moov/mvhd` of ISO/IEC 14496-12, 8.2.2. Null where it does not say,
 * as programs do that write zero.
 */
export function readCreationMs(path: string): number | null {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const read = (at: number, bytes: number): Buffer => {
      const buffer = Buffer.alloc(bytes)
      return buffer.subarray(0, readSync(file, buffer, 0, bytes, at))
    }
    const moov = findBox(read, 'moov', 0, size)
    const mvhd = moov && findBox(read, 'mvhd', moov.start, moov.end)
    if (!mvhd) return null
    const header = read(mvhd.start, 12)
    if (header.length < 12) return null
    const seconds = header[0] === 1 ? Number(header.readBigUInt64BE(4)) : header.readUInt32BE(4)
    return seconds > epochSeconds ? (seconds - epochSeconds) * 1000 : null
  } finally {
    closeSync(file)
  }
}

type Read = (at: number, bytes: number) => Buffer

function findBox(read: Read, name: string, from: number, to: number): { start: number; end: number } | null {
  let at = from
  for (let count = 0; count < boxesMax && at + 8 <= to; count += 1) {
    const head = read(at, 16)
    if (head.length < 8) return null
    const short = head.readUInt32BE(0)
    const isLong = short === 1 && head.length === 16
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short
    if (size < 8) return null
    if (head.toString('latin1', 4, 8) === name) return { start: at + (isLong ? 16 : 8), end: Math.min(to, at + size) }
    at += size
  }
  return null
}
