import { describe, expect, it } from 'vitest'
import {
  beginningOf,
  type DriveSpot,
  enter,
  folderIdOf,
  formatSpot,
  parentOf,
  placeOf,
  stepsTo,
} from '../../../src/renderer/src/lib/drive-spot.ts'
import { formatRoute, homeRoute, parseRoute } from '../../../src/renderer/src/lib/route.ts'

const deep: DriveSpot = {
  accountId: 3,
  view: 'shared-drives',
  text: '',
  trail: [
    { id: '1a_-B', name: 'Atelier' },
    { id: '1c', name: 'Öl & Kreide: a/b?c=d #1 100%' },
  ],
}

describe('a place in Drive', () => {
  it('is in the address whole, whatever its folders are called', () => {
    for (const drive of [deep, beginningOf(1), { ...beginningOf(2, 'search'), text: 'sea & sky' }]) {
      const address = formatRoute({ ...homeRoute, screen: 'drive', drive })
      expect(parseRoute(address)).toEqual({ ...homeRoute, screen: 'drive', drive })
    }
  })

  it('that nobody can be in leads to where an account begins', () => {
    const addresses = ['#/drive', '#/drive/0/my-drive', '#/drive/x/my-drive', '#/drive/1/elsewhere', '#/drive/1']
    expect(addresses.map(address => parseRoute(address))).toEqual(
      addresses.map(() => ({ ...homeRoute, screen: 'drive', drive: null })),
    )
    expect(parseRoute("#/drive/1/my-drive?in=a'b:x&in=ok:Fine").drive?.trail).toEqual([{ id: 'ok', name: 'Fine' }])
  })

  it('is listed as its last folder, or as where it begins', () => {
    expect(placeOf(deep)).toEqual({ kind: 'folder', folderId: '1c' })
    expect(placeOf(beginningOf(1, 'shared-with-me'))).toEqual({ kind: 'shared-with-me' })
    expect(placeOf({ ...beginningOf(1, 'search'), text: ' sea ' })).toEqual({ kind: 'search', text: 'sea' })
    expect([placeOf(beginningOf(1, 'search')), placeOf(beginningOf(1, 'account'))]).toEqual([null, null])
  })

  it('can be brought in where it is a folder', () => {
    expect(folderIdOf(deep)).toBe('1c')
    expect(folderIdOf(beginningOf(1))).toBe('root')
    expect([folderIdOf(beginningOf(1, 'shared-drives')), folderIdOf(beginningOf(1, 'search'))]).toEqual([null, null])
  })

  it('has a way to it, and every step of the way leads where it says', () => {
    expect(stepsTo(deep).map(step => step.name)).toEqual(['Shared drives', 'Atelier', 'Öl & Kreide: a/b?c=d #1 100%'])
    expect(stepsTo(deep).map(step => step.spot.trail.length)).toEqual([0, 1, 2])
    expect(stepsTo({ ...beginningOf(1, 'search'), text: 'sea' }).map(step => step.name)).toEqual(['“sea”'])
  })

  it('is left upwards the way it was entered', () => {
    const folder = { id: '1d', name: 'Sketches' }
    const inside = enter(deep, folder)
    expect(inside.trail.at(-1)).toEqual(folder)
    expect(formatSpot(parentOf(inside) as DriveSpot)).toBe(formatSpot(deep))
    expect(parentOf(beginningOf(1))).toBe(null)
  })
})
