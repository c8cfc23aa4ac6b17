/**
 * Draws the sample pictures of `resources/samples`: `node scripts/make-samples.ts`. Every picture is made here, by rules
 * and seeded chance, and comes out the same each time; what comes out is committed.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { writeOddFiles, writePhotographs, writeSketchbook } from './samples/records.ts'
import { writeDrawings, writePaintings, writePrints } from './samples/works.ts'

const samples = join(import.meta.dirname, '../resources/samples')

let files = 0
let bytesWritten = 0

async function write(path: string, bytes: Buffer | string): Promise<void> {
  const target = join(samples, path)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, bytes)
  files += 1
  bytesWritten += bytes.length
  console.log(`${String(Math.round(bytes.length / 1024)).padStart(5)} KiB  ${path}`)
}

// Encoders that share the work among threads may cut it differently from machine to machine.
sharp.concurrency(1)
await rm(samples, { recursive: true, force: true })
const { poppies, ...works } = await writePaintings(write)
await writeDrawings(write)
await writePrints(write)
await writePhotographs(write, works)
await writeSketchbook(write)
await writeOddFiles(write, poppies)
console.log(`${files} files, ${(bytesWritten / 2 ** 20).toFixed(1)} MiB`)
