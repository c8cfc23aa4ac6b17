import { mkdir } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { type Dropped, groupDropped } from '../../../src/main/sources/folder/drop-groups.ts'
import { fullPath, isReachedFrom, isWithin, namesBelow, upwards } from '../../../src/main/sources/folder/drop-paths.ts'
import { type FolderFileSystem, nodeFileSystem } from '../../../src/main/sources/folder/file-system.ts'
import { sortDropped } from '../../../src/main/sources/index.ts'
import { makeFolder } from './folders.ts'

const file = (folder: string, name: string, root = folder): Dropped => {
  const sourceId = root === folder ? name : `${posix.relative(root, folder)}/${name}`
  return { kind: 'file', path: `${folder}/${name}`, folder, root, sourceId }
}
const folder = (path: string, root = path): Dropped => ({ kind: 'folder', path, root })

test('groups files by the folder they are imported as, and keeps each folder apart', () => {
  const dropped = [file('/a', '1.png'), folder('/c'), file('/b', '2.png'), file('/a', '3.png'), folder('/d')]
  expect(groupDropped(dropped, 'linux')).toEqual({
    folders: [
      { path: '/c', root: '/c' },
      { path: '/d', root: '/d' },
    ],
    files: [
      { root: '/a', sourceIds: ['1.png', '3.png'], paths: ['/a/1.png', '/a/3.png'] },
      { root: '/b', sourceIds: ['2.png'], paths: ['/b/2.png'] },
    ],
    refused: [],
  })
})

test('joins files of several folders that are in one imported folder', () => {
  const { files } = groupDropped([file('/a/x', '1.png', '/a'), file('/a/y', '1.png', '/a')], 'linux')
  expect(files).toMatchObject([{ root: '/a', sourceIds: ['x/1.png', 'y/1.png'] }])
})

test('leaves out what comes with a dropped folder anyway, and nothing that does not', () => {
  const dropped = [
    folder('/a'),
    file('/a', '1.png'),
    file('/a/x/y', '2.png'),
    file('/a/.x', '3.png'),
    file('/ab', '4.png'),
  ]
  expect(groupDropped(dropped, 'linux').files.map(({ root }) => root)).toEqual(['/a/.x', '/ab'])
})

test('takes the same thing by two names once', () => {
  const dropped = [
    folder('/a'),
    folder('/link', '/a'),
    file('/b', '1.png'),
    { ...file('/b', '1.png'), path: '/l/1.png' },
  ]
  const { folders, files } = groupDropped(dropped, 'linux')
  expect(folders).toEqual([{ path: '/a', root: '/a' }])
  expect(files).toEqual([{ root: '/b', sourceIds: ['1.png'], paths: ['/b/1.png', '/l/1.png'] }])
})

test('says what was refused as it was given', () => {
  const dropped: Dropped[] = [{ kind: 'refused', path: 'a\0', reason: 'No.' }]
  expect(groupDropped(dropped, 'linux')).toEqual({ folders: [], files: [], refused: [{ path: 'a\0', reason: 'No.' }] })
})

test.each([
  ['linux', '/a/b.png', '/a/b.png'],
  ['linux', '/a//./x/../b.png/', '/a/b.png'],
  ['linux', '/', '/'],
  ['linux', '/a:b\\c', '/a:b\\c'],
  ['linux', 'a/b.png', null],
  ['linux', './b.png', null],
  ['linux', '~/b.png', null],
  ['linux', 'file:///a/b.png', null],
  ['linux', 'C:\\b.png', null],
  ['linux', '/a\0.png', null],
  ['linux', '', null],
  ['darwin', '/Volumes/Disk/b.png', '/Volumes/Disk/b.png'],
  ['win32', 'C:\\Pictures\\b.png', 'C:\\Pictures\\b.png'],
  ['win32', 'c:/Pictures/./b.png', 'c:\\Pictures\\b.png'],
  ['win32', 'D:\\', 'D:\\'],
  ['win32', '\\\\server\\share\\b.png', '\\\\server\\share\\b.png'],
  ['win32', 'C:b.png', null],
  ['win32', 'C:', null],
  ['win32', '\\b.png', null],
  ['win32', '/b.png', null],
  ['win32', 'b.png', null],
  ['win32', 'C:\\b.png:stream', null],
  ['win32', '\\\\.\\PhysicalDrive0', null],
  ['win32', '\\\\.\\pipe\\x', null],
  ['win32', '\\\\?\\C:\\b.png', null],
] as const)('on %s the full path of %j is %j', (platform, path, expected) => {
  expect(fullPath(path, platform)).toBe(expected)
})

