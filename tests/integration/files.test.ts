import { copyFile, mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { smallPicture } from '../support/drawn-folder.ts'
import { startDriveApp } from '../support/drive-app.ts'
import { importFolder, type ServedApp, serveAppForTest } from '../support/served-app.ts'

/** A served program that notes what it would show, with a folder of one picture that is there twice. */
async function openStudio() {
  const shown: string[] = []
  const served = await serveAppForTest({ host: { showInFolder: path => void shown.push(path) } })
  const studio = join(await realpath(served.folder), 'Studio')
  await mkdir(join(studio, 'copies'), { recursive: true })
  await writeFile(join(studio, 'barn.jpg'), await smallPicture(1))
  await copyFile(join(studio, 'barn.jpg'), join(studio, 'copies', 'barn again.jpg'))
  await importFolder(served, studio)
  const { items } = await served.call('media.page', { filter: {}, sort: 'newest', after: null, limit: 10 })
  const mediaId = items[0]?.id as number
  const folderId = (await served.call('library.overview', {})).folders[0]?.id as number
  return { served, shown, studio, mediaId, folderId }
}

const filesOf = async ({ call }: ServedApp, id: number) => (await call('media.get', { id })).files

test('every file of a picture is told, and shown in its folder by number', async () => {
  const { served, shown, studio, mediaId, folderId } = await openStudio()
  expect((await served.call('host.get', {})).canShowInFolder).toBe(true)
  const files = await filesOf(served, mediaId)
  const folder = { name: 'Studio', path: studio }
  expect(files.map(({ id: _, sourceId: __, ...file }) => file)).toEqual([
    { path: 'barn.jpg', folder, source: 'folder', account: null, missingSince: null },
    { path: 'copies/barn again.jpg', folder, source: 'folder', account: null, missingSince: null },
  ])
  await served.call('file.show', { mediaId })
  await served.call('file.show', { mediaId, fileId: files[1]?.id })
  await served.call('folder.show', { folderId })
  expect(shown).toEqual([join(studio, 'barn.jpg'), join(studio, 'copies', 'barn again.jpg'), studio])
  // A number of no file of this picture leads nowhere.
  await expect(served.call('file.show', { mediaId, fileId: 999 })).rejects.toThrow('No file of this picture is known')
})

test('a file or folder that is gone says so and is not shown; a sync finds what moved', async () => {
  const { served, shown, studio, mediaId, folderId } = await openStudio()
  await rename(join(studio, 'barn.jpg'), join(studio, 'shed.jpg'))
  await expect(served.call('file.show', { mediaId })).rejects.toThrow(
    'not-found: “barn.jpg” is not at its place any more: it was moved, renamed or removed. Sync Studio, and it is found where it is now.',
  )
  const { syncId } = await served.call('folder.sync', { folderId })
  await expect
    .poll(async () => (await served.call('sync.list', { limit: 5 }))[0])
    .toMatchObject({
      id: syncId,
      state: 'completed',
    })
  await served.call('file.show', { mediaId })
  expect(shown).toHaveLength(1)

  expect(await served.call('folders.absent', {})).toEqual([])
  await rename(studio, `${studio} away`)
  expect(await served.call('folders.absent', {})).toEqual([folderId])
  for (const call of [
    served.call('file.show', { mediaId }),
    served.call('folder.show', { folderId }),
    served.call('folder.sync', { folderId }),
  ])
    await expect(call).rejects.toThrow(/^\S+: folder-unavailable: .+connect the disk/)
  expect(shown).toHaveLength(1)
})

test('a link that stands in the place of a picture is not followed', async () => {
  const { served, shown, studio, mediaId } = await openStudio()
  await rm(join(studio, 'barn.jpg'))
  await symlink(join(served.folder, 'secret.txt'), join(studio, 'barn.jpg'))
  await expect(served.call('file.show', { mediaId })).rejects.toThrow('“barn.jpg” is not at its place any more')
  expect(shown).toEqual([])
})

test('where no window can be shown, none is offered', async () => {
  const { call } = await serveAppForTest()
  expect((await call('host.get', {})).canShowInFolder).toBe(false)
})

test('a picture of Drive says whose it is, and leads there and not to a folder', async () => {
  const { app, world, account, folderId, sync } = await startDriveApp()
  const fileId = world.addFile('quay.jpg', await smallPicture(2), folderId)
  await sync()
  const { items } = await app.handlers['media.page']({ filter: {}, sort: 'newest', after: null, limit: 10 })
  const mediaId = items[0]?.id as number
  const { files } = await app.handlers['media.get']({ id: mediaId })
  expect(files).toMatchObject([
    { path: 'quay.jpg', source: 'google_drive', sourceId: fileId, account: { email: account.email } },
  ])
  await expect(app.handlers['file.show']({ mediaId })).rejects.toThrow(
    'This picture is in Google Drive. Open it there.',
  )
})
