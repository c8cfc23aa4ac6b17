/** Imaging against a bare loop of sharp on the same pictures: `node tests/bench/imaging.bench.ts [count of clip art]`. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createImaging } from '../../src/main/imaging/index.ts'
import { runBareLoop, runVipsThumbnailFloor } from './floors.ts'
import { listBenchPictures } from './pictures.ts'
import type { BenchRow } from './rows.ts'

export async function benchImaging(count = 400): Promise<BenchRow[]> {
  const files = await listBenchPictures(count)
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-bench-'))
  try {
    const bare = await runBareLoop(files, join(folder, 'bare'))
    const elapsedMs = await runImaging(files, join(folder, 'imaging'))
    const vips = await runVipsThumbnailFloor(files, join(folder, 'vips'))
    const [ofBare, ofVips] = [elapsedMs / bare.elapsedMs, elapsedMs / vips.elapsedMs]
    return [
      { name: `${files.length} pictures`, value: elapsedMs / 1000, unit: 's', target: 'see ratios', isMet: true },
      { name: 'bare loop with SHA-256', value: bare.elapsedMs / 1000, unit: 's', target: 'floor', isMet: true },
      { name: 'imaging / bare loop', value: ofBare, unit: '×', target: '≤ 1.1', isMet: ofBare <= 1.1 },
      { name: 'imaging / vipsthumbnail', value: ofVips, unit: '×', target: '≤ 0.5', isMet: ofVips <= 0.5 },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** All at once, as an import asks for them; a picture that fails fails the benchmark. */
async function runImaging(files: string[], outDir: string): Promise<number> {
  await mkdir(outDir)
  const imaging = createImaging()
  const startedAt = performance.now()
  try {
    const targets = (index: number) => ({
      preview: join(outDir, `${index}-preview.webp`),
      thumbnail: join(outDir, `${index}-thumbnail.webp`),
    })
    await Promise.all(files.map((file, index) => imaging.derive(file, targets(index))))
    return performance.now() - startedAt
  } finally {
    await imaging.close()
  }
}

if (import.meta.main) console.table(await benchImaging(Number(process.argv[2] ?? 400)))
