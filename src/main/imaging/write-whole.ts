import { renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes beside the target and renames, so that whoever looks sees a whole file or none. The temporary name is always
 * the same: what a killed process left behind is overwritten by the next attempt.
 *
 * Synchronous, because the decoders run on other threads, and because nothing else can happen in between: a process
 * that ends by itself leaves no temporary file.
 * @throws the error of the file system with its code: ENOSPC, EROFS, EACCES, …
 */
export function writeWhole(target: string, bytes: Uint8Array): void {
  const temporary = `${target}.tmp`
  try {
    writeFileSync(temporary, bytes)
    renameSync(temporary, target)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
}
