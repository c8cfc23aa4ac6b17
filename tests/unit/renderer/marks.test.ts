import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { MediaList } from '../../../src/renderer/src/features/library/grid/media-list.ts'
import { queryClient, transport } from '../../../src/renderer/src/lib/api.ts'
import { perform, reversalSentence, undo } from '../../../src/renderer/src/lib/history.ts'
import { onMediaChanged } from '../../../src/renderer/src/lib/live.ts'
import {
  asDone,
  detailNow,
  labelChange,
  type MarkTarget,
  mark,
  onMarksForeseen,
} from '../../../src/renderer/src/lib/marks.ts'
import { notice, noticeAction } from '../../../src/renderer/src/lib/notice.ts'
import { markTitle } from '../../../src/shared/marks.ts'
import { createFakeMedia, makeTile, settle } from './fake-media.ts'

afterEach(() => vi.restoreAllMocks())

/** The app answers when the test says so. */
function holdCalls() {
  const held: { name: string; input: unknown; answer: (value: unknown) => void; fail: (error: Error) => void }[] = []
  vi.spyOn(transport, 'call').mockImplementation(
    (name, input) =>
      new Promise((resolve, reject) => {
        held.push({ name, input, answer: value => resolve(value as never), fail: reject })
      }),
  )
  return held
}

async function openList() {
  const media = createFakeMedia(10)
  const list = new MediaList(media.call, { filter: {}, sort: 'newest', group: 'none' }, () => undefined)
  await list.show({ filter: {}, sort: 'newest', group: 'none' })
  return { media, list }
}

const only = (id: number): MarkTarget => ({ count: 1, ids: async () => [id], current: undefined })

describe('marking', () => {
  it('is shown at once, whatever is listed meanwhile, and then as the app says', async () => {
    const held = holdCalls()
    const { media, list } = await openList()
    const end = onMarksForeseen(() => list.foresee())
    const first = mark(only(10), { rating: 3 })
    const second = mark(only(10), { label: 'red' })
    await settle()
    expect(list.tileAt(0)).toMatchObject({ id: 10, rating: 3, label: 'red', flag: null })
    await list.refresh(false)
    expect(list.tileAt(0)).toMatchObject({ rating: 3, label: 'red' })
    // One after the other, in the order of the keys.
    expect(held.map(({ input }) => input)).toEqual([{ mediaIds: [10], change: { rating: 3 } }])
    held[0]?.answer({ count: 1, commandId: 1 })
    await first
    await settle()
    held[1]?.answer({ count: 1, commandId: 2 })
    await second
    expect(notice.get()).toBe('Labelled 1 picture red.')
    media.changed.set(10, { rating: 4 })
    await list.refresh(false)
    expect(list.tileAt(0)).toMatchObject({ rating: 4, label: null })
    end()
  })

  it('asks at once where the way to the app keeps the order', async () => {
    const held = holdCalls()
    transport.keepsOrder = true
    onTestFinished(() => {
      transport.keepsOrder = false
    })
    const marking = [mark(only(10), { rating: 3 }), mark(only(10), { rating: 4 })]
    await settle()
    expect(held.map(({ input }) => input)).toEqual([
      { mediaIds: [10], change: { rating: 3 } },
      { mediaIds: [10], change: { rating: 4 } },
    ])
    for (const { answer } of held) answer({ count: 1, commandId: 1 })
    await Promise.all(marking)
  })

  it('that gives the stars of the file back shows them at once', async () => {
    const held = holdCalls()
    queryClient.setQueryData(['media.get', { id: 10 }], {
      ...makeTile(10, { rating: 4 }),
      isRatingOfFile: false,
      ratingInFile: 2,
    })
    const marking = mark(only(10), { rating: null })
    await settle()
    expect(detailNow(10)).toMatchObject({ rating: 2, isRatingOfFile: true })
    held[0]?.answer({ count: 1, commandId: 1 })
    await marking
    expect(notice.get()).toBe('Took your stars from 1 picture.')
    queryClient.clear()
  })

  it('that fails is told, and what is there is asked for again', async () => {
    const held = holdCalls()
    const looked: unknown[] = []
    const end = onMediaChanged(change => looked.push(change))
    const marking = mark(only(10), { flag: 'picked' })
    await settle()
    held[0]?.fail(new Error('no wire'))
    await marking
    expect(notice.get()).toBe('Burg Ink did not answer. Is it still running?')
    expect(looked).toEqual([{ mediaIds: null, areListsChanged: false }])
    end()
  })

  it('of more than one call takes says what to do', async () => {
    const held = holdCalls()
    await mark({ ...only(1), count: 10_001 }, { rating: 1 })
    expect(held).toEqual([])
    expect(notice.get()).toBe('Select at most 10,000 pictures to mark them at once.')
  })

  it('takes a label away by its own key', () => {
    const red = makeTile(1, { label: 'red' })
    expect(labelChange('red', red)).toEqual({ label: null })
    expect(labelChange('blue', red)).toEqual({ label: 'blue' })
    expect(labelChange('red', undefined)).toEqual({ label: 'red' })
  })

  it('has a title as something to do and as something done', () => {
    const titles = [
      markTitle({ flag: 'picked' }, '2 pictures'),
      markTitle({ flag: null }, '1 picture'),
      markTitle({ rating: 0 }, '2 pictures'),
      markTitle({ rating: 1 }, '2 pictures'),
      markTitle({ label: null }, '2 pictures'),
      markTitle({ flag: 'rejected', rating: 3 }, '2 pictures'),
    ]
    expect(titles).toEqual([
      'Pick 2 pictures',
      'Unflag 1 picture',
      'Rate 2 pictures no stars',
      'Rate 2 pictures 1 star',
      'Take the label from 2 pictures',
      'Mark 2 pictures',
    ])
    expect(asDone('Take back the mood of 1 picture')).toBe('Took back the mood of 1 picture.')
    expect(titles.map(asDone)).toEqual([
      'Picked 2 pictures.',
      'Unflagged 1 picture.',
      'Rated 2 pictures no stars.',
      'Rated 2 pictures 1 star.',
      'Took the label from 2 pictures.',
      'Marked 2 pictures.',
    ])
  })
})

