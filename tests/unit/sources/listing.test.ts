import { mkdir, rm, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolderSource } from '../../../src/main/sources/index.ts'
import { listAll } from '../../contract/media-source.contract.ts'
import { addFile, fileSystemWith, makeFolder } from './folders.ts'

const paths = (files: { path: string }[]) => files.map(file => file.path)

test('goes depth first, names of each folder in the order of their code units', async () => {
  const root = await makeFolder(
    'b/x.png',
    'a/2.png',
    'a/10.png',
    'a/b/c.png',
    'a b.png',
    'a.png',
    'B.png',
    'é.png',
    '😀.png',
    'ﬀ.png',
  )
  expect(paths(await listAll(createFolderSource(), root))).toEqual([
    'B.png',
    'a/10.png',
    'a/2.png',
    'a/b/c.png',
    'a b.png',
    'a.png',
    'b/x.png',
    'é.png',
    '😀.png',
    'ﬀ.png',
  ])
})

test('asks the disk for each file exactly once, and twice for each folder', async () => {
  const root = await makeFolder()
  for (let i = 0; i < 250; i++) await addFile(root, `folder ${i % 5}/${i}.png`)
  await addFile(root, 'notes.txt')
  await addFile(root, '.hidden')
  await symlink('notes.txt', join(root, 'link'))
  await mkdir(join(root, '.git'))
  const stats = new Map<string, number>()
  const reads = new Map<string, number>()
  const count = (counts: Map<string, number>) => (path: string) => counts.set(path, (counts.get(path) ?? 0) + 1)
  const fileSystem = fileSystemWith({ lstat: count(stats), readFolder: count(reads) })
  const files = await listAll(createFolderSource({ fileSystem }), root, 37)
  expect(files).toHaveLength(254)
  for (const file of files) expect(stats.get(join(root, file.path)), file.path).toBe(1)
  for (let i = 0; i < 5; i++) expect(stats.get(join(root, `folder ${i}`))).toBe(2)
  expect([...reads.values()]).toEqual(Array(6).fill(1))
})

test('reads no folder again from page to page, but a new process reads those on its way', async () => {
  const root = await makeFolder('a/1.png', 'a/2.png', 'b/3.png', 'b/4.png')
  const reads: string[] = []
  const options = { fileSystem: fileSystemWith({ readFolder: path => reads.push(path.slice(root.length)) }) }
  const source = createFolderSource(options)
  await listAll(source, root, 1)
  expect(reads).toEqual(['', '/a', '/b'])
  reads.length = 0
  const { files } = await createFolderSource(options).listPage(root, 'b/3.png', 1)
  expect(paths(files)).toEqual(['b/4.png'])
  expect(reads).toEqual(['', '/b'])
})

test('keeps several listings apart, however their pages interleave', async () => {
  const roots = await Promise.all(
    Array.from({ length: 7 }, (_, i) => makeFolder(`${i}/a.png`, `${i}/b.png`, `${i}/c.png`)),
  )
  const source = createFolderSource()
  const listings = await Promise.all(roots.map(root => listAll(source, root, 1)))
  expect(listings.map(paths)).toEqual(roots.map((_, i) => [`${i}/a.png`, `${i}/b.png`, `${i}/c.png`]))
})

test('goes on behind the place of a file or folder that was removed since', async () => {
  const root = await makeFolder('a.png', 'b/1.png', 'b/2.png', 'c.png')
  await rm(join(root, 'b'), { recursive: true })
  const next = async (cursor: string) => paths((await createFolderSource().listPage(root, cursor, 10)).files)
  expect(await next('b/1.png')).toEqual(['c.png'])
  expect(await next('a.png')).toEqual(['c.png'])
  expect(await next('aa/b/c.png')).toEqual(['c.png'])
  expect(await next('z')).toEqual([])
})

test('goes on from every place in a deep tree as if it had never stopped', async () => {
  const root = await makeFolder(
    'a/a/a.png',
    'a/a/b.png',
    'a/b.png',
    'a/b/a.png',
    'a.png',
    'b/.hidden/x.png',
    'b/notes.txt',
    'b/c/d/e/f.png',
    'b/link',
    'c.png',
  )
  const all = await listAll(createFolderSource(), root)
  for (const [index, file] of all.entries()) {
    const { files } = await createFolderSource().listPage(root, file.sourceId, 100)
    expect(files, `after ${file.path}`).toEqual(all.slice(index + 1))
  }
})

test('finds what a file that became a folder holds', async () => {
  const root = await makeFolder('a.png', 'b.png', 'c.png')
  await rm(join(root, 'b.png'))
  await addFile(root, 'b.png/inside.png')
  expect(paths((await createFolderSource().listPage(root, 'b.png', 10)).files)).toEqual(['b.png/inside.png', 'c.png'])
})

test('gives times with the fraction of a millisecond the disk keeps', async () => {
  const root = await makeFolder('a.png')
  await utimes(join(root, 'a.png'), 1_700_000_000, 1_700_000_000.123456)
  const [file] = await listAll(createFolderSource(), root)
  expect(file?.modifiedMs).toBeCloseTo(1_700_000_000_123.456, 2)
  const { stream, modifiedMs } = await createFolderSource().open(root, 'a.png')
  stream.destroy()
  expect(modifiedMs).toBe(file?.modifiedMs)
})

test('lists a folder of thousands in pages, none doubled and none left out', async () => {
  const root = await makeFolder()
  await Promise.all(Array.from({ length: 2000 }, (_, i) => addFile(root, `${i}.png`)))
  const files = await listAll(createFolderSource(), root, 256)
  expect(new Set(paths(files)).size).toBe(2000)
  expect(paths(files)).toEqual(paths(files).toSorted())
})

test('does not look into the folders it is told to skip', async () => {
  const root = await makeFolder('Library/previews/a.webp', 'Library too/b.png')
  const files = await listAll(createFolderSource({ skippedFolders: [join(root, 'Library')] }), root)
  expect(files).toMatchObject([
    { path: 'Library', isFolder: true, verdict: { outcome: 'skipped', code: 'system-file' } },
    { path: 'Library too/b.png', verdict: null },
  ])
})
