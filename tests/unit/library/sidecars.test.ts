import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import type { SidecarConflicts, SidecarOfMedia, SidecarWords } from '../../../src/shared/sidecars.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'

const said = (mediaId: number, words: Partial<SidecarWords>, isOwn = false): SidecarOfMedia => ({
  mediaId,
  words: { tags: [], ...words },
  isOwn,
})

const differences = async (library: Library, ...sidecars: SidecarOfMedia[]) =>
  (await library.ask.sidecarDifferences(sidecars)).map(each =>
    each.map(({ field, mine, theirs }) => `${field}: ${mine} → ${theirs}`),
  )

/** In pieces, to the end. @returns how many pictures were changed. */
function take(library: Library, sidecars: readonly SidecarOfMedia[], conflicts: SidecarConflicts): number {
  const taking = library.sidecars.begin(conflicts)
  for (const sidecar of sidecars) taking.add([sidecar])
  taking.end()
  return taking.pictures()
}

const stateOf = (library: Library, id: number) => {
  const media = library.detail(id)
  if (!media) return null
  const { words, rating, flag, label, title, tags } = media
  return { words, rating, flag, label, title, own: tags.filter(tag => tag.source === 'person').map(tag => tag.name) }
}

/** As the file itself has it. */
function writeInFile(library: Library, id: number, metadata: object, rating: number | null = null): void {
  openBeside(library)
    .prepare('UPDATE media SET metadata = json_patch(metadata, ?), rating = ? WHERE id = ?')
    .run(JSON.stringify(metadata), rating, id)
}

test('what the file or the person says already is no change', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'barn.png' })
  writeInFile(library, id, { title: 'Barn', caption: 'A barn.', keywords: ['Farm'] }, 3)
  library.words.set([id], 'style', 'plain')
  library.words.changeTags([id], ['ink'], [])
  library.marks.set([id], { flag: 'picked', label: 'red' })
  const same = {
    title: 'Barn',
    description: 'A barn.',
    tags: ['INK', 'farm'],
    rating: 3,
    flag: 'picked',
    label: 'red',
  } as const
  expect(await differences(library, said(id, { ...same, tags: [...same.tags] }))).toEqual([[]])
  expect(await differences(library, said(id, { rating: 0 }))).toEqual([['rating: null → 0']])
  library.marks.set([id], { rating: 2 })
  expect(await differences(library, said(id, { rating: 0 }), said(999, { title: 'x' }))).toEqual([[], []])
})

test('what is new is taken, and the person keeps their word unless they give it up', async () => {
  const library = await openTestLibrary()
  const [plain, own] = ['a.png', 'b.png'].map(path => addPicture(library, { path })) as [number, number]
  library.words.set([own], 'title', 'Mine')
  library.words.set([own], 'description', 'My words.')
  library.words.changeTags([own], ['kept'], [])
  library.marks.set([own], { rating: 1, flag: 'picked', label: 'blue' })
  const theirs = {
    title: 'Theirs',
    description: 'Their words.',
    tags: ['Ink'],
    rating: 5,
    flag: 'rejected',
    label: 'red',
  } as const
  const sidecars = [plain, own].map(id => said(id, { ...theirs, tags: [...theirs.tags] }))
  expect(await differences(library, ...sidecars)).toEqual([
    [
      'title: null → Theirs',
      'description: null → Their words.',
      'tags: null → ink',
      'rating: null → 5',
      'flag: null → rejected',
      'label: null → red',
    ],
    [
      'title: Mine → Theirs',
      'description: My words. → Their words.',
      'tags: null → ink',
      'rating: 1 → 5',
      'flag: picked → rejected',
      'label: blue → red',
    ],
  ])
  const before = [stateOf(library, plain), stateOf(library, own)]
  expect(take(library, sidecars, 'keep')).toBe(2)
  const taken = {
    words: { title: 'Theirs', description: 'Their words.' },
    title: 'Theirs',
    rating: 5,
    flag: 'rejected',
    label: 'red',
    own: ['ink'],
  }
  expect(stateOf(library, plain)).toEqual(taken)
  expect(stateOf(library, own)).toEqual({ ...before[1], own: ['ink', 'kept'] })
  expect(library.history.undo()).toMatchObject({ title: 'Read the sidecars of 2 pictures', count: 2, leftCount: 0 })
  expect([stateOf(library, plain), stateOf(library, own)]).toEqual(before)
  take(library, sidecars, 'take')
  expect(stateOf(library, own)).toEqual({ ...taken, own: ['ink', 'kept'] })
})

test('a rejected tag stays away unless the file is to be right; a suggestion of our own sidecar is no more than that', async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png' })
  const tags = ['maybe', 'never'].map(name => ({ name, origin: 'model', confidence: 0.5 }))
  const result = { description: 'It may be a barn.', tags: [], content: '' }
  library.media.recordAnalysis(id, { analyser: 'openai', version: '1', result, failure: null, tags, model: 'm' })
  library.words.decide([id], 'reject', { field: 'tag', value: 'never' })
  const words = { description: 'It may be a barn.', tags: ['maybe', 'never'] }
  expect(await differences(library, said(id, words, true), said(id, words))).toEqual([
    ['tags: never → never'],
    ['description: null → It may be a barn.', 'tags: null → maybe', 'tags: never → never'],
  ])
  take(library, [said(id, words)], 'keep')
  expect(stateOf(library, id)).toMatchObject({ own: ['maybe'], words: { description: 'It may be a barn.' } })
  take(library, [said(id, words)], 'take')
  expect(stateOf(library, id)?.own).toEqual(['maybe', 'never'])
})

test('pieces are one command for undo and redo; what is given up leaves nothing', async () => {
  const library = await openTestLibrary()
  const ids = ['a', 'b', 'c'].map(name => addPicture(library, { path: `${name}.png` }))
  const [a, b, c] = ids.map((id, i) => said(id, { rating: i + 1 })) as [SidecarOfMedia, SidecarOfMedia, SidecarOfMedia]
  const ratings = () => ids.map(id => library.detail(id)?.rating)
  expect(take(library, [a, b, b], 'keep')).toBe(2)
  expect(library.history.state().undo).toBe('Read the sidecars of 2 pictures')
  expect(library.history.undo()).toMatchObject({ count: 2, leftCount: 0 })
  expect(ratings()).toEqual([null, null, null])
  expect(library.history.redo()).toMatchObject({ count: 2 })
  expect(ratings()).toEqual([1, 2, null])
  const taking = library.sidecars.begin('keep')
  expect(library.sidecars.isBusy()).toBe(true)
  taking.add([c])
  expect(ratings()).toEqual([1, 2, 3])
  while (taking.giveUp());
  expect(ratings()).toEqual([1, 2, null])
  expect(library.sidecars.isBusy()).toBe(false)
  expect(library.history.state().undo).toBe('Read the sidecars of 2 pictures')
})

test("a person's title is shown, found and taken back", async () => {
  const library = await openTestLibrary()
  const id = addPicture(library, { path: 'a.png' })
  writeInFile(library, id, { title: 'Scan' })
  library.words.set([id], 'title', 'Windmill')
  const found = async (text: string) =>
    (await library.ask.page({ filter: { text }, sort: 'newest' }, null, 10)).items.length
  expect(library.detail(id)).toMatchObject({ title: 'Windmill', words: { title: 'Windmill' } })
  expect([await found('windmill'), await found('scan')]).toEqual([1, 0])
  library.words.set([id], 'title', null)
  expect(library.detail(id)?.title).toBe('Scan')
  expect([await found('windmill'), await found('scan')]).toEqual([0, 1])
})
