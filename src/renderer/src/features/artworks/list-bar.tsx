import { useEffect, useState } from 'react'
import {
  type ArtworkFilter,
  type ArtworkSort,
  type ArtworkStatus,
  artworkSorts,
  artworkStatuses,
} from '../../../../shared/artworks.ts'
import { useCall } from '../../lib/api.ts'
import { artworkSortTitles, statusTitles } from '../../lib/artwork-words.ts'
import { useCommands } from '../../lib/commands.ts'
import { formatCount } from '../../lib/format.ts'
import { go, goToImportTable, goToLibrary } from '../../lib/route.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Select } from './select.tsx'

const typingPauseMs = 150

export interface ListView {
  filter: ArtworkFilter
  sort: ArtworkSort
}

const show = (view: ListView, isTyping = false): void =>
  go({ screen: 'artworks', artworks: { kind: 'list', ...view } }, { replaces: isTyping })

/** What is listed, and in which order. */
export function ListBar({ filter, sort }: ListView) {
  const counts = useCall('artworks.counts', {})
  const series = useCall('series.list', {})
  const total = counts.data?.total ?? 0
  const ofStatus = (status: ArtworkStatus): string =>
    `${statusTitles[status]}${counts.data ? ` (${formatCount(counts.data.byStatus[status] ?? 0)})` : ''}`
  const { status: _status, ...withoutStatus } = filter
  const { seriesId: _seriesId, ...withoutSeries } = filter
  // Within a series works have the order that they were put in.
  const showSeries = (id: string): void =>
    id
      ? show({ filter: { ...withoutSeries, seriesId: Number(id) }, sort: 'series' })
      : show({ filter: withoutSeries, sort: sort === 'series' ? 'newest' : sort })
  const sorts = artworkSorts.filter(each => each !== 'series' || filter.seriesId)
  return (
    <header className="top-bar">
      <IconButton icon="previous" label="Back to the pictures (Esc)" onClick={goToLibrary} />
      <h1>Artworks</h1>
      {total > 0 && <span className="quiet">{formatCount(total)}</span>}
      <FindField filter={filter} sort={sort} />
      <Select
        label="Status"
        value={filter.status ?? ''}
        options={artworkStatuses.map(status => [status, ofStatus(status)])}
        all="Any status"
        onChange={status =>
          show({ filter: { ...withoutStatus, ...(status && { status: status as ArtworkStatus }) }, sort })
        }
      />
      {series.data && series.data.length > 0 && (
        <Select
          label="Series"
          value={String(filter.seriesId ?? '')}
          options={series.data.map(({ id, name, count }) => [String(id), `${name} (${formatCount(count)})`])}
          all="All series"
          onChange={showSeries}
        />
      )}
      <span className="top-bar-gap" />
      <Select
        label="Sort"
        value={sort}
        options={sorts.map(each => [each, artworkSortTitles[each]])}
        onChange={value => show({ filter, sort: value as ArtworkSort })}
      />
      <IconButton icon="table" label="Import a table" onClick={goToImportTable} />
    </header>
  )
}

/** Words that works are found by, as they are typed. */
function FindField({ filter, sort }: ListView) {
  const known = filter.text ?? ''
  const [typed, setTyped] = useState(known)
  // The space after a word is typed and not looked for.
  useEffect(() => setTyped(now => (now.trim() === known ? now : known)), [known])
  useEffect(() => {
    const text = typed.trim()
    if (text === known) return
    const { text: _before, ...rest } = filter
    const timer = setTimeout(() => show({ filter: { ...rest, ...(text && { text }) }, sort }, true), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed, known, filter, sort])
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
  )
}
