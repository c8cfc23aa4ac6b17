import { useState } from 'react'
import { useCall } from '../../lib/api.ts'
import { changeArtwork, goToArtworks } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Output } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { go } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'

type Series = Output<'series.list'>[number]

export const goToSeries = (seriesId: number, options?: { replaces: boolean }): void =>
  go({ screen: 'artworks', artworks: { kind: 'list', filter: { seriesId }, sort: 'series' } }, options)

/** The series that is shown, and what can be done about it. */
export function SeriesLine({ id, isOrdered }: { id: number; isOrdered: boolean }) {
  const series = useCall('series.list', {})
  const [open, setOpen] = useState<'name' | 'merge' | null>(null)
  const shown = series.data?.find(each => each.id === id)
  const others = series.data?.filter(each => each.id !== id) ?? []
  const remove = async (): Promise<void> => {
    if (shown && (await changeArtwork('series.remove', { id }, `Removed the series “${shown.name}”. Its works stay.`)))
      goToArtworks()
  }
  const isShown = () => shown !== undefined
  useCommands([
    {
      id: 'series.rename',
      title: 'Rename this series',
      group: 'Artwork',
      isAvailable: isShown,
      run: () => setOpen('name'),
    },
    {
      id: 'series.merge',
      title: 'Merge this series into another',
      group: 'Artwork',
      isAvailable: () => isShown() && others.length > 0,
      run: () => setOpen('merge'),
    },
    {
      id: 'series.remove',
      title: 'Remove this series; its works stay',
      group: 'Artwork',
      isAvailable: isShown,
      run: () => void remove(),
    },
  ])
  if (!shown) return null
  if (open === 'name') return <NameField series={shown} onClose={() => setOpen(null)} />
  return (
    <div className="series-line">
      <h2>{shown.name}</h2>
      <span className="quiet">{plural(shown.count, 'artwork')}</span>
      {isOrdered && shown.count > 1 && <span className="hint">Alt with the arrow keys moves a work</span>}
      <span className="top-bar-gap" />
      <Button kind="quiet" onClick={() => setOpen('name')}>
        Rename
      </Button>
      {others.length > 0 && (
        <div className="popover-anchor">
          <Button
            kind="quiet"
            aria-expanded={open === 'merge'}
            onClick={() => setOpen(open === 'merge' ? null : 'merge')}
          >
            Merge
          </Button>
          {open === 'merge' && <MergeInto series={shown} others={others} onClose={() => setOpen(null)} />}
        </div>
      )}
      <Button kind="quiet" title="Remove this series; its works stay" onClick={() => void remove()}>
        Remove
      </Button>
    </div>
  )
}

function NameField({ series, onClose }: { series: Series; onClose: () => void }) {
  const [typed, setTyped] = useState(series.name)
  const save = (): void => {
    const name = typed.trim()
    onClose()
    if (name && name !== series.name) {
      void changeArtwork('series.rename', { id: series.id, name }, `Renamed the series to “${name}”.`)
    }
  }
  return (
    <div className="series-line">
      <input
        type="text"
        className="text-field"
        aria-label="Name of the series"
        maxLength={300}
        // biome-ignore lint/a11y/noAutofocus: it was opened to type in it.
        autoFocus
        value={typed}
        onFocus={event => event.target.select()}
        onChange={event => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={event => {
          if (event.key === 'Enter') save()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose()
        }}
      />
    </div>
  )
}

/** The series whose name its works take. */
function MergeInto({ series, others, onClose }: { series: Series; others: readonly Series[]; onClose: () => void }) {
  const merge = async ({ id: intoId, name }: Series): Promise<void> => {
    onClose()
    const told = `Merged “${series.name}” into “${name}”.`
    if (await changeArtwork('series.merge', { id: series.id, intoId }, told)) goToSeries(intoId, { replaces: true })
  }
  return (
    <Popover label="series to merge into" onClose={onClose}>
      <p className="hint">All its works become works of</p>
      <ul>
        {others.map((other, place) => (
          <li key={other.id}>
            <button
              type="button"
              className="place"
              // biome-ignore lint/a11y/noAutofocus: it was opened to choose from it.
              autoFocus={place === 0}
              onClick={() => void merge(other)}
            >
              <span>{other.name}</span>
              <span className="place-count">{formatCount(other.count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Popover>
  )
}
