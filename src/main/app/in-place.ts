import { realpathSync } from 'node:fs'

/** False when a link was put in the place of the file, or of a folder on the way to it, since it was imported. */
export function isInPlace(root: string, path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(root) + path.slice(root.length)
  } catch {
    return false
  }
}
