import { randomUUID } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Files being written lie here, in the store and so on its disk: only then is moving one into place a single step. No key begins with a dot. */
const folderName = '.partial'
const partialName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.part$/

/** Of this process, so that a second store on the same folder leaves them alone. */
const inUse = new Set<string>()

export function partialFolder(root: string): string {
  return join(root, folderName)
}

/** A fresh path to write to, which `release` gives back. */
export function claimPartial(root: string): { path: string; release(): void } {
  const path = join(partialFolder(root), `${randomUUID()}.part`)
  inUse.add(path)
  return { path, release: () => inUse.delete(path) }
}

/**
 * Removes what a killed process left. Only one process has a library open, so what this one is not writing nobody is; no
 * clock is asked, because it may have been set back since.
 */
export async function sweepPartials(root: string): Promise<void> {
  const folder = partialFolder(root)
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (partialName.test(name) && !inUse.has(path)) await rm(path, { force: true })
  }
}
