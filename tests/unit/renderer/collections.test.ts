import { expect, test } from 'vitest'
import { choicesFor } from '../../../src/renderer/src/features/collections/choices.ts'
import { isAtView, type View } from '../../../src/renderer/src/lib/collections.ts'
import { formatRoute, homeRoute, parseRoute } from '../../../src/renderer/src/lib/route.ts'

const named = (id: number, name: string) => ({ id, name, count: id })
const collections = [named(1, 'Basel 2026'), named(2, 'For Basel'), named(3, 'Études')]
const offered = (typed: string) => choicesFor(collections, typed).map(({ id, name }) => `${id ?? 'new'} ${name}`)

test('collections are offered by any part of their name, and a new one where none is called so', () => {
  expect(offered('')).toEqual(['1 Basel 2026', '2 For Basel', '3 Études'])
  expect(offered('basel')).toEqual(['1 Basel 2026', '2 For Basel', 'new basel'])
  expect(offered('  for ')).toEqual(['2 For Basel', 'new for'])
  expect(offered('études')).toEqual(['3 Études'])
  expect(offered('Paris')).toEqual(['new Paris'])
})

test('a view is where one is when filter, order and groups are its own, in whatever order they are written', () => {
  const view: View = {
    id: 1,
    name: 'Odd',
    filter: { tags: ['odd'], text: 'is:to-review' },
    sort: 'name',
    group: 'year',
    layout: 'square',
  }
  const route = { ...homeRoute, filter: { text: 'is:to-review', tags: ['odd'] }, sort: 'name', group: 'year' } as const
  const at = { ...route, filter: { ...route.filter, tags: [...route.filter.tags] } }
  expect(isAtView(at, view)).toBe(true)
  expect(isAtView({ ...at, sort: 'newest' }, view)).toBe(false)
  expect(isAtView({ ...at, group: 'none' }, view)).toBe(false)
  expect(isAtView({ ...at, filter: { tags: ['odd'] } }, view)).toBe(false)
  expect(isAtView({ ...at, screen: 'duplicates' }, view)).toBe(false)
})

test('an address keeps the collection, and one of before still says new and to review', () => {
  const route = { ...homeRoute, filter: { collectionId: 4, text: 'is:new is:to-review oak' } }
  expect(parseRoute(formatRoute(route))).toEqual(route)
  expect(parseRoute('#/library?q=oak&collection=4&new=1&review=1')).toEqual(route)
  expect(parseRoute('#/library?collection=x')).toEqual(homeRoute)
})
