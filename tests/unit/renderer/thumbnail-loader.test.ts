import { describe, expect, it } from 'vitest'
import type { Cell } from '../../../src/renderer/src/features/library/grid/cell.ts'
import { ThumbnailLoader } from '../../../src/renderer/src/features/library/grid/thumbnail-loader.ts'
import { makeTile, settle } from './fake-media.ts'

type Loadable = Pick<Cell, 'tile' | 'picture'>

function createLoader(cells: Loadable[]) {
  const ends: (() => void)[] = []
  const loader = new ThumbnailLoader(
    () => cells as Cell[],
    cell => {
      cell.picture = 'loading'
      return new Promise<void>(resolve => {
        ends.push(() => {
          cell.picture = 'shown'
          resolve()
        })
      })
    },
  )
  const loading = (): number => cells.filter(cell => cell.picture === 'loading').length
  return { loader, ends, loading }
}

const cellsOf = (count: number): Loadable[] =>
  Array.from({ length: count }, (_, i) => ({ tile: makeTile(i + 1), picture: 'idle' as const }))

describe('loading thumbnails', () => {
  it('asks for a few at a time and goes on as they come, until all are there', async () => {
    const cells = cellsOf(20)
    const { loader, ends, loading } = createLoader(cells)
    loader.pump()
    expect(loading()).toBe(4)
    while (ends.length > 0) {
      ends.shift()?.()
      await settle()
      expect(loading()).toBeLessThanOrEqual(4)
    }
    expect(cells.every(cell => cell.picture === 'shown')).toBe(true)
  })

  it('asks for none while the scroll is too fast to see them', () => {
    const { loader, loading } = createLoader(cellsOf(3))
    loader.isPaused = true
    loader.pump()
    expect(loading()).toBe(0)
  })

  it('asks for no picture of a failed file, nor for one that is not known yet', () => {
    const cells: Loadable[] = [
      { tile: makeTile(1, { status: 'failed' }), picture: 'idle' },
      { tile: undefined, picture: 'idle' },
    ]
    const { loader, loading } = createLoader(cells)
    loader.pump()
    expect(loading()).toBe(0)
  })
})
