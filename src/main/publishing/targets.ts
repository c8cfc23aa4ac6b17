import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { ExportFailed } from './failures.ts'

/** Where a file goes: a folder, in which it gets a name of its own, or a new file. @throws {ExportFailed} */
export async function fileTarget(
  to: string,
  ending: 'csv' | 'json' | 'pdf',
  libraryFolder: string,
  now: Date,
): Promise<string> {
  assertAbsolute(to)
  if (await isFolder(to)) {
    await assertOutside(to, libraryFolder)
    return freeName(to, ending, now)
  }
  // A folder with a letter amiss is no file to be made.
  if (!to.toLowerCase().endsWith(`.${ending}`)) {
    throw new ExportFailed(`There is no folder ${to}. Choose one that is there, or a new file that ends in .${ending}.`)
  }
  await assertOutside(await existingFolder(dirname(to)), libraryFolder)
  if (await isThere(to)) throw new ExportFailed(`${to} is there already. Choose another name, or remove it first.`)
  return to
}

/** Where sidecars go. @throws {ExportFailed} */
export async function folderTarget(to: string, libraryFolder: string): Promise<string> {
  assertAbsolute(to)
  await assertOutside(await existingFolder(to), libraryFolder)
  return to
}

function assertAbsolute(path: string): void {
  if (!isAbsolute(path)) throw new ExportFailed(`Give the whole path of the folder, not ${path}.`)
}

async function existingFolder(path: string): Promise<string> {
  if (await isFolder(path)) return path
  throw new ExportFailed(`There is no folder ${path}. Choose one that is there.`)
}

/** What is exported would be among the library's own files, and go with them. */
async function assertOutside(folder: string, libraryFolder: string): Promise<void> {
  const path = relative(await realpath(libraryFolder), await realpath(folder))
  if (path.startsWith('..') || isAbsolute(path)) return
  throw new ExportFailed(`${basename(folder)} is in the library's own folder. Choose a folder outside of it.`)
}

/** `Burg Ink 2026-11-27.csv`, and with a number where that is taken. */
async function freeName(folder: string, ending: string, now: Date): Promise<string> {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map(part => String(part).padStart(2, '0'))
    .join('-')
  for (let number = 1; ; number += 1) {
    const path = join(folder, `Burg Ink ${day}${number === 1 ? '' : ` (${number})`}.${ending}`)
    if (!(await isThere(path))) return path
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
const isFolder = (path: string) =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
