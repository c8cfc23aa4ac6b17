import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** The first bytes of a file, at most `most`, and the size of all of it. */
export function readStart(path: string, most: number): { start: Buffer; sizeBytes: number } {
  const file = openSync(path, 'r')
  try {
    const { size: sizeBytes } = fstatSync(file)
    const buffer = Buffer.allocUnsafe(Math.min(most, sizeBytes))
    return { start: buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0)), sizeBytes }
  } finally {
    closeSync(file)
  }
}
