import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createFolderSource } from '../../src/main/sources/index.ts'
import { describeMediaSourceContract } from './media-source.contract.ts'

describeMediaSourceContract('A folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-source-'))
  const root = join(folder, 'Pictures')
  await mkdir(root)
  const at = async (path: string) => {
    const absolute = join(root, path)
    await mkdir(dirname(absolute), { recursive: true })
    return absolute
  }
  return {
    source: createFolderSource(),
    root,
    absentRoot: join(folder, 'absent'),
    reopen: () => createFolderSource(),
    addFile: async (path, bytes) => writeFile(await at(path), bytes),
    removeFile: path => rm(join(root, path)),
    rename: async (from, to) => rename(join(root, from), await at(to)),
    takeAway: () => rename(root, join(folder, 'elsewhere')),
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  }
})
