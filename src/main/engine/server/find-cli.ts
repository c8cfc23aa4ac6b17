import { access, constants, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'

const isWindows = process.platform === 'win32'
const names = isWindows ? ['inngest.exe'] : ['inngest', 'inngest-cli']
/** The package brings a script of a few lines in place of the program, until that has been downloaded. */
const leastBytes = 1_000_000

/**
 * Where Inngest's own server is on this machine: at `INNGEST_CLI`, in the package `inngest-cli`, or on the PATH.
 * @returns its path; null where there is none.
 * @throws {Error} when `INNGEST_CLI` names no program.
 */
export async function findInngestCli(environment: Record<string, string | undefined>): Promise<string | null> {
  const named = environment.INNGEST_CLI
  if (named) {
    if (await isProgram(named)) return named
    throw new Error(`INNGEST_CLI names ${named}, which is no program. Give it the path of Inngest's program, or none.`)
  }
  const inPackage = packagedCli()
  if (inPackage && (await isProgram(inPackage)) && (await stat(inPackage)).size > leastBytes) return inPackage
  for (const folder of (environment.PATH ?? '').split(delimiter).filter(Boolean)) {
    // What npm links there may be the script of a package whose program is missing.
    if (folder.includes('node_modules')) continue
    for (const name of names) if (await isProgram(join(folder, name))) return join(folder, name)
  }
  return null
}

function packagedCli(): string | null {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('inngest-cli/package.json'))
    return join(folder, 'bin', isWindows ? 'inngest.exe' : 'inngest')
  } catch {
    return null
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
