import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import type { ArtworkFields, Copy, Edition } from '../../../src/shared/artworks.ts'
import { today } from '../../../src/shared/find/days.ts'
import { makeWork } from '../../support/artworks.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'

async function makeEdition(edition: Edition | null, fields: Partial<ArtworkFields> = {}) {
  const library = await openTestLibrary()
  const id = makeWork(library, [addPicture(library, { path: 'a.png' })], { edition, ...fields })
  return { library, id, ...readersOf(library, id) }
}

function readersOf(library: Library, id: number) {
  const work = () => library.artworkLists.get(id)
  const states = () => work()?.copies.map(({ kind, number, status }) => `${kind} ${number} ${status}`)
  const tile = () => library.artworkLists.page({ filter: {}, sort: 'newest' }, null, 10).items[0]
  return { work, states, tile }
}

const copy = (number: number): Pick<Copy, 'kind' | 'number'> => ({ kind: 'copy', number })
const proof = (number: number): Pick<Copy, 'kind' | 'number'> => ({ kind: 'proof', number })
const three = { copy: null, size: 3, proofs: 1 }

test('all copies of an edition are listed, each with a state of its own, and the work follows them', async () => {
  const { library, id, work, states, tile } = await makeEdition(three)
  expect(tile()?.copies).toBeNull()
  library.artworkCopies.listAll(id)
  expect(states()).toEqual(['copy 1 available', 'copy 2 available', 'copy 3 available', 'proof 1 available'])
  const sold = { status: 'sold', price: { minor: 90_000, currency: 'CHF' }, buyer: 'A. Rossi' } as const
  library.artworkCopies.change(id, copy(1), { ...sold, statusOn: '2024-02-29' })
  library.artworkCopies.change(id, copy(2), { status: 'sold', location: 'Basel', note: 'Framed' })
  expect(work()?.copies.slice(0, 2)).toEqual([
    { ...copy(1), ...sold, statusOn: '2024-02-29', location: null, note: null },
    { ...copy(2), status: 'sold', statusOn: today(), price: null, location: 'Basel', buyer: null, note: 'Framed' },
  ])
  expect(work()?.status).toBe('available')
  expect(tile()?.copies).toEqual({ listed: 4, sold: 2, soldProofs: 0 })
  library.artworkCopies.change(id, copy(3), { status: 'sold' })
  library.artworkCopies.change(id, proof(1), { status: 'not-for-sale' })
  expect(work()?.status).toBe('not-for-sale')
  library.artworkCopies.change(id, proof(1), { status: 'sold' })
  expect(work()?.status).toBe('sold')
  // A day that is mended by hand stays when something else changes.
  library.artworkCopies.change(id, copy(3), { statusOn: '2020-01-01' })
  library.artworkCopies.change(id, copy(3), { status: 'sold', note: 'Paid' })
  expect(work()?.copies[2]).toMatchObject({ statusOn: '2020-01-01', note: 'Paid' })
  expect(library.artworks.update(id, { status: 'available' })).toBe('status-of-copies')
  expect(library.artworks.update(id, { status: 'sold', title: 'Pier' })).toMatchObject({})
})

test('works are listed and counted under the states of their copies, and found by who has them', async () => {
  const { library, id } = await makeEdition(three)
  library.artworkCopies.listAll(id)
  library.artworkCopies.change(id, copy(2), { status: 'sold', buyer: 'A. Rossi', location: 'Basel' })
  const found = (filter: object) =>
    library.artworkLists.page({ filter, sort: 'title' }, null, 10).items.map(item => item.id)
  expect(found({ status: 'sold' })).toEqual([id])
  expect(found({ status: 'available' })).toEqual([id])
  expect(found({ status: 'reserved' })).toEqual([])
  expect(found({ text: 'rossi basel' })).toEqual([id])
  expect(library.artworkLists.counts()).toMatchObject({ total: 1, byStatus: { sold: 1, available: 1, reserved: 0 } })
})

test('an entry that was of one copy keeps its state for that one', async () => {
  const { library, id, work, states } = await makeEdition({ copy: 2, size: 3, proofs: null }, { status: 'sold' })
  expect(work()?.edition).toEqual({ copy: 2, size: 3, proofs: null })
  library.artworkCopies.listAll(id)
  expect(states()).toEqual(['copy 1 available', 'copy 2 sold', 'copy 3 available'])
  expect(work()).toMatchObject({ edition: { copy: null, size: 3 }, status: 'available' })
  library.history.undo()
  expect(work()).toMatchObject({ edition: { copy: 2, size: 3 }, status: 'sold', copies: [] })
})

