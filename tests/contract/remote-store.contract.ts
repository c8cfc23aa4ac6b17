import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type RemoteStore, type RemoteStoreConfig, StoreFailed } from '../../src/main/storage/port.ts'
import { anObject, bodyOf, type StoreFixture } from './object-store.contract.ts'

export interface RemoteStoreFixture extends StoreFixture {
  store: RemoteStore
  /** Another store in the same bucket. */
  open(change: Partial<RemoteStoreConfig>): RemoteStore
  /** Begins an upload in parts that nobody will end, as a process that was killed left it. */
  beginUpload(objectKey: string): Promise<void>
}

/** More than goes in one piece. */
const inParts = 17 * 1024 * 1024 + 3

/** What every store over a network promises beside what all stores do. */
export function describeRemoteStoreContract(name: string, makeFixture: () => Promise<RemoteStoreFixture>): void {
  describe(`${name} as a remote store`, () => {
    async function openFixture(): Promise<RemoteStoreFixture> {
      const fixture = await makeFixture()
      onTestFinished(() => fixture.cleanUp())
      return fixture
    }

    test.each([1000, inParts])('takes and gives %i bytes, whole and in ranges', async size => {
      const { store } = await openFixture()
      const { key, bytes, sha256 } = anObject(size)
      const read = async (range?: { start: number; end: number }) => buffer(await store.get(key, range))
      expect(await store.put(key, bodyOf(bytes), sha256)).toEqual({ key, sizeBytes: size })
      expect(await store.head(key)).toEqual({ key, sizeBytes: size })
      expect(bytes.equals(await read())).toBe(true)
      expect(await read({ start: 0, end: 0 })).toEqual(bytes.subarray(0, 1))
      expect(await read({ start: size - 10, end: size + 10 })).toEqual(bytes.subarray(-10))
    })

    test.each([1000, inParts])('takes %i bytes from several at once, and again without reading', async size => {
      const { store, countEverything } = await openFixture()
      const { key, bytes, sha256 } = anObject(size)
      await Promise.all(Array.from({ length: 3 }, () => store.put(key, bodyOf(bytes), sha256, size)))
      const count = await countEverything()
      const again = bodyOf(bytes)
      await store.put(key, again, sha256, size)
      expect(again.readableDidRead).toBe(false)
      expect(await countEverything()).toBe(count)
      expect(bytes.equals(await buffer(await store.get(key)))).toBe(true)
    })

    test('keeps nothing of many bytes that are not what they should be', async () => {
      const { store, countEverything } = await openFixture()
      const { key, bytes } = anObject(inParts)
      const count = await countEverything()
      await expect(store.put(key, bodyOf(bytes), anObject(1).sha256)).rejects.toMatchObject({ code: 'hash-mismatch' })
      expect(await countEverything()).toBe(count)
    })

    test('signs an address by which an object can be read for a while, and by nothing else', async () => {
      const { store } = await openFixture()
      for (const size of [1000, inParts]) {
        const { key, bytes, sha256 } = anObject(size)
        await store.put(key, bodyOf(bytes), sha256, size)
        const url = await store.presignedUrl(key, 600)
        const answer = await fetch(url)
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-type')).toBe('image/png')
        expect(answer.headers.get('x-amz-meta-sha256')).toBe(sha256)
        expect(bytes.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
        expect((await fetch(new URL(new URL(url).pathname, url))).status).toBe(403)
        const other = url.replace(key, anObject(10).key)
        expect((await fetch(other)).status).toBe(403)
      }
    })

    test('signs for no longer than it was asked', async () => {
      const { store } = await openFixture()
      const { key, bytes, sha256 } = anObject(10)
      await store.put(key, bodyOf(bytes), sha256)
      const url = await store.presignedUrl(key, 1)
      while ((await fetch(url)).ok) await delay(100)
      expect((await fetch(url)).status).toBe(403)
    })

    test.each([0, -1, 1.5, Number.NaN, 604_801])('refuses to sign for %d seconds', async seconds => {
      const { store } = await openFixture()
      await expect(store.presignedUrl(anObject(1).key, seconds)).rejects.toBeInstanceOf(StoreFailed)
    })

    test('shows everyone what is public, and nobody what is not', async () => {
      const { store, open } = await openFixture()
      const shown = open({ isPublic: true })
      for (const [opened, status] of [
        [store, 403],
        [shown, 200],
      ] as const) {
        const { key, bytes, sha256 } = anObject(10)
        await opened.put(key, bodyOf(bytes), sha256)
        const answer = await fetch(opened.publicUrl(key))
        expect(answer.status).toBe(status)
        if (answer.ok) expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
      }
    })

    test('says where it is: the same for the same objects, and without a secret', async () => {
      const { store, reopen, open } = await openFixture()
      const again = (await reopen()) as RemoteStore
      expect(again.place).toBe(store.place)
      expect(open({ prefix: 'somewhere/else' }).place).not.toBe(store.place)
      expect(store.place).toMatch(/^s3:[^/]+\/pictures\/library\/one$/)
    })

    test('keeps apart what is below another prefix', async () => {
      const { store, open } = await openFixture()
      const { key, bytes, sha256 } = anObject(10)
      await open({ prefix: 'library/two' }).put(key, bodyOf(bytes), sha256)
      expect(await store.head(key)).toBeNull()
    })

    test('ends uploads that a killed process left, and no others', async () => {
      const { store, open, beginUpload, countEverything } = await openFixture()
      const count = await countEverything()
      await beginUpload(`library/one/${anObject(1).key}`)
      await beginUpload(`library/one/${anObject(2).key}`)
      await beginUpload(`library/ones/${anObject(3).key}`)
      await beginUpload('library/one/of-another-program')
      // Its clock has milliseconds.
      await delay(20)
      expect(await store.abortStaleUploads()).toBe(0)
      const later = open({})
      expect(await later.abortStaleUploads()).toBe(2)
      expect(await later.abortStaleUploads()).toBe(0)
      expect(await countEverything()).toBeGreaterThan(count)
    })

    test('lets an upload go on that is under way', async () => {
      const { store, open } = await openFixture()
      const { key, bytes, sha256 } = anObject(inParts)
      let ended: number | undefined
      const body = Readable.from(
        (async function* () {
          yield bytes.subarray(0, inParts - 1)
          // Two parts are sent while the last byte waits.
          await delay(300)
          ended = await open({}).abortStaleUploads()
          yield bytes.subarray(inParts - 1)
        })(),
      )
      await store.put(key, body, sha256)
      expect(ended).toBe(0)
      expect(await store.head(key)).toEqual({ key, sizeBytes: inParts })
    })

    test('is nowhere on this computer', async () => {
      const { store } = await openFixture()
      expect(store.localPath(anObject(1).key)).toBeNull()
    })

    test.each(['../x', 'A', 'a//b'])('makes no address for %j', async key => {
      const { store } = await openFixture()
      expect(() => store.publicUrl(key)).toThrow(StoreFailed)
      await expect(store.presignedUrl(key, 60)).rejects.toMatchObject({ code: 'bad-key' })
    })
  })
}
