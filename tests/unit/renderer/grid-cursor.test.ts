import { describe, expect, it } from 'vitest'
import { GridCursor } from '../../../src/renderer/src/features/library/grid/grid-cursor.ts'
import { MediaList } from '../../../src/renderer/src/features/library/grid/media-list.ts'
import { createFakeMedia, settle } from './fake-media.ts'

async function openCursor(count: number) {
  const media = createFakeMedia(count)
  const list = new MediaList(media.call, { filter: {}, sort: 'newest', group: 'none' }, () => cursor.follow())
  const cursor = new GridCursor(list, () => undefined)
  await list.show({ filter: {}, sort: 'newest', group: 'none' })
  return { media, list, cursor }
}

describe('the cursor of the grid', () => {
  it('selects the picture it moves to, and that one alone', async () => {
    const { cursor } = await openCursor(1000)
    cursor.moveTo(3, 'only')
    cursor.moveTo(4, 'only')
    expect(cursor.focusedId).toBe(996)
    expect([cursor.isSelected(997), cursor.isSelected(996)]).toEqual([false, true])
  })

  it('stays with its picture when new ones come before it', async () => {
    const { cursor, media, list } = await openCursor(1000)
    cursor.moveTo(3, 'only')
    media.add(10)
    await list.refresh(false)
    expect(cursor.index).toBe(13)
    expect(cursor.focusedId).toBe(997)
    expect(cursor.selectedCount).toBe(1)
  })

  it('stretches the selection from where it began, in both directions', async () => {
    const { cursor } = await openCursor(1000)
    cursor.moveTo(10, 'only')
    cursor.moveTo(14, 'range')
    await settle()
    expect(cursor.selectedCount).toBe(5)
    cursor.moveTo(8, 'range')
    await settle()
    expect(cursor.selectedCount).toBe(3)
    expect(cursor.isSelected(1000 - 12)).toBe(false)
  })

  it('selects a picture whose tile is still on its way once it comes', async () => {
    const { cursor, list } = await openCursor(1000)
    cursor.moveTo(900, 'only')
    expect(cursor.focusedId).toBeNull()
    list.want({ first: 890, end: 910 })
    await settle()
    expect(cursor.focusedId).toBe(100)
    expect(cursor.isSelected(100)).toBe(true)
  })

  it('moves without selecting, and selects everything and nothing', async () => {
    const { cursor } = await openCursor(1000)
    cursor.moveTo(2, 'only')
    cursor.moveTo(5, 'none')
    expect([cursor.focusedId, cursor.selectedCount]).toEqual([995, 1])
    cursor.selectAll()
    expect(cursor.selectedCount).toBe(1000)
    cursor.moveTo(5, 'toggle')
    expect(cursor.selectedCount).toBe(999)
    cursor.selectNone()
    expect(cursor.selectedCount).toBe(0)
  })
})
