import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  type ArtworkFilter,
  type ArtworkSort,
  type ArtworkStatus,
  type ArtworkTile,
  artworkSorts,
  artworkStatuses,
  formatDimensions,
} from '../../../../shared/artworks.ts'
import { messageOf, transport, useCall } from '../../lib/api.ts'
import { artworkSortTitles, statusTitles } from '../../lib/artwork-words.ts'
import { changeArtwork, goToArtwork, goToArtworks, lastOpenedArtwork, rememberArtworkList } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { go, goToImportTable, goToLibrary } from '../../lib/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { moveFocus } from './move-focus.ts'
import { Picture } from './picture.tsx'

const worksPerPage = 60
const typingPauseMs = 150

interface View {
  filter: ArtworkFilter
  sort: ArtworkSort
}

const show = (view: View, isTyping = false): void =>
  go({ screen: 'artworks', artworks: { kind: 'list', ...view } }, { replaces: isTyping })

/** All works, or those of a status or a series. */
export function ArtworkList({ filter, sort }: View) {
  const counts = useCall('artworks.counts', {})
  const list = useInfiniteQuery({
    queryKey: ['artworks.list', { filter, sort }],
    queryFn: ({ pageParam, signal }) =>
      transport.call('artworks.list', { filter, sort, after: pageParam, limit: worksPerPage }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.nextCursor,
    placeholderData: previous => previous,
  })
  const items = list.data?.pages.flatMap(page => page.items)
  const isListed = items !== undefined
  useEffect(() => rememberArtworkList({ kind: 'list', filter, sort }), [filter, sort])
  useEffect(() => {
    // Back from a work the keyboard is where it was.
    if (isListed) document.querySelector<HTMLElement>(`[data-artwork="${lastOpenedArtwork()}"]`)?.focus()
  }, [isListed])
  const isFiltered = Object.values(filter).some(Boolean)
  useCommands([
    {
      id: 'artworks.back',
      title: 'Back to the pictures',
      group: 'View',
      keys: ['Escape'],
      run: isFiltered ? goToArtworks : goToLibrary,
    },
  ])
  return (
    <main className="artworks">
      <ListBar filter={filter} sort={sort} total={counts.data?.total} />
      {filter.seriesId && <SeriesLine id={filter.seriesId} />}
      <div className="artworks-content">
        {list.error && (
          <EmptyState icon="failed" title="The artworks could not be listed">
            {messageOf(list.error)}
          </EmptyState>
        )}
        {items?.length === 0 && (isFiltered ? <NothingFound /> : <NoArtworks />)}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go between the buttons in it. */}
        <div className="artwork-list" data-owns-arrows onKeyDown={moveFocus}>
          {items?.map(item => (
            <Card key={item.id} item={item} />
          ))}
          {list.hasNextPage && (
            <Button className="artwork-more" onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          )}
        </div>
      </div>
    </main>
  )
}

