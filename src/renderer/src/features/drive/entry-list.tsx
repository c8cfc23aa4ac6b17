import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import { messageOf } from '../../lib/api.ts'
import { type DriveSpot, formatSpot } from '../../lib/drive-spot.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { DriveEntry, DrivePages } from './drive-pages.ts'

const rowHeight = 28
/** The next page is asked for when the end is that near. */
const rowsAhead = 30

interface ListProps {
  ref: Ref<HTMLDivElement>
  spot: DriveSpot
  pages: DrivePages
  index: number
  /** Folders that the library has already. */
  knownIds: { has: (id: string) => boolean }
  /** Told how many rows are in view. */
  rowsAPage: RefObject<number>
  onOpen: (entry: DriveEntry, index: number) => void
}

/** Folders and pictures of a place. The list keeps the focus; the chosen row is told by `aria-activedescendant`. */
export function EntryList({ ref, spot, pages, index, knownIds, rowsAPage, onOpen }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => scroller.current as HTMLDivElement)
  const { entries } = pages
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    paddingStart: 4,
    paddingEnd: 4,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  rowsAPage.current = Math.max(Math.floor((virtual.scrollRect?.height ?? 0) / rowHeight), 1)
  useMoreWhenReached(pages, last)

  const where = formatSpot(spot)
  const hasEntries = entries.length > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place, or its first entries, begin with the chosen row in view.
  useEffect(() => {
    virtual.scrollToIndex(Math.max(index, 0), { align: 'auto' })
  }, [index, where, hasEntries])
  useEffect(() => scroller.current?.focus({ preventScroll: true }), [])

  return (
    <div className="drive-content">
      <div
        ref={scroller}
        className="drive-list"
        role="listbox"
        aria-label="Folders and pictures"
        aria-busy={pages.isFetching}
        aria-activedescendant={hasEntries ? `drive-entry-${index}` : undefined}
        tabIndex={0}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {shown.map(({ index: place, start }) => {
            const entry = entries[place]
            return (
              entry && (
                <Row
                  key={place}
                  entry={entry}
                  place={place}
                  top={start}
                  isChosen={place === index}
                  isKnown={entry.kind === 'folder' && knownIds.has(entry.id)}
                  onOpen={() => onOpen(entry, place)}
                />
              )
            )
          })}
        </div>
        {pages.isFetchNextPageError && (
          <p className="drive-more-failed" role="alert">
            <span>{messageOf(pages.error)}</span>
            <Button onClick={() => void pages.fetchNextPage()}>Try again</Button>
          </p>
        )}
      </div>
      <Nothing spot={spot} pages={pages} />
    </div>
  )
}

function useMoreWhenReached(
  { entries, pageCount, hasNextPage, isFetching, isError, fetchNextPage }: DrivePages,
  last: number,
) {
  useEffect(() => {
    const isNear = pageCount > 0 && last > entries.length - rowsAhead
    if (isNear && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [last, entries.length, pageCount, hasNextPage, isFetching, isError, fetchNextPage])
}

interface RowProps {
  entry: DriveEntry
  place: number
  top: number
  isChosen: boolean
  isKnown: boolean
  onOpen: () => void
}

function Row({ entry, place, top, isChosen, isKnown, onOpen }: RowProps) {
  const isFolder = entry.kind === 'folder'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the keys and the focus.
    <div
      id={`drive-entry-${place}`}
      className={`drive-entry is-${entry.kind}`}
      role="option"
      aria-selected={isChosen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      <Icon name={isFolder ? 'folder' : 'pictures'} />
      <span className="drive-entry-name">{entry.name}</span>
      {entry.isShortcut && <span className="drive-entry-note">Shortcut</span>}
      {isKnown && <span className="drive-entry-note">In the library</span>}
      {isFolder && <Icon name="chevron" size={12} />}
    </div>
  )
}

/** Why the list is empty, where it is. */
function Nothing({ spot, pages }: { spot: DriveSpot; pages: DrivePages }): ReactNode {
  if (pages.entries.length > 0) return null
  if (pages.error) {
    return (
      <EmptyState
        icon="failed"
        title="This part of Drive could not be read"
        action={<Button onClick={() => void pages.refetch()}>Try again</Button>}
      >
        {messageOf(pages.error)}
      </EmptyState>
    )
  }
  if (spot.view === 'search' && spot.text === '' && spot.trail.length === 0) {
    return (
      <EmptyState icon="search" title="Find a folder by its name">
        In My Drive, in what was shared with you, and in shared drives.
      </EmptyState>
    )
  }
  if (pages.isPending || pages.hasNextPage) return null
  const [title, line] = emptyWords(spot)
  return (
    <EmptyState icon="folder" title={title}>
      {line}
    </EmptyState>
  )
}

function emptyWords({ view, trail }: DriveSpot): [string, string] {
  if (trail.length > 0 || view === 'my-drive') return ['No folders and no pictures here', 'Other files are not shown.']
  if (view === 'search') return ['No folder of that name', 'Try fewer letters, or another word of the name.']
  if (view === 'shared-drives') return ['No shared drives', 'Drives of a team or a company are listed here.']
  return ['Nothing is shared with you', 'Folders that others share with this account are listed here.']
}
