import { constants } from 'node:fs'
import {
  appendFile,
  link,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createFolderSource, FileRefused, SourceUnavailable } from '../../../src/main/sources/index.ts'
import { addFile, fileSystemWith, makeFolder } from './folders.ts'

const big = Buffer.alloc(3 * 1024 * 1024, 'x')

async function firstChunkOf(root: string, id: string) {
  const { stream } = await createFolderSource().open(root, id)
  const chunks = stream.iterator()
  await chunks.next()
  return async () => {
    for await (const _ of chunks);
  }
}

/** Not every file system tells two moments apart, so a change has to show without the time too. */
async function withItsTime(path: string, change: () => Promise<unknown>): Promise<void> {
  const { atime, mtime } = await stat(path)
  await change()
  await utimes(path, atime, mtime)
}

const changes: Record<string, (path: string) => Promise<unknown>> = {
  grows: path => appendFile(path, 'more'),
  'grows at its old time': path => withItsTime(path, () => appendFile(path, 'more')),
  'shrinks at its old time': path => withItsTime(path, () => truncate(path, big.length - 10)),
  'is overwritten at its old size': async path => {
    const handle = await open(path, 'r+')
    await handle.write('y', 5)
    await handle.close()
    await utimes(path, new Date(), new Date(Date.now() + 5000))
  },
}

test.each(Object.entries(changes))('fails the stream of a file that %s while it is read', async (_, change) => {
  const root = await makeFolder()
  await addFile(root, 'a.png', big)
  await utimes(join(root, 'a.png'), 1_700_000_000, 1_700_000_000)
  const rest = await firstChunkOf(root, 'a.png')
  await change(join(root, 'a.png'))
  await expect(rest()).rejects.toMatchObject({ name: 'FileRefused', code: 'changing' })
})

test('reads on from the file it opened when another takes its name', async () => {
  const root = await makeFolder('b.png')
  await addFile(root, 'a.png', big)
  const rest = await firstChunkOf(root, 'a.png')
  await rename(join(root, 'b.png'), join(root, 'a.png'))
  await expect(rest()).resolves.toBeUndefined()
})

test('follows no link, neither in the last place nor on the way', async () => {
  const outside = await makeFolder('secret.png')
  const root = await makeFolder('inside/a.png')
  await symlink(join(outside, 'secret.png'), join(root, 'link.png'))
  await symlink('inside/a.png', join(root, 'link inside.png'))
  await symlink(outside, join(root, 'way'))
  for (const id of ['link.png', 'link inside.png', 'way/secret.png']) {
    await expect(createFolderSource().open(root, id), id).rejects.toMatchObject({ code: 'vanished' })
  }
})

test('takes a second name of a file for a file', async () => {
  const root = await makeFolder('a.png')
  await link(join(root, 'a.png'), join(root, 'b.png'))
  expect((await buffer((await createFolderSource().open(root, 'b.png')).stream)).toString()).toBe('a.png')
})

test('opens what is below a root that is reached by a link', async () => {
  const root = await makeFolder('a/b.png')
  const elsewhere = await makeFolder()
  await symlink(root, join(elsewhere, 'link'))
  const { stream } = await createFolderSource().open(join(elsewhere, 'link/a'), 'b.png')
  expect((await buffer(stream)).toString()).toBe('b.png'.padStart(7, 'a/'))
})

test('refuses a folder and a path through a file', async () => {
  const root = await makeFolder('a.png/b.png', 'c.png')
  for (const id of ['a.png', 'c.png/d.png', 'nowhere/a.png']) {
    await expect(createFolderSource().open(root, id), id).rejects.toMatchObject({ code: 'vanished' })
  }
})

test('asks nothing of the disk for a path that leads out', async () => {
  const root = await makeFolder('a.png')
  const fileSystem = fileSystemWith({
    lstat: () => {
      throw new Error('The disk was asked.')
    },
  })
  const source = createFolderSource({ fileSystem })
  for (const id of ['../a.png', 'a/../../b', '/a.png', '', '.', 'a//b', 'a/.', 'a\0b']) {
    await expect(source.open(root, id), id).rejects.toMatchObject({ name: 'FileRefused', code: 'unreadable' })
    expect(() => source.localPath(root, id), id).toThrow(FileRefused)
  }
})

test.skipIf(process.platform !== 'linux')('leaves no file open, however opening and reading end', async () => {
  const root = await makeFolder('a.png', 'folder/b.png')
  await addFile(root, 'big.png', big)
  await addFile(root, 'empty.png', '')
  await symlink('a.png', join(root, 'link.png'))
  const source = createFolderSource()
  const openFiles = async () => {
    const handles = await readdir('/proc/self/fd')
    return handles.length
  }
  const before = await openFiles()
  for (const id of ['folder', 'empty.png', 'link.png', 'nowhere', '..'])
    await source.open(root, id).catch(() => undefined)
  await buffer((await source.open(root, 'a.png')).stream)
  const unread = await source.open(root, 'a.png')
  unread.stream.destroy()
  for await (const _ of (await source.open(root, 'big.png')).stream) break
  const grown = (await source.open(root, 'a.png')).stream
  await writeFile(join(root, 'a.png'), 'much longer than before')
  await expect(buffer(grown)).rejects.toMatchObject({ code: 'changing' })
  await expect.poll(openFiles).toBe(before)
})

test('says that the source is gone when the root went before a file is opened', async () => {
  const root = await makeFolder('a.png')
  await rm(root, { recursive: true })
  await expect(createFolderSource().open(root, 'a.png')).rejects.toBeInstanceOf(SourceUnavailable)
  // The mount point that a disk leaves behind.
  await mkdir(root)
  await expect(createFolderSource().open(root, 'a.png')).rejects.toBeInstanceOf(SourceUnavailable)
  await writeFile(join(root, 'b.png'), 'another')
  await expect(createFolderSource().open(root, 'a.png')).rejects.toMatchObject({ code: 'vanished' })
})

test.skipIf(constants.O_NOFOLLOW === undefined)('streams in chunks of at most a megabyte', async () => {
  const root = await makeFolder()
  await addFile(root, 'a.png', big)
  const sizes: number[] = []
  for await (const chunk of (await createFolderSource().open(root, 'a.png')).stream) sizes.push(chunk.length)
  expect(sizes).toEqual([1024 * 1024, 1024 * 1024, 1024 * 1024])
})
