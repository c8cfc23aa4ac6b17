import { describe, expect, it } from 'vitest'
import { type ListChange, MediaList, pageSize } from '../../../src/renderer/src/features/library/grid/media-list.ts'
import { createFakeMedia, settle } from './fake-media.ts'

async function openList(count: number) {
  const media = createFakeMedia(count)
  const changes: ListChange[] = []
  const list = new MediaList(media.call, { filter: {}, sort: 'newest', group: 'none' }, change => changes.push(change))
  await list.show({ filter: {}, sort: 'newest', group: 'none' })
  return { media, changes, list }
}

describe('the list behind the grid', () => {
  it('knows its length and shows its first page at once', async () => {
    const { list, changes } = await openList(100_000)
    expect(list.total).toBe(100_000)
    expect(list.tileAt(0)?.id).toBe(100_000)
    expect(changes).toEqual(['replaced'])
  })

  it('has its first page at once also where a grid without a list yet looked at nothing', async () => {
    const media = createFakeMedia(1000)
    const view = { filter: {}, sort: 'newest', group: 'none' } as const
    const list = new MediaList(media.call, view, () => {})
    const shown = list.show(view)
    list.want({ first: 0, end: 0 })
    await shown
    expect(list.tileAt(0)?.id).toBe(1000)
    expect(media.asked).toEqual(['index'])
  })

  it('fetches a page where somebody looks, once', async () => {
    const { list, media } = await openList(100_000)
    media.asked = []
    list.want({ first: 50_010, end: 50_040 })
    list.want({ first: 50_020, end: 50_050 })
    await settle()
    expect(list.tileAt(50_010)?.id).toBe(100_000 - 50_010)
    expect(media.asked).toHaveLength(1)
  })

  it('drops requests for pages that were scrolled past', async () => {
    const { list, media } = await openList(100_000)
    media.held = []
    list.want({ first: 10_000, end: 10_030 })
    list.want({ first: 90_000, end: 90_030 })
    for (const answer of media.held) answer()
    await settle()
    expect(media.aborted).toHaveLength(1)
    expect(list.tileAt(10_000)).toBeUndefined()
    expect(list.tileAt(90_000)).toBeDefined()
  })

  it('keeps a few pages only, however far somebody scrolls', async () => {
    const { list } = await openList(100_000)
    for (let first = 0; first < 20_000; first += pageSize) {
      list.want({ first, end: first + 30 })
      await settle()
    }
    const kept = Array.from({ length: 100 }, (_, page) => list.tileAt(page * pageSize)).filter(Boolean)
    expect(kept).toHaveLength(12)
    expect(list.tileAt(19_800)).toBeDefined()
  })

  it('replaces itself in one step, so that nothing is blank in between', async () => {
    const { list, media, changes } = await openList(1000)
    media.add(3)
    const refreshed = list.refresh(false)
    expect(list.tileAt(0)?.id).toBe(1000)
    await refreshed
    expect(list.tileAt(0)?.id).toBe(1003)
    expect(list.indexOf(1000)).toBe(3)
    expect(changes).toEqual(['replaced', 'replaced'])
  })

  it('held back, only counts what is new until it is asked for', async () => {
    const { list, media } = await openList(1000)
    media.add(12)
    await list.refresh(true)
    expect(list.waitingCount).toBe(12)
    expect(list.tileAt(0)?.id).toBe(1000)
    await list.adopt()
    expect(list.tileAt(0)?.id).toBe(1012)
    expect(list.waitingCount).toBe(0)
  })

  it('never holds back that something went away', async () => {
    const { list, media } = await openList(1000)
    media.ids = media.ids.slice(5)
    await list.refresh(true)
    expect(list.total).toBe(995)
    expect(list.tileAt(0)?.id).toBe(995)
  })

  it('brings a changed tile up to date in its place, whatever came before it', async () => {
    const { list, media } = await openList(1000)
    media.add(2)
    media.changed.set(998, { status: 'failed' })
    await list.refreshTiles([998])
    expect(list.tileAt(2)).toMatchObject({ id: 998, status: 'failed' })
    expect(list.tileAt(0)?.id).toBe(1000)
  })

  it('forgets far tiles that changed instead of asking for them', async () => {
    const { list, media } = await openList(1000)
    list.want({ first: 800, end: 830 })
    await settle()
    media.asked = []
    await list.refreshTiles([1000])
    expect(media.asked).toEqual([])
    expect(list.tileAt(0)).toBeUndefined()
  })

  it('collects ids across pages that are not at hand', async () => {
    const { list } = await openList(1000)
    const ids = await list.idsIn({ first: 190, end: 410 })
    expect(ids).toHaveLength(220)
    expect([ids[0], ids.at(-1)]).toEqual([810, 591])
  })

  it('shows the answer to the last filter when an earlier one comes late', async () => {
    const { list, media } = await openList(1000)
    media.idsFor = filter => (filter.text === 'ab' ? media.ids.slice(10) : media.ids)
    media.held = []
    const early = list.show({ filter: { text: 'a' }, sort: 'newest', group: 'none' })
    await settle()
    const late = list.show({ filter: { text: 'ab' }, sort: 'newest', group: 'none' })
    await settle()
    for (const answer of media.held.reverse()) {
      answer()
      await settle()
    }
    await Promise.all([early, late])
    expect(list.total).toBe(990)
    expect(list.tileAt(0)?.id).toBe(990)
  })

  it('knows the proportions of all pictures where they are asked for', async () => {
    const { list } = await openList(1000)
    expect(list.shapes).toBeNull()
    list.wantsShapes = true
    await list.refresh(false)
    expect(list.shapes).toEqual(Uint8Array.from({ length: 1000 }, (_, i) => (1000 - i) % 256))
  })

  it('says when it cannot be had', async () => {
    const changes: ListChange[] = []
    const failing = () => Promise.reject(new Error('gone'))
    const list = new MediaList(failing, { filter: {}, sort: 'newest', group: 'none' }, change => changes.push(change))
    await list.show({ filter: {}, sort: 'newest', group: 'none' })
    expect(changes).toEqual(['failed'])
    expect(list.error).toEqual(new Error('gone'))
  })
})