function ListBar({ filter, sort, total }: View & { total: number | undefined }) {
  const counts = useCall('artworks.counts', {})
  const series = useCall('series.list', {})
  const [typed, setTyped] = useState(filter.text ?? '')
  useEffect(() => setTyped(filter.text ?? ''), [filter.text])
  useEffect(() => {
    if (typed.trim() === (filter.text ?? '')) return
    const { text: _before, ...rest } = filter
    const timer = setTimeout(
      () => show({ filter: { ...rest, ...(typed.trim() && { text: typed.trim() }) }, sort }, true),
      typingPauseMs,
    )
    return () => clearTimeout(timer)
  }, [typed, filter, sort])
  const change = (name: 'status' | 'seriesId', value: ArtworkStatus | number | null): void => {
    const { [name]: _before, ...rest } = filter
    show({ filter: { ...rest, ...(value !== null && { [name]: value }) }, sort })
  }
  useCommands([
    {
      id: 'artworks.find',
      title: 'Find artworks',
      group: 'Artwork',
      keys: ['/', 'Mod+F'],
      run: () => document.querySelector<HTMLInputElement>('#find-artworks')?.focus(),
    },
  ])
  return (
    <header className="top-bar">
      <IconButton icon="previous" label="Back to the pictures (Esc)" onClick={goToLibrary} />
      <h1>Artworks</h1>
      {total !== undefined && total > 0 && <span className="quiet">{formatCount(total)}</span>}
      <div className="find-box">
        <Icon name="search" />
        <input
          id="find-artworks"
          type="search"
          placeholder="Find"
          aria-label="Find artworks"
          autoComplete="off"
          maxLength={200}
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      </div>
      <Choice
        label="Status"
        value={filter.status ?? ''}
        options={artworkStatuses.map(status => [
          status,
          `${statusTitles[status]}${counts.data ? ` (${formatCount(counts.data.byStatus[status] ?? 0)})` : ''}`,
        ])}
        all="Any status"
        onChange={value => change('status', (value || null) as ArtworkStatus | null)}
      />
      {series.data && series.data.length > 0 && (
        <Choice
          label="Series"
          value={String(filter.seriesId ?? '')}
          options={series.data.map(({ id, name, count }) => [String(id), `${name} (${formatCount(count)})`])}
          all="All series"
          onChange={value => change('seriesId', value ? Number(value) : null)}
        />
      )}
      <span className="top-bar-gap" />
      <Choice
        label="Sort"
        value={sort}
        options={artworkSorts.map(each => [each, artworkSortTitles[each]])}
        onChange={value => show({ filter, sort: value as ArtworkSort })}
      />
      <IconButton icon="table" label="Import a table" onClick={goToImportTable} />
    </header>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: [value: string, title: string][]
  /** What no choice is called. */
  all?: string
  onChange: (value: string) => void
}

function Choice({ label, value, options, all, onChange }: ChoiceProps) {
  return (
    <label className="select">
      <span className="visually-hidden">{label}</span>
      <select value={value} onChange={event => onChange(event.target.value)}>
        {all && <option value="">{all}</option>}
        {options.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </label>
  )
}

/** The series that is shown, and its name to be changed. */
function SeriesLine({ id }: { id: number }) {
  const series = useCall('series.list', {})
  const [typed, setTyped] = useState<string | null>(null)
  const shown = series.data?.find(each => each.id === id)
  if (!shown) return null
  const save = (): void => {
    const name = typed?.trim()
    setTyped(null)
    if (name && name !== shown.name) {
      void changeArtwork('series.rename', { id, name }, `Renamed the series to “${name}”.`)
    }
  }
  return (
    <div className="series-line">
      {typed === null ? (
        <>
          <h2>{shown.name}</h2>
          <span className="quiet">{plural(shown.count, 'artwork')}</span>
          <IconButton icon="edit" label={`Rename the series ${shown.name}`} onClick={() => setTyped(shown.name)} />
        </>
      ) : (
        <input
          type="text"
          className="text-field"
          aria-label="Name of the series"
          maxLength={300}
          // biome-ignore lint/a11y/noAutofocus: it was opened to type in it.
          autoFocus
          value={typed}
          onChange={event => setTyped(event.target.value)}
          onBlur={save}
          onKeyDown={event => {
            if (event.key === 'Enter') save()
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setTyped(null)
          }}
        />
      )}
    </div>
  )
}

function Card({ item }: { item: ArtworkTile }) {
  const { id, title, inventoryNumber, year, medium, dimensions, status, picture } = item
  const facts = [medium, dimensions && formatDimensions(dimensions)].filter(Boolean).join(', ')
  return (
    <button type="button" className="artwork-card" data-artwork={id} onClick={() => goToArtwork(id)}>
      <span className="artwork-card-frame">
        {picture ? <Picture tile={picture} /> : <Icon name="missing" size={32} />}
      </span>
      <span className="artwork-card-title">{[title, year].filter(Boolean).join(', ')}</span>
      <span className="artwork-card-facts">{facts || '\u00a0'}</span>
      <span className="artwork-card-facts">
        {inventoryNumber}
        <span className={`artwork-status is-${status}`}>{statusTitles[status]}</span>
      </span>
    </button>
  )
}

function NothingFound() {
  return (
    <EmptyState
      icon="search"
      title="No artwork is like that"
      action={
        <Button kind="primary" keyName="Escape" onClick={goToArtworks}>
          Show all
        </Button>
      }
    >
      Look for another word, or in all statuses and series.
    </EmptyState>
  )
}

function NoArtworks() {
  return (
    <EmptyState
      icon="artwork"
      title="No artworks yet"
      action={
        <p className="form-actions">
          <Button kind="primary" keyName="Escape" onClick={goToLibrary}>
            Choose pictures
          </Button>
          <Button icon="table" onClick={goToImportTable}>
            Import a table
          </Button>
        </p>
      }
    >
      An artwork is one or several pictures with a title, a year, a size and a price. Select pictures of a work and
      press A: what their files and descriptions say is filled in for you to confirm. An inventory that you have already
      comes in as a table.
    </EmptyState>
  )
}