test('copies come one by one: the next, one by its number, and none that the edition has not', async () => {
  const { library, id, states } = await makeEdition(three)
  expect(library.artworkCopies.add(id, 'copy', 2)).toMatchObject({ copy: copy(2) })
  expect(library.artworkCopies.add(id, 'copy', null)).toMatchObject({ copy: copy(1) })
  expect(library.artworkCopies.add(id, 'copy', null)).toMatchObject({ copy: copy(3) })
  expect(library.artworkCopies.add(id, 'copy', null)).toBe('no-copy-left')
  expect(library.artworkCopies.add(id, 'copy', 2)).toBe('copy-there')
  expect(library.artworkCopies.add(id, 'copy', 4)).toBe('copy-beyond')
  expect(library.artworkCopies.add(id, 'proof', 2)).toBe('copy-beyond')
  expect(library.artworkCopies.change(id, proof(1), { status: 'sold' })).toBe('no-copy')
  library.artworkCopies.remove(id, [copy(2), copy(9)])
  expect(states()).toEqual(['copy 1 available', 'copy 3 available'])
  library.artworkCopies.listAll(id)
  expect(states()).toHaveLength(4)
})

test('an open edition has always another copy, and is never sold out', async () => {
  const { library, id, work, states } = await makeEdition({ copy: null, size: null, proofs: null })
  expect(work()?.edition).toEqual({ copy: null, size: null, proofs: null })
  for (let i = 0; i < 3; i++) library.artworkCopies.add(id, 'copy', null)
  library.artworkCopies.add(id, 'copy', 120)
  for (const number of [1, 2, 3, 120]) library.artworkCopies.change(id, copy(number), { status: 'sold' })
  expect(library.artworkCopies.add(id, 'copy', null)).toMatchObject({ copy: copy(121) })
  expect(states()?.at(-1)).toBe('copy 121 available')
  expect(work()?.status).toBe('available')
  expect(library.artworkCopies.add(id, 'proof', null)).toBe('no-copy-left')
})

test('an edition is not written smaller than what is listed of it, and a unique work has no copies', async () => {
  const { library, id, work } = await makeEdition(three)
  library.artworkCopies.listAll(id)
  const listed = { ...three, size: 2 }
  expect(library.artworks.update(id, { edition: listed })).toBe('copies-listed')
  expect(library.artworks.update(id, { edition: { ...three, proofs: null } })).toBe('copies-listed')
  expect(library.artworks.update(id, { edition: { ...three, copy: 1 } })).toBe('copies-listed')
  expect(library.artworks.update(id, { edition: null })).toBe('copies-listed')
  for (const number of [1, 2, 3]) library.artworkCopies.change(id, copy(number), { status: 'sold' })
  library.artworkCopies.change(id, proof(1), { status: 'sold' })
  // Another copy that is not listed can still be had.
  library.artworks.update(id, { edition: { ...three, size: 4 } })
  expect(work()?.status).toBe('available')
  library.artworkCopies.remove(id, [copy(3), copy(1), copy(2), proof(1)])
  library.artworks.update(id, { edition: null })
  expect(library.artworkCopies.listAll(id)).toBe('no-edition')
  expect(library.artworkCopies.add(id, 'copy', null)).toBe('no-edition')
  expect(library.artworkCopies.listAll(99)).toBe('no-artwork')
  library.artworks.update(id, { edition: { ...three, size: 501 } })
  expect(library.artworkCopies.listAll(id)).toBe('too-many-copies')
})

test('all that is done to copies is undone and done again, also when the work is deleted', async () => {
  const { library, id } = await makeEdition(three)
  const db = openBeside(library)
  const rows = () => ({
    works: db.prepare('SELECT * FROM artworks').all(),
    copies: db.prepare('SELECT * FROM artwork_copies').all(),
  })
  const states = [rows()]
  const steps = [
    () => library.artworkCopies.listAll(id),
    () => library.artworkCopies.change(id, copy(2), { status: 'sold', price: { minor: 1, currency: 'EUR' } }),
    () => library.artworkCopies.remove(id, [copy(1)]),
    () => library.artworkCopies.add(id, 'copy', null),
    () => library.artworks.delete(id),
  ]
  for (const step of steps) {
    expect(step()).toMatchObject({ commandId: expect.any(Number) })
    states.push(rows())
  }
  for (const state of states.slice(0, -1).toReversed()) {
    expect(library.history.undo()).toMatchObject({ leftCount: 0 })
    expect(rows()).toEqual(state)
  }
  for (const _ of steps) library.history.redo()
  expect(rows()).toEqual(states.at(-1))
})
