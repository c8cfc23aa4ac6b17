import { open } from 'node:fs/promises'

/** The first bytes of a file, at most `most`, and the size of all of it. */
export async function readStart(path: string, most: number): Promise<{ start: Buffer; sizeBytes: number }> {
  const file = await open(path, 'r')
  try {
    const { size: sizeBytes } = await file.stat()
    const buffer = Buffer.allocUnsafe(Math.min(most, sizeBytes))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return { start: buffer.subarray(0, bytesRead), sizeBytes }
  } finally {
    await file.close()
  }
}
