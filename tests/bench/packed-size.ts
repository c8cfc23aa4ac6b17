import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'

const modules = join(import.meta.dirname, '../../node_modules')
const level = { params: { [constants.ZSTD_c_compressionLevel]: 12 } }

/** Bytes of these files and folders of node_modules, as they lie there and compressed. */
export function sizeOf(names: string[]): { bytes: number; packedBytes: number } {
  const contents = names.flatMap(name => filesOf(join(modules, name))).map(path => readFileSync(path))
  const total = (buffers: Buffer[]) => buffers.reduce((sum, { length }) => sum + length, 0)
  return { bytes: total(contents), packedBytes: total(contents.map(content => zstdCompressSync(content, level))) }
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.flatMap(entry => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []))
}
