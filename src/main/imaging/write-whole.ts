import { rmSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'

const unfinished = new Set<string>()

/**
 * Writes beside the target and renames, so that whoever looks sees a whole file or none. The temporary name is always
 * the same: what a killed process left behind is overwritten by the next attempt.
 * @throws the error of the file system with its code: ENOSPC, EROFS, EACCES, …
 */
export async function writeWhole(target: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${target}.tmp`
  unfinished.add(temporary)
  try {
    await writeFile(temporary, bytes)
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    throw cause
  } finally {
    unfinished.delete(temporary)
  }
}

/** For a process about to end: leaves no temporary file behind. */
export function removeUnfinished(): void {
  for (const temporary of unfinished) rmSync(temporary, { force: true })
}
