/** Imaging against a bare loop of sharp on the same pictures: `node tests/bench/imaging.bench.ts [count of clip art]`. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createImaging } from '../../src/main/imaging/index.ts'
import { runBareLoop, runVipsThumbnailFloor } from './floors.ts'
import { listBenchPictures } from './pictures.ts'

export interface ImagingBench {
  pictures: number
  failed: number
  imagingMs: number
  bareLoopMs: number
  vipsThumbnailMs?: number
}

export async function benchImaging({ count = 400, vipsThumbnail = false } = {}): Promise<ImagingBench> {
  const files = await listBenchPictures(count)
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-bench-'))
  try {
    const bareLoop = await runBareLoop(files, join(folder, 'bare'))
    const imaging = await runImaging(files, join(folder, 'imaging'))
    const vips = vipsThumbnail ? await runVipsThumbnailFloor(files, join(folder, 'vips')) : undefined
    return {
      pictures: files.length,
      failed: imaging.failed,
      imagingMs: imaging.elapsedMs,
      bareLoopMs: bareLoop.elapsedMs,
      ...(vips && { vipsThumbnailMs: vips.elapsedMs }),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runImaging(files: string[], outDir: string): Promise<{ elapsedMs: number; failed: number }> {
  await mkdir(outDir)
  const imaging = createImaging()
  const startedAt = performance.now()
  try {
    const results = await Promise.allSettled(
      files.map((file, index) =>
        imaging.derive(file, {
          preview: join(outDir, `${index}-preview.webp`),
          thumbnail: join(outDir, `${index}-thumbnail.webp`),
        }),
      ),
    )
    const failed = results.filter(({ status }) => status === 'rejected').length
    return { elapsedMs: performance.now() - startedAt, failed }
  } finally {
    await imaging.close()
  }
}

if (import.meta.main) {
  const count = Number(process.argv[2] ?? 400)
  console.table(await benchImaging({ count, vipsThumbnail: process.argv.includes('--vipsthumbnail') }))
}
