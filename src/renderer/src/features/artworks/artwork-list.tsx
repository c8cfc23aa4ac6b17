import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { messageOf, transport } from '../../lib/api.ts'
import { lastOpenedArtwork, rememberArtworkList } from '../../lib/artworks.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ArtworkCard } from './artwork-card.tsx'
import { ListBar, type ListView } from './list-bar.tsx'
import { moveFocus } from './move-focus.ts'
import { NoArtworks, NothingFound } from './no-artworks.tsx'
import { SeriesLine } from './series-line.tsx'
import { useListCommands } from './use-list-commands.ts'

const worksPerPage = 60

/** All works, or those of a status or a series. */
export function ArtworkList({ filter, sort }: ListView) {
  const pages = useInfiniteQuery({
    queryKey: ['artworks.list', { filter, sort }],
    queryFn: ({ pageParam, signal }) =>
      transport.call('artworks.list', { filter, sort, after: pageParam, limit: worksPerPage }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.nextCursor,
    placeholderData: previous => previous,
  })
  const { data, error } = pages
  const items = useMemo(() => data?.pages.flatMap(page => page.items), [data])
  const list = useRef<HTMLDivElement>(null)
  const onCurrent = useListCommands({ filter, sort }, items ?? [], list)
  const isListed = items !== undefined
  useEffect(() => rememberArtworkList({ kind: 'list', filter, sort }), [filter, sort])
  useEffect(() => {
    // Back from a work the keyboard is where it was.
    if (isListed) list.current?.querySelector<HTMLElement>(`[data-artwork="${lastOpenedArtwork()}"]`)?.focus()
  }, [isListed])
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <main className="artworks">
      <ListBar filter={filter} sort={sort} />
      {filter.seriesId && <SeriesLine id={filter.seriesId} isOrdered={sort === 'series'} />}
      <div className="artworks-content">
        {error && (
          <EmptyState icon="failed" title="The artworks could not be listed">
            {messageOf(error)}
          </EmptyState>
        )}
        {items?.length === 0 && (isFiltered ? <NothingFound /> : <NoArtworks />)}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go between the buttons in it. */}
        <div
          ref={list}
          className="artwork-list"
          data-owns-arrows
          onKeyDown={moveFocus}
          onFocus={event => onCurrent(Number(event.target.dataset.artwork))}
          onBlur={() => onCurrent(null)}
        >
          {items?.map(item => (
            <ArtworkCard key={item.id} item={item} />
          ))}
          {pages.hasNextPage && (
            <Button className="artwork-more" onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          )}
        </div>
      </div>
    </main>
  )
}
