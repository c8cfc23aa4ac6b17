import { type RefObject, useEffect, useRef } from 'react'
import type { ArtworkId, ArtworkTile } from '../../../../shared/artworks.ts'
import { changeArtwork, goToArtwork, goToArtworks } from '../../lib/artworks.ts'
import { type Command, useCommands } from '../../lib/commands.ts'
import { goToLibrary } from '../../lib/route.ts'
import type { ListView } from './list-bar.tsx'
import { useWorkCommands } from './use-work-commands.ts'

/**
 * What keys do with the work where the keyboard is: it is opened, deleted, its status set, and moved within its series.
 * @returns what is told where the keyboard is: at a card, or at none.
 */
export function useListCommands(
  { filter, sort }: ListView,
  items: readonly ArtworkTile[],
  list: RefObject<HTMLDivElement | null>,
): (id: ArtworkId | null) => void {
  const currentId = useRef<ArtworkId | null>(null)
  // The keyboard goes with the work that was moved, whose card is taken out and put in.
  const moved = useRef<ArtworkId | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: cards move when the list is another one.
  useEffect(() => {
    if (moved.current !== null && document.activeElement === document.body) focusCard(list.current, moved.current)
  }, [items])

  const current = (): ArtworkTile | null => items.find(item => item.id === currentId.current) ?? null
  const { seriesId, ...others } = filter
  // A part of the series says nothing of the order of the rest.
  const isMovable = sort === 'series' && seriesId !== undefined && Object.values(others).every(value => !value)

  const move = (step: number): void => {
    const ids = items.map(item => item.id)
    const place = currentId.current === null ? -1 : ids.indexOf(currentId.current)
    const id = ids[place]
    if (seriesId === undefined || id === undefined || ids[place + step] === undefined) return
    ids.splice(place, 1)
    ids.splice(place + step, 0, id)
    moved.current = id
    void changeArtwork('series.reorder', { id: seriesId, artworkIds: ids }, 'Ordered the works of the series.')
  }
  const moving = (id: string, title: string, keys: string[], step: number): Command => ({
    id,
    title,
    group: 'Artwork',
    keys,
    isAvailable: () => isMovable && current() !== null,
    run: () => move(step),
  })
  const isFiltered = Object.values(filter).some(Boolean)
  useCommands([
    {
      id: 'artworks.back',
      title: 'Back to the pictures',
      group: 'View',
      keys: ['Escape'],
      run: isFiltered ? goToArtworks : goToLibrary,
    },
    {
      id: 'artwork.open',
      title: 'Open this artwork',
      group: 'Artwork',
      keys: ['Enter'],
      isAvailable: () => current() !== null,
      run: () => currentId.current !== null && goToArtwork(currentId.current),
    },
    moving(
      'series.move-back',
      'Move this work towards the beginning of its series',
      ['Alt+ArrowLeft', 'Alt+ArrowUp'],
      -1,
    ),
    moving('series.move-on', 'Move this work towards the end of its series', ['Alt+ArrowRight', 'Alt+ArrowDown'], 1),
  ])
  useWorkCommands(
    () => {
      const work = current()
      return work && { id: work.id, title: work.title, hasCopies: work.copies !== null }
    },
    id => {
      const place = items.findIndex(item => item.id === id)
      const neighbour = items[place + 1] ?? items[place - 1]
      if (neighbour) focusCard(list.current, neighbour.id)
    },
  )
  return id => {
    currentId.current = id
    if (id !== null && id !== moved.current) moved.current = null
  }
}

const focusCard = (list: HTMLElement | null, id: ArtworkId): void =>
  list?.querySelector<HTMLElement>(`[data-artwork="${id}"]`)?.focus()
