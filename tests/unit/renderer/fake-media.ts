import type { CallName, Input, MediaFilter, MediaTile, Output } from '../../../src/renderer/src/lib/contract.ts'
import type { Transport } from '../../../src/renderer/src/lib/transport.ts'

export function makeTile(id: number, part: Partial<MediaTile> = {}): MediaTile {
  return {
    id,
    version: 'v1',
    filename: `${id}.jpg`,
    mimeType: 'image/jpeg',
    status: 'completed',
    width: 300,
    height: 200,
    placeholder: null,
    meanColour: null,
    rating: null,
    flag: null,
    label: null,
    isMissing: false,
    failure: null,
    video: null,
    ...part,
  }
}

/** A library behind the contract, newest first, that grows when the test says so and counts what it was asked. */
export function createFakeMedia(count: number) {
  const fake = {
    ids: Array.from({ length: count }, (_, i) => count - i),
    /** What a filter leaves. */
    idsFor: (_filter: MediaFilter): number[] => fake.ids,
    changed: new Map<number, Partial<MediaTile>>(),
    asked: [] as string[],
    aborted: [] as string[],
    /** While set, pages are answered when the test calls what is in here. */
    held: null as (() => void)[] | null,
    add(howMany: number): void {
      const newest = fake.ids[0] ?? 0
      fake.ids = [...Array.from({ length: howMany }, (_, i) => newest + howMany - i), ...fake.ids]
    },
    call: (async (name: CallName, input: never, signal?: AbortSignal) => {
      if (name === 'media.index') return answerIndex(input)
      const { after } = input as Input<'media.page'>
      fake.asked.push(after ?? 'start')
      signal?.addEventListener('abort', () => fake.aborted.push(after ?? 'start'))
      if (fake.held) await new Promise<void>(resolve => fake.held?.push(resolve))
      signal?.throwIfAborted()
      return answerPage(input)
    }) as Transport['call'],
  }
  const answerIndex = ({ filter, pageSize, hasShapes, hasFirst }: Input<'media.index'>): Output<'media.index'> => {
    const ids = fake.idsFor(filter)
    fake.asked.push('index')
    const pages = Math.ceil(ids.length / pageSize)
    const cursors = Array.from({ length: pages }, (_, i) => (i === 0 ? null : String(ids[i * pageSize - 1])))
    const shapes = hasShapes ? btoa(String.fromCharCode(...ids.map(id => id % 256))) : null
    const first = hasFirst ? answerPage({ filter, sort: 'newest', after: null, limit: pageSize }).items : null
    return { total: ids.length, cursors, sections: [], shapes, first }
  }
  const answerPage = ({ filter, after, limit }: Input<'media.page'>): Output<'media.page'> => {
    const ids = fake.idsFor(filter)
    const start = after === null ? 0 : ids.indexOf(Number(after)) + 1
    const items = ids.slice(start, start + limit).map(id => makeTile(id, fake.changed.get(id)))
    return { items, nextCursor: null }
  }
  return fake
}

export const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5))
