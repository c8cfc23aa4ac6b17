import { randomBytes } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ListedFile, ListedFolder, MediaSource } from '../../src/main/sources/index.ts'
import type { SourceFixture } from './media-source.contract.ts'

type ChangingSource = MediaSource & Required<Pick<MediaSource, 'listChanges'>>
export type ChangingSourceFixture = SourceFixture & { source: ChangingSource }

/** What every source promises that can say what changed. */
export function describeChangingSourceContract(name: string, makeFixture: () => Promise<ChangingSourceFixture>): void {
  describe(`${name} as a source that says what changed`, () => {
    async function openFixture() {
      const fixture = await makeFixture()
      onTestFinished(() => fixture.cleanUp())
      const { root } = await fixture.source.resolveRoot(fixture.root)
      await fixture.addFile('stays.png', randomBytes(10))
      await fixture.addFile('a/b/deep.png', randomBytes(10))
      return { ...fixture, root, mirror: new Mirror(fixture.source, root) }
    }

    test('tells at the end of a listing where changes begin, and then of none', async () => {
      const { source, root, mirror } = await openFixture()
      await mirror.listWhole()
      expect(mirror.paths()).toEqual(['a/b/deep.png', 'stays.png'])
      const { changesFrom, ...changes } = await source.listChanges(root, mirror.changesFrom, mirror.known)
      expect(changes).toEqual({ files: [], gone: [], folders: [], cursor: null, mustListWhole: false })
      expect(await source.listChanges(root, changesFrom ?? '', mirror.known)).toMatchObject({ files: [], gone: [] })
    })

    test('gives every folder above a file with its name and the folder it is in', async () => {
      const { mirror } = await openFixture()
      await mirror.listWhole()
      expect([...mirror.folders.values()].map(folder => folder.name).sort()).toEqual(['a', 'b'])
      const [a, b] = ['a', 'b'].map(name => [...mirror.folders.values()].find(folder => folder.name === name))
      expect(b?.parentId).toBe(a?.sourceId)
    })

    test('tells of a new file, with the path it has', async () => {
      const { mirror, addFile } = await openFixture()
      await mirror.listWhole()
      await addFile('a/b/new.png', randomBytes(5))
      expect(await mirror.follow()).toEqual({ listedWhole: false })
      expect(mirror.paths()).toEqual(['a/b/deep.png', 'a/b/new.png', 'stays.png'])
    })

    test('tells of a file that was written again, with another tag', async () => {
      const { mirror, addFile } = await openFixture()
      await mirror.listWhole()
      const before = mirror.at('stays.png')
      await addFile('stays.png', randomBytes(11))
      expect(await mirror.follow()).toEqual({ listedWhole: false })
      const after = mirror.at('stays.png')
      expect(after).toMatchObject({ sourceId: before?.sourceId, sizeBytes: 11 })
      expect(after?.contentTag).not.toBe(before?.contentTag)
    })

    test('tells of a file that was renamed or moved to another folder, with the same id and tag', async () => {
      const { mirror, rename } = await openFixture()
      await mirror.listWhole()
      const before = mirror.at('stays.png')
      await rename('stays.png', 'a/b/moved.png')
      expect(await mirror.follow()).toEqual({ listedWhole: false })
      const { sourceId, contentTag } = before ?? {}
      expect(mirror.at('a/b/moved.png')).toMatchObject({ sourceId, contentTag })
      expect(mirror.paths()).toEqual(['a/b/deep.png', 'a/b/moved.png'])
    })

    test('tells of a file that was removed', async () => {
      const { mirror, removeFile } = await openFixture()
      await mirror.listWhole()
      await removeFile('stays.png')
      expect(await mirror.follow()).toEqual({ listedWhole: false })
      expect(mirror.paths()).toEqual(['a/b/deep.png'])
    })

    test('tells of files in new folders, if by having everything listed', async () => {
      const { mirror, addFile } = await openFixture()
      await mirror.listWhole()
      await addFile('new/folder/in.png', randomBytes(5))
      await mirror.follow()
      expect(mirror.paths()).toEqual(['a/b/deep.png', 'new/folder/in.png', 'stays.png'])
    })

    test('asks for a whole listing when a folder was renamed', async () => {
      const { mirror, rename } = await openFixture()
      await mirror.listWhole()
      await rename('a', 'z')
      expect(await mirror.follow()).toEqual({ listedWhole: true })
      expect(mirror.paths()).toEqual(['stays.png', 'z/b/deep.png'])
    })

    test('leaves nothing out that comes while it lists', async () => {
      const { source, root, mirror, addFile } = await openFixture()
      const { files, folders, cursor } = await source.listPage(root, null, 1)
      mirror.take(files, folders)
      await addFile('late.png', randomBytes(5))
      await mirror.listWhole(cursor)
      await mirror.follow()
      expect(mirror.paths()).toEqual(['a/b/deep.png', 'late.png', 'stays.png'])
    })
  })
}

/** What a library would know. */
class Mirror {
  readonly files = new Map<string, ListedFile>()
  readonly folders = new Map<string, ListedFolder>()
  changesFrom = ''
  readonly #source: ChangingSource
  readonly #root: string

  constructor(source: ChangingSource, root: string) {
    this.#source = source
    this.#root = root
  }

  readonly known = (sourceId: string) => this.folders.get(sourceId) ?? null

  take(files: ListedFile[], folders: ListedFolder[] = []): void {
    for (const file of files) this.files.set(file.sourceId, file)
    for (const folder of folders) this.folders.set(folder.sourceId, folder)
  }

  async listWhole(from: string | null = null): Promise<void> {
    if (from === null) {
      this.files.clear()
      this.folders.clear()
    }
    for (let cursor = from, isFirst = true; isFirst || cursor !== null; isFirst = false) {
      const page = await this.#source.listPage(this.#root, cursor, 100)
      this.take(page.files, page.folders)
      cursor = page.cursor
      this.changesFrom = page.changesFrom ?? ''
    }
  }

  async follow(): Promise<{ listedWhole: boolean }> {
    for (let cursor: string | null = this.changesFrom; cursor !== null; ) {
      const page = await this.#source.listChanges(this.#root, cursor, this.known)
      if (page.mustListWhole) {
        await this.listWhole()
        return { listedWhole: true }
      }
      this.take(page.files, page.folders)
      for (const id of page.gone) this.files.delete(id)
      cursor = page.cursor
      this.changesFrom = page.changesFrom ?? this.changesFrom
    }
    return { listedWhole: false }
  }

  paths(): string[] {
    return [...this.files.values()].map(file => file.path).sort()
  }

  at(path: string): ListedFile | undefined {
    return [...this.files.values()].find(file => file.path === path)
  }
}
