import { mkdir, rename, symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolderSource, SourceUnavailable } from '../../../src/main/sources/index.ts'
import { listAll } from '../../contract/media-source.contract.ts'
import { errno, fileSystemWith, makeFolder } from './folders.ts'

test('looks at single files as a listing of the whole folder does', async () => {
  const root = await makeFolder('a.png', 'sub/b.png', 'sub/notes.txt', 'sub/.hidden.png', 'empty.png', 'c.png')
  await truncate(join(root, 'empty.png'))
  if (process.platform !== 'win32') await symlink(join(root, 'a.png'), join(root, 'link.png'))
  const source = createFolderSource()
  const all = await listAll(source, root)
  const ids = all.map(file => file.sourceId)
  expect(await source.listChosen?.(root, ids)).toEqual(all)
  expect(await source.listChosen?.(root, ['sub/b.png'])).toEqual(all.filter(file => file.sourceId === 'sub/b.png'))
  expect(await source.listChosen?.(root, [])).toEqual([])
})

test('says what is not there, or where no listing comes by', async () => {
  const root = await makeFolder('a.png', '.attic/b.png', 'library/c.png', 'elsewhere/d.png')
  if (process.platform !== 'win32') await symlink(join(root, 'elsewhere'), join(root, 'linked'))
  await mkdir(join(root, 'folder.png'))
  const source = createFolderSource({ skippedFolders: [join(root, 'library')] })
  const ids = ['gone.png', 'a.png/x.png', '.attic/b.png', 'library/c.png', 'linked/d.png', 'no/such/folder.png']
  const listed = (await source.listChosen?.(root, ids)) ?? []
  expect(listed.map(({ sourceId, path, isAbsent, verdict }) => [sourceId, path, isAbsent, verdict?.code])).toEqual(
    ids.map(id => [id, id, true, 'vanished']),
  )
  expect(await source.listChosen?.(root, ['folder.png'])).toMatchObject([{ verdict: { code: 'special-file' } }])
})

test('of a folder that is taken away nothing is said of its files', async () => {
  const root = await makeFolder('a.png')
  await rename(root, `${root}-elsewhere`)
  const source = createFolderSource()
  await expect(source.listChosen?.(root, ['a.png'])).rejects.toBeInstanceOf(SourceUnavailable)
  await rename(`${root}-elsewhere`, root)
  // Taken away while it is looked at.
  const leaving = createFolderSource({
    fileSystem: fileSystemWith({ lstat: path => path.endsWith('a.png') && rename(root, `${root}-elsewhere`) }),
  })
  await expect(leaving.listChosen?.(root, ['a.png'])).rejects.toBeInstanceOf(SourceUnavailable)
  await rename(`${root}-elsewhere`, root)
})

test('a file that may not be looked at fails, and a shortage of this machine is nobody’s fault', async () => {
  const root = await makeFolder('a.png')
  const failing = (code: string) =>
    createFolderSource({
      fileSystem: fileSystemWith({
        lstat(path) {
          if (path.endsWith('a.png')) throw errno(code)
        },
      }),
    })
  expect(await failing('EACCES').listChosen?.(root, ['a.png'])).toMatchObject([{ verdict: { code: 'unreadable' } }])
  await expect(failing('EMFILE').listChosen?.(root, ['a.png'])).rejects.toThrow('EMFILE')
})
