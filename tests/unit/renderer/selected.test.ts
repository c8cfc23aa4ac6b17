import { expect, test } from 'vitest'
import { idsOf } from '../../../src/renderer/src/features/library/grid/selection.ts'
import { formatRoute, homeRoute, parseRoute } from '../../../src/renderer/src/lib/route.ts'

const list = {
  total: 4,
  idsIn: async ({ first, end }: { first: number; end: number }) => [1, 2, 3, 4].slice(first, end),
}

test('ids of a selection are its own; of everything but some they are asked for', async () => {
  expect(await idsOf({ kind: 'some', ids: new Set([3, 1]) }, list)).toEqual([3, 1])
  expect(await idsOf({ kind: 'all', except: new Set([2]) }, list)).toEqual([1, 3, 4])
})

test('look-alikes have an address, also with a picture open', () => {
  for (const openId of [null, 7]) {
    const route = { ...homeRoute, screen: 'duplicates' as const, openId }
    expect(parseRoute(formatRoute(route))).toMatchObject({ screen: 'duplicates', openId })
  }
})
