import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How built code names a file beside it: `from "./x.js"`, `import "./x.js"`, `import("./x.js")`. */
const named = /(?:from|import)\s*\(?\s*["']\.\/([^"'/]+)["']/g

/**
 * The names of these files of a folder, and of all that they import there, at whatever time. What merely looks like an import,
 * in the words of a message, names no file.
 */
export function chunksOf(folder: string, entries: readonly string[]): string[] {
  const found = new Set(entries)
  for (const name of found) {
    const imported = readFileSync(join(folder, name), 'utf8').matchAll(named)
    for (const [, other = ''] of imported) if (existsSync(join(folder, other))) found.add(other)
  }
  return [...found].sort()
}
