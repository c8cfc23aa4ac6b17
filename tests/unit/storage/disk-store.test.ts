import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createDiskStore } from '../../../src/main/storage/index.ts'
import { anObject, bodyOf } from '../../contract/object-store.contract.ts'

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const partials = (folder: string) => readdir(join(folder, '.partial'))

test('keeps an original as a plain file under its hash, and nothing else', async () => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  const { key, bytes, sha256 } = anObject(1000)
  await store.put(key, bodyOf(bytes), sha256)
  expect(store.localPath(key)).toBe(join(folder, ...key.split('/')))
  expect(await readdir(folder, { recursive: true })).toEqual(
    expect.arrayContaining(['.partial', join(...key.split('/'))]),
  )
  expect(await partials(folder)).toEqual([])
})

test('shows an object only when it is whole', async () => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  const { key, bytes, sha256 } = anObject(1000)
  const body = new PassThrough()
  const put = store.put(key, body, sha256)
  body.write(bytes.subarray(0, 600))
  await expect.poll(() => partials(folder)).toHaveLength(1)
  expect(await store.head(key)).toBeNull()
  body.end(bytes.subarray(600))
  await put
  expect(await store.head(key)).toEqual({ key, sizeBytes: 1000 })
})

test('sweeps what a killed process left half written, and lets a second try succeed', async () => {
  const folder = await makeFolder()
  const { key, bytes, sha256 } = anObject(1000)
  const program = `
    import { PassThrough } from 'node:stream'
    import { createDiskStore } from ${JSON.stringify(new URL('../../../src/main/storage/index.ts', import.meta.url).href)}
    const store = await createDiskStore(process.argv[1])
    const body = new PassThrough()
    body.write(Buffer.alloc(500))
    setInterval(() => {}, 1000)
    await store.put(process.argv[2], body, process.argv[3])`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder, key, sha256], {
    stdio: 'inherit',
  })
  await expect.poll(() => partials(folder).catch(() => []), { timeout: 20_000 }).toHaveLength(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await partials(folder)).toHaveLength(1)
  const store = await createDiskStore(folder)
  expect(await partials(folder)).toEqual([])
  expect(await store.head(key)).toBeNull()
  await store.put(key, bodyOf(bytes), sha256)
  expect(await buffer(await store.get(key))).toEqual(bytes)
})

test('sweeps nothing that it did not make, nor what it is writing right now', async () => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  await writeFile(join(folder, '.partial', 'notes.part'), 'a person put this here')
  const { key, bytes, sha256 } = anObject(1000)
  const body = new PassThrough()
  const put = store.put(key, body, sha256)
  body.write(bytes.subarray(0, 600))
  await expect.poll(() => partials(folder)).toHaveLength(2)
  await createDiskStore(folder)
  expect(await partials(folder)).toHaveLength(2)
  body.end(bytes.subarray(600))
  await put
  expect(await partials(folder)).toEqual(['notes.part'])
})

test('writes anew what is there without a byte, as a failing disk can leave it', async () => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  const { key, bytes, sha256 } = anObject(1000)
  await mkdir(join(folder, key, '..'), { recursive: true })
  await writeFile(join(folder, key), '')
  await store.put(key, bodyOf(bytes), sha256)
  expect(await buffer(await store.get(key))).toEqual(bytes)
})

test('takes a folder in the place of an object for nothing', async () => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  const { key, bytes, sha256 } = anObject(10)
  await mkdir(join(folder, key), { recursive: true })
  expect(await store.head(key)).toBeNull()
  await expect(store.get(key)).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.put(key, bodyOf(bytes), sha256)).rejects.toMatchObject({ name: 'StoreFailed', code: 'other' })
  expect(await partials(folder)).toEqual([])
})

test('goes on when its folder was emptied under it', async () => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  await rm(folder, { recursive: true })
  const { key, bytes, sha256 } = anObject(10)
  expect(await store.head(key)).toBeNull()
  await store.put(key, bodyOf(bytes), sha256)
  expect(await buffer(await store.get(key))).toEqual(bytes)
})

test('opens where it cannot be, and says so at the first put', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, 'file'), '')
  const store = await createDiskStore(join(folder, 'file'))
  const { key, bytes, sha256 } = anObject(10)
  expect(await store.head(key)).toBeNull()
  const body = bodyOf(bytes)
  await expect(store.put(key, body, sha256)).rejects.toMatchObject({ name: 'StoreFailed', code: 'other' })
  expect(body.destroyed).toBe(true)
})

test.skipIf(process.platform === 'win32')('says that permissions forbid it', async context => {
  const folder = await makeFolder()
  const store = await createDiskStore(folder)
  for (const closed of [folder, join(folder, '.partial')]) {
    await chmod(closed, 0o555)
    onTestFinished(() => chmod(closed, 0o755))
  }
  const { geteuid, seteuid } = process
  if (geteuid?.() === 0 && seteuid) {
    try {
      seteuid(65534)
    } catch {
      context.skip('This process may not become another user.')
    }
    onTestFinished(() => seteuid(0))
  }
  const { key, bytes, sha256 } = anObject(10)
  await expect(store.put(key, bodyOf(bytes), sha256)).rejects.toMatchObject({ code: 'denied' })
})

test('puts and gets many at once', async () => {
  const store = await createDiskStore(await makeFolder())
  const objects = Array.from({ length: 60 }, (_, i) => anObject(i * 1000))
  await Promise.all(objects.map(({ key, bytes, sha256 }) => store.put(key, bodyOf(bytes), sha256, bytes.length)))
  const read = await Promise.all(objects.map(async ({ key }) => buffer(await store.get(key))))
  expect(read.map((bytes, i) => objects[i]?.bytes.equals(bytes))).toEqual(Array(60).fill(true))
})
