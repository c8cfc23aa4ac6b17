import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The entry of a thread: beside this file as a source, beside the importing chunk in the build. */
export function threadEntry(name: 'asking' | 'check'): string {
  const here = fileURLToPath(import.meta.url)
  return join(dirname(here), here.endsWith('.ts') ? `${name}-thread.ts` : `library-${name}.js`)
}
