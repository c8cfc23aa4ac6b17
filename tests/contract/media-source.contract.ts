import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FileRefused, type ListedFile, type MediaSource, SourceUnavailable } from '../../src/main/sources/port.ts'

/** A source with a fresh, empty root, and hands to change what is in it from outside. */
export interface SourceFixture {
  source: MediaSource
  /** As a person would name it. */
  root: string
  /** A root of the same kind that does not exist. */
  absentRoot: string
  /** Another instance of the source, as a new process would have. */
  reopen(): MediaSource
  /** Writes or overwrites; `path` is relative with `/`, and its folders are made. */
  addFile(path: string, bytes: Uint8Array): Promise<void>
  removeFile(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Takes the whole root away: a disk unplugged, a share gone. */
  takeAway(): Promise<void>
  cleanUp(): Promise<void>
}

/** What every source of media promises. */
export function describeMediaSourceContract(name: string, makeFixture: () => Promise<SourceFixture>): void {
  describe(`${name} as a media source`, () => {
    async function openFixture() {
      const fixture = await makeFixture()
      onTestFinished(() => fixture.cleanUp())
      const { root } = await fixture.source.resolveRoot(fixture.root)
      return { ...fixture, root }
    }

    test('names its root, and gives it a form that stays the same', async () => {
      const { source, root } = await openFixture()
      const again = await source.resolveRoot(root)
      expect(again.root).toBe(root)
      expect(again.name.length).toBeGreaterThan(0)
    })

    test('says in a sentence that a root is not there', async () => {
      const { source, absentRoot } = await openFixture()
      const failure = await source.resolveRoot(absentRoot).catch(cause => cause)
      expect(failure).toBeInstanceOf(SourceUnavailable)
      expect(failure.message).toMatch(/ .*\.$/)
    })

    test('lists nothing in an empty root', async () => {
      const { source, root } = await openFixture()
      expect(await source.listPage(root, null, 10)).toMatchObject({ files: [], cursor: null })
    })

    test('finds every file in every folder once, with its name and size', async () => {
      const { source, root, addFile } = await openFixture()
      const sizes: Record<string, number> = { 'a.png': 3, 'b/c.png': 5, 'b/d/e.png': 7, 'b.png': 9, 'z/y/x/w.png': 11 }
      for (const [path, size] of Object.entries(sizes)) await addFile(path, randomBytes(size))
      const files = await listAll(source, root)
      expect(Object.fromEntries(files.map(file => [file.path, file.sizeBytes]))).toEqual(sizes)
      expect(files).toHaveLength(5)
      expect(new Set(files.map(file => file.sourceId)).size).toBe(5)
      for (const file of files) {
        expect(file.filename).toBe(file.path.split('/').at(-1))
        expect(file.verdict).toBeNull()
        expect(Math.abs(file.modifiedMs - Date.now())).toBeLessThan(10 * 60_000)
      }
    })

    test('lists the same files in the same order whatever the page size', async () => {
      const { source, root, addFile } = await openFixture()
      await addSome(addFile)
      const all = await listAll(source, root, 1000)
      expect(all).toHaveLength(13)
      for (const limit of [1, 2, 5, 12, 13]) expect(await listAll(source, root, limit)).toEqual(all)
    })

    test('never answers a page longer than asked for', async () => {
      const { source, root, addFile } = await openFixture()
      await addSome(addFile)
      expect((await source.listPage(root, null, 4)).files.length).toBeLessThanOrEqual(4)
    })

    test('goes on from a cursor in another process', async () => {
      const { source, root, addFile, reopen } = await openFixture()
      await addSome(addFile)
      const all = await listAll(source, root)
      const files: ListedFile[] = []
      let cursor: string | null = null
      do {
        const page = await reopen().listPage(root, cursor, 3)
        files.push(...page.files)
        cursor = page.cursor
      } while (cursor !== null)
      expect(files).toEqual(all)
    })

    test('answers the same page for the same cursor, asked twice', async () => {
      const { source, root, addFile } = await openFixture()
      await addSome(addFile)
      const { cursor } = await source.listPage(root, null, 4)
      const [first, second] = await Promise.all([source.listPage(root, cursor, 4), source.listPage(root, cursor, 4)])
      expect(second).toEqual(first)
      expect(await source.listPage(root, cursor, 4)).toEqual(first)
    })

    test('streams exactly the bytes of a file, with the size and time it was listed with', async () => {
      const { source, root, addFile } = await openFixture()
      const bytes = randomBytes(3 * 1024 * 1024 + 17)
      await addFile('folder/picture.png', bytes)
      const [file] = await listAll(source, root)
      const opened = await source.open(root, idOf(file))
      expect(opened.sizeBytes).toBe(file?.sizeBytes)
      expect(opened.modifiedMs).toBe(file?.modifiedMs)
      expect(sha256(await buffer(opened.stream))).toBe(sha256(bytes))
    })

    test('streams a file from a byte in the middle on', async () => {
      const { source, root, addFile } = await openFixture()
      const bytes = randomBytes(2 * 1024 * 1024 + 5)
      await addFile('folder/picture.png', bytes)
      const [file] = await listAll(source, root)
      const opened = await source.open(root, idOf(file), { fromByte: 1024 * 1024 + 3 })
      expect(opened.sizeBytes).toBe(bytes.length)
      expect(sha256(await buffer(opened.stream))).toBe(sha256(bytes.subarray(1024 * 1024 + 3)))
    })

    test('gives the same bytes at its local path, where it has one', async () => {
      const { source, root, addFile } = await openFixture()
      const bytes = randomBytes(1000)
      await addFile('folder/picture.png', bytes)
      const [file] = await listAll(source, root)
      const path = source.localPath(root, idOf(file))
      if (path !== null) expect(await buffer(createReadStream(path))).toEqual(bytes)
    })

    test('lets go of a file whose stream is given up midway', async () => {
      const { source, root, addFile } = await openFixture()
      await addFile('picture.png', randomBytes(5 * 1024 * 1024))
      const [file] = await listAll(source, root)
      for (let i = 0; i < 20; i++) {
        const { stream } = await source.open(root, idOf(file))
        if (i % 2 === 0) for await (const _ of stream) break
        stream.destroy()
        await expect.poll(() => stream.closed).toBe(true)
      }
    })

    test('shows another size or time when a file was written again', async () => {
      const { source, root, addFile } = await openFixture()
      await addFile('picture.png', randomBytes(100))
      const [before] = await listAll(source, root)
      await addFile('picture.png', randomBytes(101))
      const [after] = await listAll(source, root)
      expect(after?.sizeBytes).toBe(101)
      expect(after?.modifiedMs).toBeGreaterThanOrEqual(before?.modifiedMs ?? Number.NaN)
    })

    test('finds a renamed file under its new path with the same bytes', async () => {
      const { source, root, addFile, rename } = await openFixture()
      const bytes = randomBytes(1000)
      await addFile('old/name.png', bytes)
      await rename('old/name.png', 'new/other.png')
      const files = await listAll(source, root)
      expect(files.map(file => file.path)).toEqual(['new/other.png'])
      expect(await buffer((await source.open(root, idOf(files[0]))).stream)).toEqual(bytes)
    })

    test('lists no file that was removed, and refuses to open it', async () => {
      const { source, root, addFile, removeFile } = await openFixture()
      await addFile('gone.png', randomBytes(10))
      await addFile('stays.png', randomBytes(10))
      const gone = (await listAll(source, root)).find(file => file.path === 'gone.png')
      await removeFile('gone.png')
      expect((await listAll(source, root)).map(file => file.path)).toEqual(['stays.png'])
      await expect(source.open(root, idOf(gone))).rejects.toMatchObject({ name: 'FileRefused', code: 'vanished' })
    })

    test('does not have empty files opened, and refuses to', async () => {
      const { source, root, addFile } = await openFixture()
      await addFile('empty.png', new Uint8Array())
      const [file] = await listAll(source, root)
      expect(file?.verdict).toEqual({ outcome: 'failed', code: 'empty' })
      await expect(source.open(root, idOf(file))).rejects.toMatchObject({ code: 'empty' })
    })

    test('tells what is no picture or video without opening it', async () => {
      const { source, root, addFile } = await openFixture()
      await addFile('notes.txt', randomBytes(10))
      await addFile('sound.mp3', randomBytes(10))
      const files = await listAll(source, root)
      expect(files.map(file => file.verdict)).toEqual(Array(2).fill({ outcome: 'skipped', code: 'not-a-picture' }))
    })

    test('finds and opens files with odd names', async () => {
      const { source, root, addFile } = await openFixture()
      const names = ['a b.png', "it's.png", 'Ünïcödé.png', '猫.png', '🎨🖌️.png', '100%.png', 'a#b?c&d.png', '%41.png']
      for (const name of names) await addFile(`${name} folder/${name}`, Buffer.from(name))
      const files = await listAll(source, root)
      expect(files.map(file => file.filename).sort()).toEqual(names.toSorted())
      for (const file of files) {
        expect((await buffer((await source.open(root, file.sourceId)).stream)).toString()).toBe(file.filename)
      }
    })

    test('refuses ids it never gave out', async () => {
      const { source, root, addFile } = await openFixture()
      await addFile('a.png', randomBytes(10))
      for (const id of ['', '.', '..', '../a.png', '/etc/passwd', 'a.png\0', 'x/../a.png', 'a.png/', 'nonsense']) {
        await expect(source.open(root, id), id).rejects.toBeInstanceOf(FileRefused)
      }
    })

    test('says of everything that the root is gone, once it is', async () => {
      const { source, root, addFile, takeAway } = await openFixture()
      await addSome(addFile)
      const { files, cursor } = await source.listPage(root, null, 4)
      await takeAway()
      await expect(source.listPage(root, null, 4)).rejects.toBeInstanceOf(SourceUnavailable)
      await expect(source.listPage(root, cursor, 4)).rejects.toBeInstanceOf(SourceUnavailable)
      await expect(source.open(root, idOf(files[0]))).rejects.toBeInstanceOf(SourceUnavailable)
      await expect(source.resolveRoot(root)).rejects.toBeInstanceOf(SourceUnavailable)
    })
  })
}

/** Every file below `root`, page by page. */
export async function listAll(source: MediaSource, root: string, limit = 100): Promise<ListedFile[]> {
  const files: ListedFile[] = []
  let cursor: string | null = null
  do {
    const page = await source.listPage(root, cursor, limit)
    files.push(...page.files)
    cursor = page.cursor
  } while (cursor !== null)
  return files
}

function idOf(file: ListedFile | undefined): string {
  if (!file) throw new Error('Nothing was listed.')
  return file.sourceId
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Names whose order as whole paths is not their order folder by folder (`a b` sorts before `a/b`), among others. */
async function addSome(addFile: SourceFixture['addFile']): Promise<void> {
  const paths = ['a/1.png', 'a/2.png', 'a/b/3.png', 'a/b/c/4.png', 'a b.png', 'a-b/5.png', 'a.png', 'a0.png', 'B.png']
  for (const path of [...paths, 'z/1.png', 'z/10.png', 'z/2.png', 'é.png']) await addFile(path, Buffer.from(path))
}
