import { expect, test } from 'vitest'
import { editionCopies } from '../../../src/main/library/migrations/0014-edition-copies.ts'
import { makeWork } from '../../support/artworks.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'
import { allPages, answersOf } from '../../support/library-lists.ts'

async function makeLibrary() {
  const library = await openTestLibrary()
  const ids = ['a.png', 'b.png', 'c.png'].map(path => addPicture(library, { path })) as [number, number, number]
  const answers = answersOf(library)
  const find = (text: string) => allPages(answers, { filter: { text }, sort: 'oldest' }, 2).map(({ id }) => id)
  return { library, answers, ids, find }
}

test('pictures are found by title, number and series of the work they show', async () => {
  const { library, answers, ids, find } = await makeLibrary()
  const [a, b, c] = ids
  const id = makeWork(library, [a, b], { title: 'Night Ferry', series: 'Harbours' })
  makeWork(library, [c], { title: 'Low tide' })
  for (const text of [
    'ferry',
    'NIGHT ',
    '2019-001 ',
    'harbours ',
    'artwork:"night ferry" ',
    'artwork:night*',
    'artwork:2019-001 ',
    'series:harbours ',
  ]) {
    expect(find(text), text).toEqual([a, b])
  }
  expect(find('has:artwork ')).toEqual([a, b, c])
  expect(find('-artwork:"low tide" has:artwork ')).toEqual([a, b])
  expect(answers.suggestValues('artwork', 'nig', 5)).toEqual([{ value: 'night ferry', count: 2 }])
  expect(answers.suggestValues('series', '', 5)).toEqual([{ value: 'harbours', count: 2 }])

  library.artworks.update(id, { title: 'Day ferry', inventoryNumber: 'F7', series: null })
  expect(find('night ')).toEqual([])
  expect(find('artwork:"night ferry" ')).toEqual([])
  expect(find('series:harbours ')).toEqual([])
  expect(find('artwork:f7 ')).toEqual([a, b])
  library.history.undo()
  expect(find('artwork:"night ferry" series:harbours ')).toEqual([a, b])
  library.history.redo()
  expect(find('day ')).toEqual([a, b])
  library.artworks.removeMedia(id, [b])
  expect(find('day ')).toEqual([a])
  library.artworks.delete(id)
  expect(find('day ')).toEqual([])
  library.history.undo()
  expect(find('day ')).toEqual([a])
})

test('a series that is renamed, merged or removed is what its pictures are found by', async () => {
  const { library, ids, find } = await makeLibrary()
  const [a, b] = ids
  const work = makeWork(library, [a], { title: 'Pier', series: 'Sea' })
  makeWork(library, [b], { title: 'Hill', series: 'Land' })
  const idOf = (name: string) => library.series.list().find(each => each.name === name)?.id ?? 0
  library.series.rename(idOf('Sea'), 'Ocean')
  expect([find('series:sea '), find('series:ocean '), find('ocean ')]).toEqual([[], [a], [a]])
  library.history.undo()
  expect([find('series:sea '), find('series:ocean ')]).toEqual([[a], []])
  library.series.merge(idOf('Sea'), idOf('Land'))
  expect(find('series:land ')).toEqual([a, b])
  expect(library.series.list()).toMatchObject([{ name: 'Land', count: 2 }])
  library.history.undo()
  expect([find('series:sea '), find('series:land ')]).toEqual([[a], [b]])
  library.series.remove(idOf('Sea'))
  expect([find('series:sea '), library.artworkLists.get(work)?.series]).toEqual([[], null])
  library.history.undo()
  expect([find('series:sea '), library.artworkLists.get(work)?.series]).toEqual([[a], 'Sea'])
  expect(library.series.merge(idOf('Sea'), 99)).toBe('no-series')
  expect(library.series.merge(idOf('Sea'), idOf('Sea'))).toEqual({ commandId: null })
  expect(library.series.remove(99)).toBe('no-series')
})

test('what a person calls a picture’s series is beside that of its work, once', async () => {
  const { library, ids, find } = await makeLibrary()
  const [a] = ids
  library.words.set([a], 'series', 'sea')
  makeWork(library, [a], { title: 'Pier', series: 'Sea' })
  expect(find('series:sea ')).toEqual([a])
  const facets = openBeside(library).prepare('SELECT facets FROM media WHERE id = ?').pluck().get(a) as string
  expect(new Set(facets.split(' ')).size).toBe(facets.split(' ').length)
})

test('works are ordered within their series, and the order goes with undo', async () => {
  const { library, ids } = await makeLibrary()
  const [a] = ids
  const works = ['One', 'Two', 'Three'].map(title => makeWork(library, [a], { title, series: 'Sea' }))
  const [one, two, three] = works as [number, number, number]
  const seriesId = library.artworkLists.get(one)?.seriesId ?? 0
  const listed = (sort: 'series' | 'newest' = 'series') =>
    library.artworkLists.page({ filter: { seriesId }, sort }, null, 10).items.map(item => item.id)
  expect(listed()).toEqual([one, two, three])
  library.series.reorder(seriesId, [three, one])
  expect(listed()).toEqual([three, one, two])
  const beside = (id: number) => library.artworkLists.beside({ filter: { seriesId }, sort: 'series' }, id)
  expect(beside(three)).toEqual({ previousId: null, nextId: one })
  expect(beside(one)).toEqual({ previousId: three, nextId: two })
  expect(beside(two)).toEqual({ previousId: one, nextId: null })
  expect(beside(99)).toEqual({ previousId: null, nextId: null })
  expect(library.artworkLists.beside({ filter: { text: 'two' }, sort: 'title' }, three)).toEqual({
    previousId: null,
    nextId: two,
  })
  // A work that is new to the series comes last; one that left has no place in the next.
  const four = makeWork(library, [a], { title: 'Four', series: 'Sea' })
  expect(listed()).toEqual([three, one, two, four])
  library.artworks.update(three, { series: 'Land' })
  library.artworks.update(three, { series: 'Sea' })
  expect(listed()).toEqual([one, two, three, four])
  for (let i = 0; i < 4; i++) library.history.undo()
  expect(listed()).toEqual([one, two, three])
})

test('pictures of works that were made before are filed anew', async () => {
  const { library, ids, find } = await makeLibrary()
  makeWork(library, [ids[0]], { title: 'Night ferry' })
  const db = openBeside(library)
  const filing = editionCopies.slice(editionCopies.indexOf('INSERT OR IGNORE'))
  db.exec(`UPDATE artworks SET title = 'Old ferry'; ${filing}`)
  expect(db.prepare('SELECT media_id FROM filings_due').pluck().all()).toEqual([ids[0]])
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  await expect.poll(() => db.prepare('SELECT count(*) FROM filings_due').pluck().get()).toBe(0)
  expect(find('old ')).toEqual([ids[0]])
  await again.close()
})