test.each([
  ['linux', '/a', '/a/b/c', ['b', 'c']],
  ['linux', '/a', '/a', []],
  ['linux', '/', '/a', ['a']],
  ['linux', '/a', '/ab', null],
  ['linux', '/a/b', '/a', null],
  ['linux', '/a', '/a/..b', ['..b']],
  ['linux', '/a', '/A/b', null],
  ['win32', 'C:\\', 'C:\\a\\b', ['a', 'b']],
  ['win32', 'C:\\a', 'c:\\A\\b', ['b']],
  ['win32', 'C:\\a', 'D:\\a\\b', null],
  ['win32', '\\\\server\\share\\a', '\\\\server\\share\\a\\b', ['b']],
  ['win32', '\\\\server\\one\\', '\\\\server\\two\\b', null],
] as const)('on %s the way from %j to %j is %j', (platform, from, to, expected) => {
  expect(namesBelow(from, to, platform)).toEqual(expected)
  expect(isWithin(from, to, platform)).toBe(expected !== null)
})

test('goes up to the root of the disk', () => {
  expect(upwards('/a/b', 'linux')).toEqual(['/a/b', '/a', '/'])
  expect(upwards('/', 'linux')).toEqual(['/'])
  expect(upwards('C:\\a\\b', 'win32')).toEqual(['C:\\a\\b', 'C:\\a', 'C:\\'])
  expect(upwards('\\\\server\\share\\a', 'win32')).toEqual(['\\\\server\\share\\a', '\\\\server\\share\\'])
})

test('knows which folders a listing of another one passes by', () => {
  const reached = ['/a', '/a/b/c', '/a/.b', '/a/b/@eaDir', '/a/$RECYCLE.BIN/b', '/c'].filter(path =>
    isReachedFrom('/a', path, 'linux'),
  )
  expect(reached).toEqual(['/a', '/a/b/c'])
  expect(isReachedFrom('/a/.b', '/a/.b/c', 'linux')).toBe(true)
})

/** A disk that takes composed and decomposed names, and capitals and small letters, for one, as that of a Mac does. */
function forgiving(nameOf: (path: string) => string): FolderFileSystem {
  return {
    readFolder: path => nodeFileSystem.readFolder(nameOf(path.toString())),
    lstat: path => nodeFileSystem.lstat(nameOf(path.toString())),
  }
}

test('names a file and its folders as the disk lists them, however the path is written', async () => {
  const listed = 'Cafe\u0301/Bild.PNG'
  const root = await makeFolder(listed)
  const written = join(root, 'Caf\u00e9', 'bild.png')
  const fileSystem = forgiving(path => path.replace('Caf\u00e9', 'Cafe\u0301').replace(/bild\.png$/, 'Bild.PNG'))
  // Even where the system does not set the form of a path right.
  const realpath = async (path: string) => path
  const { files, refused } = await sortDropped([written], [root], { fileSystem, platform: 'darwin', realpath })
  expect({ files, refused }).toMatchObject({ files: [{ root, sourceIds: [listed] }], refused: [] })
})

test('finds the imported folder again where the disk writes its path in another form', async () => {
  const root = await makeFolder('Cafe\u0301/a.png')
  const composed = join(root, 'Caf\u00e9')
  const decomposed = join(root, 'Cafe\u0301')
  const fileSystem = forgiving(path => path.replace('Caf\u00e9', 'Cafe\u0301'))
  const sorted = await sortDropped([join(decomposed, 'a.png')], [composed], { fileSystem, platform: 'darwin' })
  expect(sorted.files).toMatchObject([{ root: composed, sourceIds: ['a.png'] }])
  // On a disk that tells them apart it is another folder.
  await mkdir(composed)
  const apart = await sortDropped([join(decomposed, 'a.png')], [composed], { platform: 'linux' })
  expect(apart.files).toMatchObject([{ root: decomposed, sourceIds: ['a.png'] }])
})

test('refuses a placeholder of a cloud drive', async () => {
  const root = await makeFolder('online.png', 'here.png')
  const fileSystem: FolderFileSystem = {
    ...nodeFileSystem,
    async lstat(path) {
      const found = await nodeFileSystem.lstat(path)
      // All on the volume of the home folder, where such placeholders are.
      const isOnline = path.toString().endsWith('online.png')
      return { ...found, device: 7n, blocks: isOnline ? 0 : 8, sizeBytes: 50_000 }
    },
  }
  const paths = ['online.png', 'here.png'].map(name => join(root, name))
  const { files, refused } = await sortDropped(paths, [], { fileSystem, platform: 'darwin' })
  expect(files).toMatchObject([{ root, sourceIds: ['here.png'] }])
  expect(refused).toEqual([{ path: paths[0], reason: expect.stringMatching(/placeholder/) }])
})

test('reads a folder once for all its files, and opens no file', async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `${i}.png`)
  const root = await makeFolder(...names)
  let reads = 0
  const fileSystem: FolderFileSystem = {
    ...nodeFileSystem,
    readFolder(path) {
      reads += 1
      return nodeFileSystem.readFolder(path)
    },
  }
  const { files } = await sortDropped(
    names.map(name => join(root, name)),
    [],
    { fileSystem },
  )
  expect(files).toMatchObject([{ root, sourceIds: names }])
  expect(reads).toBe(1)
})
