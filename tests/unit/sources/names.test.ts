import { isUtf8 } from 'node:buffer'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { encodeName, encodeValidName, printableName, resolveInside } from '../../../src/main/sources/folder/names.ts'
import { createFolderSource, FileRefused } from '../../../src/main/sources/index.ts'
import { listAll } from '../../contract/media-source.contract.ts'
import { addFile, makeFolder } from './folders.ts'

const run = promisify(execFile)

test('leaves every valid name as it is', () => {
  for (const name of ['a.png', '100%.png', '%41', 'a\nb', '\u0001', 'é', 'e\u0301', '😀', '\uFFFD', '.hidden', ' ']) {
    expect(encodeName(Buffer.from(name))).toBe(name)
    expect(encodeValidName(name)).toBe(name)
    expect(printableName(name)).toBe(name)
  }
})

test('gives every name its own form, and gets the very bytes back from it', () => {
  const names = [
    Buffer.from('caf\xE9.png', 'latin1'),
    Buffer.from('%bytes:a'),
    Buffer.from([0xff, 0x25, 0x0a]),
    Buffer.from([0xed, 0xa0, 0x80]),
  ]
  for (let i = 0; i < 2000; i++) {
    const bytes = randomBytes(1 + (i % 40)).map(byte => (byte === 0 || byte === 0x2f ? 0x80 : byte))
    names.push(Buffer.from(bytes))
  }
  const forms = new Map<string, string>()
  for (const bytes of names.filter(bytes => !['.', '..'].includes(bytes.toString()))) {
    const form = encodeName(bytes)
    expect(Buffer.from(resolveInside('/root', form, 'linux'))).toEqual(Buffer.concat([Buffer.from('/root/'), bytes]))
    expect(isUtf8(Buffer.from(form))).toBe(true)
    expect(form).not.toContain('/')
    const hex = bytes.toString('hex')
    expect(forms.get(form) ?? hex).toBe(hex)
    forms.set(form, hex)
  }
})

test.each([
  '%bytes:',
  '%bytes:a',
  '%bytes:a.png',
  '%bytes:%2F',
  '%bytes:%ff',
  '%bytes:%F',
  '%bytes:%FF%2Fa',
  '%bytes:%GG',
  '%bytes:%FF\u0100',
  '%bytes:..',
  '%bytes:%2E%2E',
  '%bytes:%FF%00',
])('refuses %j, which no listing gives out', form => {
  expect(() => resolveInside('/root', form, 'linux')).toThrow(FileRefused)
})

test('takes a backslash or colon for a part of a name, but not on Windows', () => {
  expect(resolveInside('/root', 'a\\b:c', 'linux')).toBe('/root/a\\b:c')
  for (const id of ['a\\b', '..\\a', 'C:', 'C:/a', 'a.png:stream']) {
    expect(() => resolveInside('/root', id, 'win32'), id).toThrow(FileRefused)
  }
})

test.skipIf(process.platform !== 'linux')(
  'finds and opens files whose names are not Unicode, and those beside them',
  async () => {
    const root = await makeFolder('café.png', '%bytes:x.png', '\uFFFD.png')
    const latin1 = Buffer.from('/caf\xE9.png', 'latin1')
    await writeFile(Buffer.concat([Buffer.from(root), latin1]), 'latin1')
    const source = createFolderSource()
    const files = await listAll(source, root, 1)
    const bytesOf = async (id: string) => (await buffer((await source.open(root, id)).stream)).toString()
    const read = await Promise.all(files.map(async file => [file.sourceId, file.path, await bytesOf(file.sourceId)]))
    expect(read).toEqual([
      ['%bytes:%25bytes%3Ax.png', '%bytes:x.png', '%bytes:x.png'],
      ['%bytes:caf%E9.png', 'caf\uFFFD.png', 'latin1'],
      ['café.png', 'café.png', 'café.png'],
      ['\uFFFD.png', '\uFFFD.png', '\uFFFD.png'],
    ])
    expect(source.localPath(root, '%bytes:caf%E9.png')).toBeNull()
  },
)

test.skipIf(process.platform !== 'linux')('goes into folders whose names are not Unicode', async () => {
  const root = await makeFolder('a.png')
  const folder = Buffer.concat([Buffer.from(root), Buffer.from('/f\xFCr', 'latin1')])
  await mkdir(folder)
  await writeFile(Buffer.concat([folder, Buffer.from('/b.png')]), 'b')
  await writeFile(Buffer.concat([folder, Buffer.from('/c.png')]), 'c')
  const source = createFolderSource()
  const files = await listAll(source, root, 1)
  expect(files.map(file => file.sourceId)).toEqual(['%bytes:f%FCr/b.png', '%bytes:f%FCr/c.png', 'a.png'])
  expect(files.map(file => file.path)).toEqual(['f\uFFFDr/b.png', 'f\uFFFDr/c.png', 'a.png'])
  expect((await createFolderSource().listPage(root, '%bytes:f%FCr/b.png', 9)).files.map(file => file.sourceId)).toEqual(
    ['%bytes:f%FCr/c.png', 'a.png'],
  )
  expect((await buffer((await source.open(root, '%bytes:f%FCr/c.png')).stream)).toString()).toBe('c')
})

test.skipIf(process.platform !== 'linux')('keeps odd but valid names as they are', async () => {
  const names = [
    'line\nbreak.png',
    'quote".png',
    "quote'.png",
    ' lead.png',
    'trail.png ',
    'tab\t.png',
    '\u001b[31mred.png',
    '\u202Egnp.exe.png',
    '-rf.png',
    '*?.png',
    'a\\b.png',
    'C:.png',
    'é.png',
    'e\u0301.png',
    `${'x'.repeat(251)}.png`,
  ]
  const root = await makeFolder()
  for (const name of names) await addFile(root, `${name}/${name}`, name)
  const source = createFolderSource()
  const files = await listAll(source, root, 4)
  expect(files.map(file => file.filename).sort()).toEqual(names.toSorted())
  for (const file of files) {
    expect(file.path).toBe(file.sourceId)
    expect((await buffer((await source.open(root, file.sourceId)).stream)).toString()).toBe(file.filename)
  }
})

test.skipIf(process.platform !== 'linux')('says which folder lies too deep for the system to reach', async () => {
  const root = await makeFolder('a.png', 'z.png')
  // Only a step at a time gets below the 4,096 bytes of PATH_MAX.
  const name = 'x'.repeat(200)
  const steps = `cd "$0"; for i in $(seq 25); do mkdir ${name}; cd ${name}; done; echo deep > deep.png`
  onTestFinished(async () => void (await run('rm', ['-rf', join(root, name)])))
  await run('bash', ['-c', steps, root])
  const files = await listAll(createFolderSource(), root)
  expect(files.map(file => file.verdict?.code ?? file.path)).toEqual(['a.png', 'folder-unreadable', 'z.png'])
  expect(files[1]?.isFolder).toBe(true)
})
