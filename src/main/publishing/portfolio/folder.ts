import { createHash } from 'node:crypto'
import { appendFile, lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ExportFailed, errorCode, explained } from '../failures.ts'
import {
  journalFile,
  journalLine,
  type Manifest,
  manifestFile,
  manifestText,
  readJournal,
  readManifest,
} from './manifest.ts'

const folders = ['works', 'series', 'pictures']
const temporaryFile = '.portfolio.part'
/** What systems put into folders by themselves. */
const bySystems = new Set(['thumbs.db', 'desktop.ini'])

export type Put = 'written' | 'unchanged' | 'foreign'
export type PortfolioFolder = Awaited<ReturnType<typeof openPortfolioFolder>>

const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/**
 * A folder in which only those files are replaced or removed that are still as we wrote them. Each is written under another
 * name and renamed, after a line of the journal has said that it will be ours: killed at any moment, the next export knows
 * what it may replace.
 * @throws {ExportFailed} where the folder is another's.
 */
export async function openPortfolioFolder(folder: string) {
  const before = await manifestOf(folder)
  const journal = readJournal((await textOf(join(folder, journalFile))) ?? '')
  const known = new Map([...before].map(([path, sha256]) => [path, new Set([sha256])]))
  for (const [path, sha256] of journal) known.set(path, (known.get(path) ?? new Set()).add(sha256))
  const now: Manifest = new Map()
  const foreign = new Set<string>()

  /** The hash of what is there; null: nothing is. */
  async function hashOf(path: string): Promise<string | null> {
    try {
      return sha256Of(await readFile(join(folder, path)))
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT') return null
      // A folder of that name, say, is no file of ours.
      if (errorCode(cause) === 'EISDIR') return ''
      throw cause
    }
  }

  async function replace(path: string, bytes: Uint8Array | string): Promise<void> {
    const temporary = join(folder, temporaryFile)
    await writeFile(temporary, bytes, { flush: true })
    await rename(temporary, join(folder, path))
  }

  async function put(path: string, bytes: Uint8Array | string): Promise<Put> {
    const sha256 = sha256Of(bytes)
    const there = await hashOf(path)
    if (there !== null && there !== sha256 && !known.get(path)?.has(there)) {
      foreign.add(path)
      return 'foreign'
    }
    now.set(path, sha256)
    if (there === sha256) return 'unchanged'
    await appendFile(join(folder, journalFile), journalLine(path, sha256))
    await mkdir(join(folder, dirname(path)), { recursive: true })
    await replace(path, bytes)
    return 'written'
  }

  return {
    /** Files that may be there from earlier. */
    known: (): Iterable<string> => known.keys(),
    /** As it was written, so that it need not be made again. */
    async keep(path: string): Promise<boolean> {
      const there = await hashOf(path).catch(rethrow(folder))
      if (there === null || !known.get(path)?.has(there)) return false
      now.set(path, there)
      return true
    },

    put: (path: string, bytes: Uint8Array | string): Promise<Put> => put(path, bytes).catch(rethrow(folder)),

    /** Takes away what is not part of it any more; what was changed since stays. */
    async *finish(): AsyncGenerator<{ file: string; end: 'removed' | 'foreign' }> {
      for (const [path, hashes] of known) {
        if (now.has(path) || foreign.has(path)) continue
        const there = await hashOf(path).catch(rethrow(folder))
        if (there === null) continue
        if (!hashes.has(there)) yield { file: path, end: 'foreign' }
        else {
          await rm(join(folder, path)).catch(rethrow(folder))
          yield { file: path, end: 'removed' }
        }
      }
      // One that holds something else stays.
      for (const name of folders) await rmdir(join(folder, name)).catch(() => {})
      const text = manifestText(now)
      if ((await textOf(join(folder, manifestFile))) !== text) await replace(manifestFile, text).catch(rethrow(folder))
      await rm(join(folder, journalFile), { force: true }).catch(rethrow(folder))
    },

    /** Whatever happened: nothing half is left. */
    close: (): Promise<void> => rm(join(folder, temporaryFile), { force: true }).catch(() => {}),
  }
}

const rethrow = (folder: string) => (cause: unknown) => {
  throw explained(cause, folder)
}

async function manifestOf(folder: string): Promise<Manifest> {
  const names = await readdir(folder).catch(rethrow(folder))
  for (const name of folders) {
    const found = await lstat(join(folder, name)).catch(() => null)
    if (found && !found.isDirectory()) {
      throw new ExportFailed(`${name} in ${folder} is no folder of its own. Remove it, or choose another folder.`)
    }
  }
  const text = await textOf(join(folder, manifestFile))
  if (text !== null) {
    const manifest = readManifest(text)
    if (manifest) return manifest
    throw new ExportFailed(
      `The ${manifestFile} in ${folder} is not one that this version of Burg Ink has written. Choose another folder, or remove what is in it.`,
    )
  }
  const isBegun = names.includes(journalFile)
  const isOthers = names.some(name => !name.startsWith('.') && !bySystems.has(name.toLowerCase()))
  if (isOthers && !isBegun) {
    throw new ExportFailed(
      `There is something else in ${basename(folder)} already. Choose an empty folder, or one that a portfolio was exported into.`,
    )
  }
  return new Map()
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return null
    throw explained(cause, path)
  }
}