describe('undo', () => {
  it('waits for what is under way, and offers to do it again', async () => {
    const held = holdCalls()
    const doing = perform(() => transport.call('marks.set', { mediaIds: [1], change: { rating: 1 } }), 'Done.')
    const undoing = undo()
    await settle()
    expect(held.map(({ name }) => name)).toEqual(['marks.set'])
    held[0]?.answer({ count: 1, commandId: 7 })
    await doing
    await settle()
    held[1]?.answer({ title: 'Rate 1 picture 1 star', count: 1, leftCount: 0 })
    await undoing
    expect(notice.get()).toBe('Undone: Rate 1 picture 1 star.')
    noticeAction.get()?.run()
    await settle()
    expect(held[2]).toMatchObject({ name: 'history.redo' })
    held[2]?.answer({ title: '', count: 1, leftCount: 0 })
    await settle()
  })

  it('of a notice names its own command; nothing done is nothing told', async () => {
    const held = holdCalls()
    notice.set(null)
    const nothing = perform(() => transport.call('marks.set', { mediaIds: [1], change: {} }), 'Done.')
    await settle()
    held[0]?.answer({ count: 0, commandId: null })
    await nothing
    expect(notice.get()).toBeNull()
    const doing = perform(() => transport.call('marks.set', { mediaIds: [1], change: {} }), 'Done.')
    await settle()
    held[1]?.answer({ count: 1, commandId: 7 })
    await doing
    noticeAction.get()?.run()
    await settle()
    expect(held[2]).toMatchObject({ name: 'history.undo', input: { commandId: 7 } })
    held[2]?.answer({ title: '', count: 1, leftCount: 0 })
    await settle()
  })

  it('tells what stayed as it was', () => {
    const title = 'Rate 3 pictures 2 stars'
    expect(reversalSentence('Undone', { title, count: 2, leftCount: 1 })).toBe(
      'Undone: Rate 3 pictures 2 stars. 1 picture changed in another way since and stays so.',
    )
    expect(reversalSentence('Redone', { title, count: 0, leftCount: 3 })).toBe(
      'Nothing of “Rate 3 pictures 2 stars” was redone: it was changed in another way since.',
    )
  })
})
