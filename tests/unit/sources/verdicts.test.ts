import { execFile } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { createFolderSource } from '../../../src/main/sources/index.ts'
import { listAll } from '../../contract/media-source.contract.ts'
import { addFile, makeFolder } from './folders.ts'

const isWindows = process.platform === 'win32'

async function codesOf(root: string): Promise<Record<string, string | null>> {
  const files = await listAll(createFolderSource(), root)
  return Object.fromEntries(files.map(file => [file.path, file.verdict?.code ?? null]))
}

test('lets through what can be a picture or video by its name', async () => {
  const names = [
    'a.jpg',
    'a.JPG',
    'a.jpeg',
    'a.jpe',
    'a.jfif',
    'a.png',
    'a.webp',
    'a.avif',
    'a.gif',
    'a.tif',
    'a.TIFF',
    'a.svg',
    'a.mp4',
    'a.MOV',
    'a.m4v',
    'a.webm',
    'a.mkv',
    'a.avi',
    'a.mts',
    'a.m2ts',
    'a.3gp',
  ]
  const root = await makeFolder(...names.map((name, i) => `${i}${name}`), 'no extension', 'a.b.png', 'ends with dot.')
  expect(new Set(Object.values(await codesOf(root)))).toEqual(new Set([null]))
})

test('skips what is not a picture by its name, the pointers of Google Drive among it', async () => {
  const names = [
    'a.txt',
    'a.psd',
    'a.mp3',
    'a.ts',
    'a.png.bak',
    'jpg.exe',
    'a.gdoc',
    'a.gsheet',
    'a.gslides',
    'a.gdraw',
    'a.gform',
    'a.glink',
    'a.gshortcut',
  ]
  const root = await makeFolder(...names)
  expect(new Set(Object.values(await codesOf(root)))).toEqual(new Set(['not-a-picture']))
})

test('tells hidden files from files of the system', async () => {
  const root = await makeFolder(
    '.hidden.png',
    '.DS_Store',
    '._a.png',
    'Thumbs.db',
    'DESKTOP.INI',
    'ehthumbs.db',
    'a.png',
  )
  if (!isWindows) await addFile(root, 'Icon\r')
  expect(await codesOf(root)).toEqual({
    '.hidden.png': 'hidden',
    '.DS_Store': 'system-file',
    '._a.png': 'system-file',
    'Thumbs.db': 'system-file',
    'DESKTOP.INI': 'system-file',
    'ehthumbs.db': 'system-file',
    ...(!isWindows && { 'Icon\r': 'system-file' }),
    'a.png': null,
  })
})

test('lists a hidden or system folder as one entry and does not look into it', async () => {
  const folders = [
    '.git',
    '.tmp.driveupload',
    '.tmp.drivedownload',
    '@eaDir',
    '$RECYCLE.BIN',
    'System Volume Information',
    '.Trash-1000',
    '.Trashes',
    '__MACOSX',
    'lost+found',
  ]
  const root = await makeFolder(...folders.map(folder => `${folder}/inside.png`), 'seen/a.png')
  const files = await listAll(createFolderSource(), root)
  expect(files.map(file => file.path).sort()).toEqual([...folders, 'seen/a.png'].sort())
  for (const file of files.filter(file => file.path !== 'seen/a.png')) {
    expect(file).toMatchObject({ isFolder: true, sizeBytes: 0, verdict: { outcome: 'skipped' } })
    expect(file.verdict?.code).toBe(file.path === '.git' ? 'hidden' : 'system-file')
  }
})

test('says that the stub of an iCloud file is not downloaded', async () => {
  const root = await makeFolder('.picture.png.icloud')
  expect(await codesOf(root)).toEqual({ '.picture.png.icloud': 'not-downloaded' })
})

test('follows no link, be it to a file or a folder, inside or outside, broken or in a circle', async () => {
  const outside = await makeFolder('secret.png')
  const root = await makeFolder('inside/a.png')
  const links = {
    'to file.png': 'inside/a.png',
    'to folder': 'inside',
    'to itself': '.',
    'to above': '..',
    'to outside': outside,
    'to outside file.png': join(outside, 'secret.png'),
    'inside/up': '..',
    'broken.png': 'nowhere',
    'circle.png': 'circle.png',
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, join(root, name))
  const codes = await codesOf(root)
  expect(codes).toEqual({
    'inside/a.png': null,
    ...Object.fromEntries(Object.keys(links).map(name => [name, 'link'])),
  })
})

test.skipIf(isWindows)('leaves pipes and sockets alone, whatever they are called', async () => {
  const root = await makeFolder('a.png')
  await promisify(execFile)('mkfifo', [join(root, 'pipe.png')])
  const server = createServer().listen(join(root, 'socket.png'))
  onTestFinished(() => void server.close())
  expect(await codesOf(root)).toEqual({ 'a.png': null, 'pipe.png': 'special-file', 'socket.png': 'special-file' })
  await expect(createFolderSource().open(root, 'pipe.png')).rejects.toMatchObject({ code: 'vanished' })
})

test('lists nothing of empty folders', async () => {
  const root = await makeFolder()
  await mkdir(join(root, 'a/b/c'), { recursive: true })
  expect(await codesOf(root)).toEqual({})
})
