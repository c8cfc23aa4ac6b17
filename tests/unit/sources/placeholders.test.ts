import { truncate } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type EntryStat, type FolderFileSystem, nodeFileSystem } from '../../../src/main/sources/folder/file-system.ts'
import { createPlaceholderTest } from '../../../src/main/sources/folder/placeholders.ts'
import { createFolderSource } from '../../../src/main/sources/index.ts'
import { listAll } from '../../contract/media-source.contract.ts'
import { makeFolder } from './folders.ts'

/** As a Mac answers for a file of Google Drive that is only online. */
const dataless: EntryStat = {
  kind: 'file',
  sizeBytes: 5_000_000,
  modifiedMs: 0,
  blocks: 0,
  device: 7n,
  identity: '7:1',
}

const homeOnDevice = (device: bigint): FolderFileSystem => ({
  ...nodeFileSystem,
  lstat: async () => ({ ...dataless, kind: 'folder', device }),
})

test('recognises a file without a single block on the home volume of a Mac', async () => {
  const isPlaceholder = createPlaceholderTest('darwin', homeOnDevice(7n))
  expect(await isPlaceholder(dataless)).toBe(true)
  expect(await isPlaceholder({ ...dataless, blocks: 8 })).toBe(false)
  expect(await isPlaceholder({ ...dataless, sizeBytes: 3000 })).toBe(false)
})

test('judges no other volume and no other system, where files without blocks have their bytes', async () => {
  expect(await createPlaceholderTest('darwin', homeOnDevice(8n))(dataless)).toBe(false)
  expect(await createPlaceholderTest('linux', homeOnDevice(7n))(dataless)).toBe(false)
  expect(await createPlaceholderTest('win32', homeOnDevice(7n))(dataless)).toBe(false)
})

test('lists placeholders as not downloaded and everything else as usual', async () => {
  const root = await makeFolder('online.png', 'here.png')
  const home = await nodeFileSystem.lstat(homedir())
  const fileSystem: FolderFileSystem = {
    ...nodeFileSystem,
    lstat: async path =>
      path === join(root, 'online.png') ? { ...dataless, device: home.device } : nodeFileSystem.lstat(path),
  }
  expect(await listAll(createFolderSource({ fileSystem, platform: 'darwin' }), root)).toMatchObject([
    { path: 'here.png', verdict: null },
    { path: 'online.png', verdict: { outcome: 'skipped', code: 'not-downloaded' } },
  ])
})

test.skipIf(process.platform !== 'linux')('leaves a file without blocks to the decoder on Linux', async () => {
  const root = await makeFolder('sparse.png')
  await truncate(join(root, 'sparse.png'), 0)
  await truncate(join(root, 'sparse.png'), 1_000_000)
  expect((await nodeFileSystem.lstat(join(root, 'sparse.png'))).blocks).toBe(0)
  expect(await listAll(createFolderSource(), root)).toMatchObject([{ sizeBytes: 1_000_000, verdict: null }])
})
