import { execFile, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { openLibrary, openLibraryForReading, restoreNewestBackup } from '../../../src/main/library/index.ts'
import { addPicture, openTestLibrary } from '../../support/library.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const run = promisify(execFile)

/** Another process that holds the library open until it is killed. */
async function holdLibrary(folder: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../support/hold-library.ts'), folder])
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = new Promise(resolve => child.once('exit', resolve))
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.stderr.once('data', data => reject(new Error(String(data))))
  })
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return { pid: child.pid, kill }
}

test('a second opener is told which process has the library, and can have it when that one is killed', async () => {
  const folder = join(await makeTempFolder(), 'Library')
  const holder = await holdLibrary(folder)
  await expect(openLibrary(folder)).rejects.toMatchObject({
    code: 'in-use',
    message: expect.stringMatching(new RegExp(`already open.*\\(process ${holder.pid} on .*, since .*Use that window`)),
  })
  expect(() => restoreNewestBackup(folder)).toThrow(expect.objectContaining({ code: 'in-use' }))
  await holder.kill()
  const library = await openTestLibrary(folder)
  expect(library.records.countByStatus().completed).toBe(0)
})

test('the same process cannot open it twice, and can when it was closed', async () => {
  const library = await openTestLibrary()
  await expect(openLibrary(library.layout.folder)).rejects.toMatchObject({
    code: 'in-use',
    message: expect.stringContaining(`process ${process.pid} `),
  })
  await library.close()
  expect(existsSync(library.layout.lockOwner)).toBe(false)
  await openTestLibrary(library.layout.folder)
})

test('an opener that does not know who has the library says so without', async () => {
  const library = await openTestLibrary()
  writeFileSync(library.layout.lockOwner, '{"pid":')
  await expect(openLibrary(library.layout.folder)).rejects.toThrow(
    'This library is already open in another Burg Ink. Use that window, or close it and try again.',
  )
})

test('the state of a library can be looked at while another process has it, and nothing is written', async () => {
  const folder = join(await makeTempFolder(), 'Library')
  const library = await openTestLibrary(folder)
  addPicture(library, { path: 'a.png' })
  await library.close()
  await holdLibrary(folder)
  const names = readdirSync(folder)
  const reader = openLibraryForReading(folder)
  expect(reader.records.countByStatus()).toEqual({ pending: 0, processing: 0, completed: 1, failed: 0 })
  expect(reader.records.recentlyCompleted()).toMatchObject([{ filename: 'a.png' }])
  expect(reader.syncs.active()).toHaveLength(1)
  reader.close()
  expect(readdirSync(folder)).toEqual(names)
})

test("a folder of somebody else's files is not made into a library", async () => {
  const folder = await makeTempFolder()
  writeFileSync(join(folder, 'letter.txt'), 'Dear')
  await expect(openLibrary(folder)).rejects.toMatchObject({
    code: 'not-a-library',
    message: expect.stringContaining('Choose an empty folder'),
  })
  expect(readdirSync(folder)).toEqual(['letter.txt'])
})

test('a library whose database was moved away begins anew in the same folder', async () => {
  const library = await openTestLibrary()
  addPicture(library, { path: 'a.png' })
  await library.close()
  writeFileSync(library.layout.jobs, 'what an engine remembers')
  rmSync(library.layout.database)
  const anew = await openTestLibrary(library.layout.folder)
  expect(anew.records.countByStatus().completed).toBe(0)
  expect(existsSync(library.layout.jobs)).toBe(false)
})

test('a place where no folder can be is refused as one that cannot be written', async () => {
  const folder = await makeTempFolder()
  writeFileSync(join(folder, 'file'), '')
  await expect(openLibrary(join(folder, 'file', 'Library'))).rejects.toMatchObject({
    code: 'read-only',
    message: expect.stringContaining('cannot be written'),
  })
})

test('a lock that cannot be made is told as a folder that cannot be written, not as another process', async () => {
  const folder = await makeTempFolder()
  mkdirSync(join(folder, 'library.lock'))
  await expect(openLibrary(folder)).rejects.toMatchObject({
    code: 'read-only',
    message: expect.stringContaining(`then try again (${folder})`),
  })
})

test('a folder without the permission to write is refused with what to do', async context => {
  if (process.getuid?.() === 0 || process.platform === 'win32')
    return context.skip('Permissions do not stop this user.')
  const folder = await makeTempFolder()
  chmodSync(folder, 0o500)
  await expect(openLibrary(folder)).rejects.toMatchObject({ code: 'read-only' })
})

test.skipIf(process.platform !== 'linux')('a library on a read-only disk is refused with what to do', async context => {
  const folder = await makeTempFolder()
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]).catch(() => null)
  if (!mounted) return context.skip('Mounting is not permitted here, so there is no read-only disk.')
  onTestFinished(async () => void (await run('umount', [folder])))
  await (await openLibrary(folder)).close()
  await run('mount', ['-o', 'remount,ro', folder])
  await expect(openLibrary(folder)).rejects.toMatchObject({
    code: 'read-only',
    message: expect.stringContaining('Check its permissions'),
  })
})

test.skipIf(process.platform !== 'linux')('a library on a full disk is refused with what to do', async context => {
  const folder = await makeTempFolder()
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).catch(() => null)
  if (!mounted) return context.skip('Mounting is not permitted here, so there is no full disk.')
  onTestFinished(async () => void (await run('umount', [folder])))
  await expect(openLibrary(folder)).rejects.toMatchObject({
    code: 'full',
    message: expect.stringContaining('Free some space'),
  })
  await run('mount', ['-o', 'remount,size=8m', folder])
  const library = await openLibrary(folder)
  await library.close()
})

test('settings are as they were set, over a restart, and begin with their defaults', async () => {
  const library = await openTestLibrary()
  expect(library.settings.get()).toMatchObject({ copyOriginals: false, googleClientId: '' })
  expect(library.settings.set({ copyOriginals: true })).toMatchObject({ copyOriginals: true })
  expect(library.settings.set({})).toMatchObject({ copyOriginals: true })
  await library.close()
  expect((await openTestLibrary(library.layout.folder)).settings.get()).toMatchObject({ copyOriginals: true })
})
