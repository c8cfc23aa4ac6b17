import { type ReactNode, useState } from 'react'
import { useCall } from '../../lib/api.ts'
import type { MediaFilter, Output, ProcessingStatus } from '../../lib/contract.ts'
import { formatCount } from '../../lib/format.ts'
import { changeFilter, useRoute } from '../../lib/route.ts'
import { nameOfSource } from '../../lib/sources.ts'
import { StatusMark, statusLooks } from '../../ui/status-mark.tsx'
import { Swatch, swatches } from '../../ui/swatch.tsx'
import { toggled } from './filters.ts'

type Facets = Output<'media.facets'>

/** Every filter there is something for, with how many it would leave. */
export function FilterPanel() {
  const { filter } = useRoute()
  const facets = useCall('media.facets', { filter }, { keepsPrevious: true })
  if (!facets.data) return <div className="filter-panel" />
  const parts = { facets: facets.data, filter }
  return (
    <div className="filter-panel">
      <Colours {...parts} />
      <Years {...parts} />
      <Tags {...parts} />
      <StatusesAndSources {...parts} />
      {facets.data.isSampled && <p className="hint">Counted over the newest matches: there may be more of each.</p>}
    </div>
  )
}

interface Part {
  facets: Facets
  filter: MediaFilter
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <div className="facets">{children}</div>
    </section>
  )
}

function Facet(props: { isOn: boolean; count?: number | undefined; onToggle: () => void; children: ReactNode }) {
  return (
    <button type="button" className="facet" aria-pressed={props.isOn} onClick={props.onToggle}>
      {props.children}
      {props.count !== undefined && <span className="facet-count">{formatCount(props.count)}</span>}
    </button>
  )
}

function Colours({ facets, filter }: Part) {
  if (facets.colours.length === 0) return null
  return (
    <Section title="Colour">
      {facets.colours.map(({ value, count }) => (
        <Facet
          key={value}
          isOn={filter.colours?.includes(value) ?? false}
          count={count}
          onToggle={() => changeFilter({ colours: toggled(filter.colours, value) })}
        >
          <Swatch colour={swatches[value]} />
          {value}
        </Facet>
      ))}
    </Section>
  )
}

function Years({ facets, filter }: Part) {
  if (facets.years.length === 0) return null
  const toggleYear = (year: string): void => {
    const isOn = filter.takenFrom === year && filter.takenTo === year
    changeFilter(isOn ? { takenFrom: undefined, takenTo: undefined } : { takenFrom: year, takenTo: year })
  }
  return (
    <Section title="Year taken">
      {facets.years.map(({ value, count }) => (
        <Facet
          key={value}
          isOn={filter.takenFrom === value && filter.takenTo === value}
          count={count}
          onToggle={() => toggleYear(value)}
        >
          {value}
        </Facet>
      ))}
    </Section>
  )
}

const tagsShown = 24

function Tags({ facets, filter }: Part) {
  const [prefix, setPrefix] = useState('')
  const suggested = useCall(
    'tags.suggest',
    { prefix: prefix.trim(), limit: tagsShown },
    { isEnabled: prefix.trim() !== '', keepsPrevious: true },
  )
  const tags = prefix.trim() ? (suggested.data ?? []) : facets.tags.slice(0, tagsShown)
  if (facets.tags.length === 0 && !prefix) return null
  return (
    <Section title="Tag">
      <input
        type="search"
        className="text-field facet-field"
        placeholder="Find a tag"
        aria-label="Find a tag"
        value={prefix}
        onChange={event => setPrefix(event.target.value)}
      />
      {tags.map(({ value, count }) => (
        <Facet
          key={value}
          isOn={filter.tags?.includes(value) ?? false}
          count={count}
          onToggle={() => changeFilter({ tags: toggled(filter.tags, value) })}
        >
          {value}
        </Facet>
      ))}
      {prefix && suggested.data?.length === 0 && <p className="hint">No tag begins with “{prefix}”.</p>}
    </Section>
  )
}

function StatusesAndSources({ facets, filter }: Part) {
  const hasSources = facets.sources.length > 1
  return (
    <>
      <Section title="Status">
        {facets.statuses.map(({ value, count }) => {
          const status = value as ProcessingStatus
          return (
            <Facet
              key={value}
              isOn={filter.status === status}
              count={count}
              onToggle={() => changeFilter({ status: filter.status === status ? undefined : status })}
            >
              <StatusMark look={statusLooks[status]} />
            </Facet>
          )
        })}
      </Section>
      {hasSources && (
        <Section title="Source">
          {facets.sources.map(({ value, count }) => (
            <Facet
              key={value}
              isOn={filter.source === value}
              count={count}
              onToggle={() => changeFilter({ source: filter.source === value ? undefined : value })}
            >
              {nameOfSource(value)}
            </Facet>
          ))}
        </Section>
      )}
    </>
  )
}
