import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode } from '../failures.ts'
import { isOwnSidecar, sourceLines } from './document.ts'

/** Larger ones hold what we never write. */
const ownBytesMax = 2 * 2 ** 20

export type SidecarEnd = 'written' | 'unchanged' | { reason: string }

const reasons = {
  foreign: 'There is a sidecar that Burg Ink has not written, or that was changed since. It was left as it is.',
  another: 'Another picture of this name has its sidecar there already.',
}

/** Replaces what Burg Ink wrote and nobody has changed, and nothing else. @throws errors of the file system. */
export async function writeSidecar(target: string, document: string, hasUniqueName: boolean): Promise<SidecarEnd> {
  const before = await textAt(target)
  if (before === document) return 'unchanged'
  if (before !== null) {
    if (!isOwnSidecar(before)) return { reason: reasons.foreign }
    if (!hasUniqueName && sourceLines(before) !== sourceLines(document)) return { reason: reasons.another }
  }
  await mkdir(dirname(target), { recursive: true })
  const temporary = join(dirname(target), '.burg-ink-sidecar.part')
  try {
    await writeFile(temporary, document)
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    throw cause
  }
  return 'written'
}

/** Null where there is nothing; what is too large for ours is the text of nobody. */
async function textAt(path: string): Promise<string | null> {
  try {
    const found = await stat(path)
    return found.isFile() && found.size <= ownBytesMax ? await readFile(path, 'utf8') : ''
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return null
    throw cause
  }
}
