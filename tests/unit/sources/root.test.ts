import { statSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, parse, relative } from 'node:path'
import { expect, test } from 'vitest'
import { browseFolder, createFolderSource, SourceUnavailable } from '../../../src/main/sources/index.ts'
import { addFile, makeFolder } from './folders.ts'

const { resolveRoot } = createFolderSource()

test('gives a root its real path and the name of its last folder', async () => {
  const folder = await makeFolder('Pictures 2023/a.png')
  const root = join(folder, 'Pictures 2023')
  await symlink(root, join(folder, 'link'))
  for (const way of [
    root,
    `${root}/`,
    join(folder, 'link'),
    `${folder}/./link/../Pictures 2023`,
    relative(process.cwd(), root),
  ]) {
    expect(await resolveRoot(way), way).toEqual({ root, name: 'Pictures 2023', identity: String(statSync(root).ino) })
  }
})

test('has a name for the root of a disk', async () => {
  const { root } = parse(process.cwd())
  expect(await resolveRoot(root)).toMatchObject({ root, name: root })
})

test('says what is wrong with a root, and what to do', async () => {
  const folder = await makeFolder('a.png')
  await symlink('nowhere', join(folder, 'broken'))
  await expect(resolveRoot(join(folder, 'absent'))).rejects.toThrow(/There is no folder at .*connect the disk/)
  await expect(resolveRoot(join(folder, 'broken'))).rejects.toThrow(/There is no folder/)
  await expect(resolveRoot(join(folder, 'a.png'))).rejects.toThrow(/is a file, not a folder/)
  await expect(resolveRoot(join(folder, 'a.png/b'))).rejects.toBeInstanceOf(SourceUnavailable)
  await expect(resolveRoot('')).rejects.toThrow('No folder was named.')
  await expect(resolveRoot('a\0b')).rejects.toBeInstanceOf(SourceUnavailable)
})

test('expands nothing in a path', async () => {
  await expect(resolveRoot('~')).rejects.toThrow(join(process.cwd(), '~'))
})

test('shows the folders of a folder as a person sorts them, and counts its pictures', async () => {
  const folder = await makeFolder(
    'b 10/x.png',
    'b 9/x.png',
    'A/x.png',
    '.hidden/x.png',
    '$RECYCLE.BIN/x.png',
    '1.png',
    '2.JPG',
    '3.txt',
    '.4.png',
  )
  await mkdir(join(folder, 'ä'))
  await symlink('A', join(folder, 'link'))
  await symlink('1.png', join(folder, 'link.png'))
  await symlink('nowhere', join(folder, 'broken'))
  expect(await browseFolder(folder)).toEqual({
    path: folder,
    parent: dirname(folder),
    folders: ['A', 'ä', 'b 9', 'b 10', 'link'].map(name => ({ name, path: join(folder, name) })),
    pictureCount: 2,
  })
})

test('begins at home, and ends at the root of the disk', async () => {
  expect(basename((await browseFolder()).path)).toBe(basename(homedir()))
  expect((await browseFolder(parse(process.cwd()).root)).parent).toBeNull()
})

test('does not browse what is not a folder', async () => {
  const folder = await makeFolder()
  await addFile(folder, 'a.png')
  await expect(browseFolder(join(folder, 'a.png'))).rejects.toThrow(/is a file/)
})
