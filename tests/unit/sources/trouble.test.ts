import { execFile } from 'node:child_process'
import { chmod, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import type { FolderFileSystem } from '../../../src/main/sources/folder/file-system.ts'
import { createFolderSource, SourceUnavailable } from '../../../src/main/sources/index.ts'
import { listAll } from '../../contract/media-source.contract.ts'
import { addFile, errno, fileSystemWith, makeFolder } from './folders.ts'

const run = promisify(execFile)

async function codesOf(root: string, fileSystem?: FolderFileSystem): Promise<Record<string, string | null>> {
  const files = await listAll(createFolderSource(fileSystem && { fileSystem }), root)
  return Object.fromEntries(files.map(file => [file.path, file.verdict?.code ?? null]))
}

test.each(['EACCES', 'EPERM', 'EIO', 'ENAMETOOLONG', 'ELOOP'])(
  'goes on past a folder that answers %s, and says so',
  async code => {
    const root = await makeFolder('a/1.png', 'b/2.png', 'b/c/3.png', 'd.png')
    const fileSystem = fileSystemWith({ readFolder: path => fail(path === join(root, 'b'), code) })
    expect(await codesOf(root, fileSystem)).toEqual({ 'a/1.png': null, b: 'folder-unreadable', 'd.png': null })
  },
)

test('marks a folder it could not read as a folder, so that what is below is not taken for gone', async () => {
  const root = await makeFolder('b/2.png')
  const fileSystem = fileSystemWith({ readFolder: path => fail(path === join(root, 'b'), 'EACCES') })
  expect(await listAll(createFolderSource({ fileSystem }), root)).toMatchObject([
    { sourceId: 'b', filename: 'b', isFolder: true, verdict: { outcome: 'failed', code: 'folder-unreadable' } },
  ])
})

test.skipIf(process.platform === 'win32')('goes on past what permissions forbid, for real', async context => {
  const root = await makeFolder('closed/1.png', 'names only/2.png', 'open/3.png')
  for (const [folder, mode] of [
    ['closed', 0o000],
    ['names only', 0o444],
  ] as const) {
    await chmod(join(root, folder), mode)
    onTestFinished(() => chmod(join(root, folder), 0o755))
  }
  await chmod(root, 0o755)
  asNobody(context.skip)
  expect(await codesOf(root)).toEqual({
    closed: 'folder-unreadable',
    'names only/2.png': 'unreadable',
    'open/3.png': null,
  })
  await expect(createFolderSource().open(root, 'closed/1.png')).rejects.toMatchObject({ code: 'unreadable' })
  await expect(createFolderSource().resolveRoot(join(root, 'closed'))).rejects.toThrow(/permissions/)
})

test('says that a file could not be looked at, and goes on', async () => {
  const root = await makeFolder('a.png', 'b.png')
  const fileSystem = fileSystemWith({ lstat: path => fail(path === join(root, 'a.png'), 'EACCES') })
  expect(await codesOf(root, fileSystem)).toEqual({ 'a.png': 'unreadable', 'b.png': null })
})

test('passes over files and folders that vanish while it lists', async () => {
  const root = await makeFolder('a/1.png', 'a/2.png', 'b/3.png', 'c.png')
  const fileSystem = fileSystemWith({
    lstat: async path => {
      if (path === join(root, 'a/1.png')) await rm(path)
      if (path === join(root, 'b')) await rm(path, { recursive: true, force: true })
    },
  })
  expect(await codesOf(root, fileSystem)).toEqual({ 'a/2.png': null, 'c.png': null })
})

test('does not list what is behind a link that took the place of a folder meanwhile', async () => {
  const outside = await makeFolder('secret.png')
  const root = await makeFolder('a/1.png', 'b.png')
  const fileSystem = fileSystemWith({
    readFolder: async path => {
      if (path !== join(root, 'a')) return
      await rename(path, join(root, '.moved'))
      await symlink(outside, path)
    },
  })
  expect(await codesOf(root, fileSystem)).toEqual({ 'b.png': null })
})

test.each(['ENOENT', 'EIO', 'ENOTCONN', 'ENODEV', 'ESTALE'])(
  'says that the source is gone when the root answers %s midway, not that its files are',
  async code => {
    const root = await makeFolder('a/1.png', 'b/2.png')
    let isGone = false
    const gone = () => fail(isGone, code)
    const source = createFolderSource({ fileSystem: fileSystemWith({ lstat: gone, readFolder: gone }) })
    const { cursor } = await source.listPage(root, null, 1)
    isGone = true
    await expect(source.listPage(root, cursor, 1)).rejects.toBeInstanceOf(SourceUnavailable)
    isGone = false
    expect((await source.listPage(root, cursor, 1)).files.map(file => file.path)).toEqual(['b/2.png'])
  },
)

test('is not fooled by the empty mount point that a disk leaves behind', async () => {
  const root = await makeFolder('a/1.png', 'b/2.png')
  const source = createFolderSource()
  const { cursor } = await source.listPage(root, null, 1)
  await rename(root, `${root}-gone`)
  onTestFinished(() => rm(`${root}-gone`, { recursive: true }))
  await mkdir(root)
  await expect(source.listPage(root, cursor, 10)).rejects.toBeInstanceOf(SourceUnavailable)
})

test('notices at the end that the root went, even when no file was left to ask for', async () => {
  const root = await makeFolder('a.png')
  const source = createFolderSource()
  const { cursor } = await source.listPage(root, null, 1)
  await rm(root, { recursive: true })
  await expect(source.listPage(root, cursor, 1)).rejects.toBeInstanceOf(SourceUnavailable)
})

test.each(['EMFILE', 'ENFILE', 'ENOMEM'])('blames no file for %s, which passes', async code => {
  const root = await makeFolder('a/1.png')
  for (const kind of ['lstat', 'readFolder'] as const) {
    const target = join(root, kind === 'lstat' ? 'a/1.png' : 'a')
    const fileSystem = fileSystemWith({ [kind]: (path: string) => fail(path === target, code) })
    await expect(listAll(createFolderSource({ fileSystem }), root)).rejects.toMatchObject({ code })
  }
})

test.skipIf(process.platform !== 'linux')('does not go round where a folder is mounted below itself', async context => {
  const root = await makeFolder('a/1.png', 'a/b/2.png')
  await mkdir(join(root, 'a/b/again'))
  const mounted = await run('mount', ['--bind', join(root, 'a'), join(root, 'a/b/again')]).then(
    () => true,
    () => false,
  )
  if (!mounted) context.skip('Mounting is not permitted here.')
  onTestFinished(async () => void (await run('umount', [join(root, 'a/b/again')])))
  expect(await codesOf(root)).toEqual({ 'a/1.png': null, 'a/b/2.png': null, 'a/b/again': 'link' })
})

test('does not go round where a folder answers with the identity of one above it', async () => {
  const root = await makeFolder('a/b/1.png', 'c.png')
  const real = fileSystemWith({})
  const fileSystem: FolderFileSystem = {
    ...real,
    lstat: path => real.lstat(path === join(root, 'a/b') ? join(root, 'a') : path),
  }
  const [loop] = await listAll(createFolderSource({ fileSystem }), root)
  expect(loop).toMatchObject({ path: 'a/b', isFolder: true, verdict: { outcome: 'skipped', code: 'link' } })
})

test('takes folders without inode numbers for different ones', async () => {
  const root = await makeFolder('a/b/1.png')
  const real = fileSystemWith({})
  const fileSystem: FolderFileSystem = {
    ...real,
    lstat: async path => ({ ...(await real.lstat(path)), identity: null }),
  }
  expect(await codesOf(root, fileSystem)).toEqual({ 'a/b/1.png': null })
})

test('finds what was added behind the place where the last page ended', async () => {
  const root = await makeFolder('a.png', 'c/1.png')
  const source = createFolderSource()
  const { cursor } = await source.listPage(root, null, 1)
  await addFile(root, 'c/2.png')
  expect((await source.listPage(root, cursor, 9)).files.map(file => file.path)).toEqual(['c/1.png', 'c/2.png'])
})

function fail(when: boolean, code: string): void {
  if (when) throw errno(code)
}

/** Permissions do not hold for root, so the rest of the test is run as another user. */
function asNobody(skip: (note: string) => never): void {
  const { geteuid, seteuid } = process
  if (!geteuid || !seteuid || geteuid() !== 0) return
  try {
    seteuid(65534)
  } catch {
    skip('This process may not become another user.')
  }
  onTestFinished(() => seteuid(0))
}
