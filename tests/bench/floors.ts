/**
 * What an import is measured against: the least that has to be done for the same previews, by the same libraries and on
 * the same cores, without an application around it.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { webp } from '../../src/main/imaging/encode.ts'
import { previewSide, thumbnailSide } from '../../src/main/imaging/limits.ts'

const run = promisify(execFile)

export interface FloorResult {
  elapsedMs: number
  /** Files it could not read. */
  failed: number
  /** Resident memory of this process when it ended. */
  rssBytes: number
}

/** Two at a time, however many cores there are. */
const lanes = 2

/**
 * A bare loop of sharp: SHA-256 of the file, one decode to raw pixels, and the two WebP files of it, two pictures in
 * flight with one thread each. It encodes both files always, also where they come out the same.
 */
export async function runBareLoop(files: string[], outDir: string): Promise<FloorResult> {
  await mkdir(outDir, { recursive: true })
  const threads = sharp.concurrency()
  sharp.concurrency(1)
  sharp.cache(false)
  try {
    return await inLanes(files, async (file, index) => {
      await pipeline(createReadStream(file), createHash('sha256'))
      const box = {
        width: previewSide,
        height: previewSide,
        fit: 'inside',
        withoutEnlargement: !file.endsWith('.svg'),
      } as const
      const { data, info } = await sharp(file, { limitInputPixels: false, autoOrient: true })
        .resize(box)
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true })
      const raw = { width: info.width, height: info.height, channels: info.channels }
      await sharp(data, { raw })
        .webp(webp)
        .toFile(join(outDir, `${index}-preview.webp`))
      await sharp(data, { raw })
        .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
        .webp(webp)
        .toFile(join(outDir, `${index}-thumbnail.webp`))
    })
  } finally {
    sharp.concurrency(threads)
  }
}

/**
 * `vipsthumbnail` in two passes, since it makes one size at a time, and `sha256sum`, as a shell script would call them
 * for each file; the same encoder settings, two files at a time with one thread each.
 */
export async function runVipsThumbnailFloor(files: string[], outDir: string): Promise<FloorResult> {
  await mkdir(outDir, { recursive: true })
  const options = { env: { ...process.env, VIPS_CONCURRENCY: '1' } }
  const encoder = `[Q=${webp.quality},effort=${webp.effort}]`
  return inLanes(files, async (file, index) => {
    const shrink = (side: number, name: string) =>
      run(
        'vipsthumbnail',
        ['--size', `${side}x${side}>`, '-o', join(outDir, `${index}-${name}.webp${encoder}`), file],
        options,
      )
    await run('sha256sum', ['--', file])
    await shrink(thumbnailSide, 'thumbnail')
    await shrink(previewSide, 'preview')
  })
}

async function inLanes<T>(items: T[], work: (item: T, index: number) => Promise<void>): Promise<FloorResult> {
  const startedAt = performance.now()
  let next = 0
  let failed = 0
  const lane = async () => {
    for (;;) {
      const index = next++
      if (index >= items.length) return
      await work(items[index] as T, index).catch(() => {
        failed += 1
      })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { elapsedMs: performance.now() - startedAt, failed, rssBytes: process.memoryUsage.rss() }
}
