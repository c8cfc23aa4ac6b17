import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type FolderFileSystem, nodeFileSystem } from '../../../src/main/sources/folder/file-system.ts'

/** A fresh folder with these files in it, each holding its own path; gone after the test. */
export async function makeFolder(...paths: string[]): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'burg-ink-folder-')))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const path of paths) await addFile(root, path)
  return root
}

export async function addFile(root: string, path: string, bytes: string | Uint8Array = path): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), bytes)
}

/** The real file system, with something done before each call of the kind. */
export function fileSystemWith(
  before: Partial<Record<keyof FolderFileSystem, (path: string) => unknown>>,
): FolderFileSystem {
  return {
    async readFolder(path) {
      await before.readFolder?.(path.toString())
      return nodeFileSystem.readFolder(path)
    },
    async lstat(path) {
      await before.lstat?.(path.toString())
      return nodeFileSystem.lstat(path)
    },
  }
}

export function errno(code: string): Error {
  return Object.assign(new Error(`${code}: made by a test`), { code })
}
