import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { originalKey } from '../../src/main/storage/keys.ts'
import { type ObjectStore, StoreFailed } from '../../src/main/storage/port.ts'

export interface StoreFixture {
  store: ObjectStore
  /** Another instance on the same objects, as a new process would have. */
  reopen(): Promise<ObjectStore>
  /** Replaces the bytes of an object behind the store's back. */
  damage(key: string, bytes: Uint8Array): Promise<void>
  /** Everything that lies where objects lie, whatever its name. */
  countEverything(): Promise<number>
  cleanUp(): Promise<void>
}

/** What every store of originals promises. */
export function describeObjectStoreContract(name: string, makeFixture: () => Promise<StoreFixture>): void {
  describe(`${name} as an object store`, () => {
    async function openFixture(): Promise<StoreFixture> {
      const fixture = await makeFixture()
      onTestFinished(() => fixture.cleanUp())
      return fixture
    }

    test('gives back what was put, in this process and the next', async () => {
      const { store, reopen } = await openFixture()
      const { key, bytes, sha256 } = anObject(3 * 1024 * 1024 + 5)
      expect(await store.put(key, bodyOf(bytes), sha256)).toEqual({ key, sizeBytes: bytes.length })
      for (const opened of [store, await reopen()]) {
        expect(await opened.head(key)).toEqual({ key, sizeBytes: bytes.length })
        expect(hashOf(await buffer(await opened.get(key)))).toBe(sha256)
      }
    })

    test('keeps an object of no bytes', async () => {
      const { store } = await openFixture()
      const { key, sha256 } = anObject(0)
      await store.put(key, bodyOf(Buffer.alloc(0)), sha256)
      expect(await store.head(key)).toEqual({ key, sizeBytes: 0 })
      expect(await buffer(await store.get(key))).toHaveLength(0)
    })

    test('knows nothing of what was never put', async () => {
      const { store } = await openFixture()
      const { key } = anObject(10)
      expect(await store.head(key)).toBeNull()
      await expect(store.get(key)).rejects.toMatchObject({ name: 'StoreFailed', code: 'not-found' })
      await expect(store.delete(key)).resolves.toBeUndefined()
    })

    test('puts the same object twice without harm, and without reading it again', async () => {
      const { store, countEverything } = await openFixture()
      const { key, bytes, sha256 } = anObject(1000)
      await store.put(key, bodyOf(bytes), sha256, bytes.length)
      const count = await countEverything()
      const again = bodyOf(bytes)
      expect(await store.put(key, again, sha256, bytes.length)).toEqual({ key, sizeBytes: 1000 })
      expect(again.destroyed).toBe(true)
      expect(again.readableDidRead).toBe(false)
      expect(await countEverything()).toBe(count)
    })

    test('takes the same object from several at once', async () => {
      const { store } = await openFixture()
      const { key, bytes, sha256 } = anObject(200_000)
      await Promise.all(Array.from({ length: 5 }, () => store.put(key, bodyOf(bytes), sha256, bytes.length)))
      expect(hashOf(await buffer(await store.get(key)))).toBe(sha256)
    })

    test('writes a damaged object anew when it has another size', async () => {
      const { store, damage } = await openFixture()
      const { key, bytes, sha256 } = anObject(1000)
      await store.put(key, bodyOf(bytes), sha256, bytes.length)
      await damage(key, bytes.subarray(0, 400))
      await store.put(key, bodyOf(bytes), sha256, bytes.length)
      expect(await buffer(await store.get(key))).toEqual(bytes)
    })

    test('keeps nothing of bytes that are not what they should be', async () => {
      const { store, countEverything } = await openFixture()
      const { key, bytes, sha256 } = anObject(1000)
      const count = await countEverything()
      const wrong = Buffer.concat([bytes.subarray(0, 999), Buffer.from([(bytes[999] ?? 0) ^ 1])])
      await expect(store.put(key, bodyOf(wrong), sha256)).rejects.toMatchObject({ code: 'hash-mismatch' })
      expect(await store.head(key)).toBeNull()
      expect(await countEverything()).toBe(count)
    })

    test('keeps nothing of a body that fails midway, and lets its error through', async () => {
      const { store, countEverything } = await openFixture()
      const { key, bytes, sha256 } = anObject(1000)
      const count = await countEverything()
      const failure = new Error('The source went away.')
      const body = Readable.from(
        (async function* () {
          yield bytes.subarray(0, 500)
          throw failure
        })(),
      )
      await expect(store.put(key, body, sha256)).rejects.toBe(failure)
      expect(await store.head(key)).toBeNull()
      expect(await countEverything()).toBe(count)
    })

    test('survives a body that has failed before it is read', async () => {
      const { store } = await openFixture()
      const { key, sha256 } = anObject(10)
      const failure = new Error('Never opened.')
      const body = new PassThrough()
      const put = store.put(key, body, sha256)
      body.destroy(failure)
      await expect(put).rejects.toBe(failure)
      expect(await store.head(key)).toBeNull()
    })

    test('gives a range of bytes, both ends included', async () => {
      const { store } = await openFixture()
      const { key, bytes, sha256 } = anObject(1000)
      await store.put(key, bodyOf(bytes), sha256)
      const range = async (start: number, end: number) => buffer(await store.get(key, { start, end }))
      expect(await range(0, 0)).toEqual(bytes.subarray(0, 1))
      expect(await range(10, 19)).toEqual(bytes.subarray(10, 20))
      expect(await range(990, 5000)).toEqual(bytes.subarray(990))
      for (const [start, end] of [
        [1000, 1001],
        [-1, 5],
        [9, 8],
      ] as const) {
        await expect(store.get(key, { start, end }), `${start}-${end}`).rejects.toBeInstanceOf(StoreFailed)
      }
    })

    test('forgets what is deleted, and takes it again', async () => {
      const { store } = await openFixture()
      const { key, bytes, sha256 } = anObject(100)
      await store.put(key, bodyOf(bytes), sha256)
      await store.delete(key)
      expect(await store.head(key)).toBeNull()
      await store.put(key, bodyOf(bytes), sha256)
      expect(await buffer(await store.get(key))).toEqual(bytes)
    })

    test('has the same bytes at its local path, where it has one', async () => {
      const { store } = await openFixture()
      const { key, bytes, sha256 } = anObject(100)
      await store.put(key, bodyOf(bytes), sha256)
      const path = store.localPath(key)
      if (path !== null) expect(await readFile(path)).toEqual(bytes)
    })

    test.each([
      '',
      '/',
      '..',
      '../x',
      'a/../b',
      '/etc/passwd',
      'a//b',
      'a/',
      '.hidden',
      'a/.partial',
      'a\\b',
      'a:b',
      'a\0',
      'A/B',
      'a b',
      'ä',
      'a.',
      'a'.repeat(1025),
    ])('refuses %j as a key everywhere, and the body with it', async key => {
      const { store, countEverything } = await openFixture()
      const count = await countEverything()
      const body = bodyOf(Buffer.from('x'))
      await expect(store.put(key, body, hashOf(Buffer.from('x')))).rejects.toMatchObject({ code: 'bad-key' })
      expect(body.destroyed).toBe(true)
      await expect(store.get(key)).rejects.toMatchObject({ code: 'bad-key' })
      await expect(store.head(key)).rejects.toMatchObject({ code: 'bad-key' })
      await expect(store.delete(key)).rejects.toMatchObject({ code: 'bad-key' })
      expect(() => store.localPath(key)).toThrow(StoreFailed)
      expect(await countEverything()).toBe(count)
    })
  })
}

export function anObject(size: number): { key: string; bytes: Buffer; sha256: string } {
  const bytes = randomBytes(size)
  const sha256 = hashOf(bytes)
  return { key: originalKey(sha256, 'png'), bytes, sha256 }
}

/** Bytes as they come from a source: in several chunks. */
export function bodyOf(bytes: Buffer, chunkBytes = 64 * 1024): Readable {
  const count = Math.ceil(bytes.length / chunkBytes)
  return Readable.from(
    Array.from({ length: count }, (_, i) => bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes)),
    { objectMode: false },
  )
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
