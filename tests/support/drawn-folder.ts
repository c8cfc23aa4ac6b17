import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { plain, type Rgb } from './pictures.ts'

/** A fresh folder; `remove` it when done. */
export async function makeTemporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'burg-ink-'))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

export async function writeFiles(folder: string, files: Record<string, Buffer | string>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
}

/** A small picture that no other number gives. */
export function smallPicture(number: number, format: 'jpeg' | 'png' | 'webp' = 'jpeg', side = 96): Promise<Buffer> {
  const colour: Rgb = [(number * 37) % 256, (number * 91) % 256, (number * 153) % 256]
  const mark = { left: number % 64, top: (number * 7) % 64 }
  // Colours and place come round after 256 numbers; then the mark is another size.
  const size = 20 + Math.floor(number / 256)
  const background = { r: 255, g: 240, b: number % 256 }
  const input = { create: { width: size, height: size, channels: 3 as const, background } }
  return plain(side, side, colour)
    .composite([{ input, ...mark }])
    .toFormat(format)
    .toBuffer()
}

/** A PNG of a few hundred bytes that says it is 60,000 pixels wide and high. */
async function hugeDimensions(): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const header = Buffer.from(png.subarray(12, 29))
  header.writeUInt32BE(60_000, 4)
  header.writeUInt32BE(60_000, 8)
  const claimed = Buffer.from(png)
  header.copy(claimed, 12)
  claimed.writeUInt32BE(crc32(header), 29)
  return claimed
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** What cannot be imported, one of each kind, and why: the code each has to end with. */
export async function badFiles(): Promise<Record<string, { bytes: Buffer; code: string }>> {
  const picture = await smallPicture(9001, 'jpeg', 320)
  return {
    'bad/empty.jpg': { bytes: Buffer.alloc(0), code: 'empty' },
    'bad/noise.png': { bytes: Buffer.from('no picture at all, only words'.repeat(20)), code: 'unsupported-format' },
    'bad/cut short.jpg': { bytes: picture.subarray(0, picture.length / 2), code: 'corrupt' },
    'bad/damaged.png': { bytes: damaged(await smallPicture(9002, 'png', 320)), code: 'corrupt' },
    'bad/huge.png': { bytes: await hugeDimensions(), code: 'too-many-pixels' },
  }
}

function damaged(png: Buffer): Buffer {
  const copy = Buffer.from(png)
  copy.fill(0x55, copy.length / 2, copy.length - 16)
  return copy
}
