import { type ReactNode, useState } from 'react'
import type { FindKey } from '../../../../shared/find/keys.ts'
import { termFor, writeName } from '../../../../shared/find/write.ts'
import { useCall } from '../../lib/api.ts'
import type { Output, ProcessingStatus } from '../../lib/contract.ts'
import { toggleFind } from '../../lib/find.ts'
import { formatCount } from '../../lib/format.ts'
import { useRoute } from '../../lib/route.ts'
import { nameOfSource } from '../../lib/sources.ts'
import { StatusMark, statusLooks } from '../../ui/status-mark.tsx'
import { Swatch, swatches } from '../../ui/swatch.tsx'
import { statusName } from './find-offers.ts'
import { NearColourFields } from './near-colour.tsx'

type Facets = Output<'media.facets'>

/** Every filter there is something for, with how many it would leave. All of them are written into the find box. */
export function FilterPanel() {
  const { filter } = useRoute()
  const facets = useCall('media.facets', { filter }, { keepsPrevious: true })
  if (!facets.data) return <div className="filter-panel" />
  const parts = { facets: facets.data, text: filter.text ?? '' }
  return (
    <div className="filter-panel">
      <Colours {...parts} />
      <Marks {...parts} />
      <Years {...parts} />
      <Tags {...parts} />
      <Said {...parts} />
      <Files {...parts} />
      {facets.data.isSampled && <p className="hint">Counted over the newest matches: there may be more of each.</p>}
    </div>
  )
}

interface Part {
  facets: Facets
  text: string
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <div className="facets">{children}</div>
    </section>
  )
}

interface FacetProps {
  text: string
  name: FindKey
  /** As it stands behind the key. */
  written: string
  count: number
  children: ReactNode
}

function Facet({ text, name, written, count, children }: FacetProps) {
  const term = termFor(text, name, written)
  return (
    <button
      type="button"
      className="facet"
      aria-pressed={term !== undefined && !term.isNot}
      onClick={() => toggleFind(name, written)}
    >
      {children}
      <span className="facet-count">{formatCount(count)}</span>
    </button>
  )
}

interface GroupProps {
  title: string
  name: FindKey
  text: string
  counts: readonly { value: string; count: number }[]
  /** The value's name in the find box, where it is another. */
  writtenOf?: (value: string) => string
  look?: (value: string) => ReactNode
}

/** Nothing where there is nothing to choose. */
function Group({ title, name, text, counts, writtenOf = writeName, look = value => value }: GroupProps) {
  if (counts.length === 0) return null
  return (
    <Section title={title}>
      {counts.map(({ value, count }) => (
        <Facet key={value} text={text} name={name} written={writtenOf(value)} count={count}>
          {look(value)}
        </Facet>
      ))}
    </Section>
  )
}

function Colours({ facets, text }: Part) {
  if (facets.colours.length === 0) return null
  return (
    <Section title="Colour">
      {facets.colours.map(({ value, count }) => (
        <Facet key={value} text={text} name="color" written={value} count={count}>
          <Swatch colour={swatches[value]} />
          {value}
        </Facet>
      ))}
      <NearColourFields text={text} />
    </Section>
  )
}

function starsOf(rating: string): ReactNode {
  return (
    <span role="img" aria-label={`${rating} of 5 stars`}>
      {'★'.repeat(Number(rating))}
    </span>
  )
}

function Marks({ facets, text }: Part) {
  return (
    <>
      <Group title="Rating" name="rating" text={text} counts={facets.ratings} look={starsOf} />
      <Group title="Flag" name="is" text={text} counts={facets.flags} />
      <Group title="Label" name="label" text={text} counts={facets.labels} />
    </>
  )
}

function Years({ facets, text }: Part) {
  return <Group title="Year taken" name="date" text={text} counts={facets.years} />
}

const tagsShown = 24

function Tags({ facets, text }: Part) {
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
        <Facet key={value} text={text} name="tag" written={writeName(value)} count={count}>
          {value}
        </Facet>
      ))}
      {prefix && suggested.data?.length === 0 && <p className="hint">No tag begins with “{prefix}”.</p>}
    </Section>
  )
}

const saidTitles = [
  ['style', 'Style'],
  ['mood', 'Mood'],
  ['subject', 'Subject'],
  ['medium', 'Medium'],
  ['series', 'Series'],
] as const
const saidShown = 12

function Said({ facets, text }: Part) {
  return saidTitles.map(([name, title]) => (
    <Group key={name} title={title} name={name} text={text} counts={facets[name].slice(0, saidShown)} />
  ))
}

function Files({ facets, text }: Part) {
  const hasSources = facets.sources.length > 1 || text.includes('source:')
  const types = [...(facets.kinds.length > 1 ? facets.kinds : []), ...facets.types]
  return (
    <>
      <Group title="Type" name="type" text={text} counts={types} />
      <Group
        title="Status"
        name="status"
        text={text}
        counts={facets.statuses}
        writtenOf={statusName}
        look={value => <StatusMark look={statusLooks[value as ProcessingStatus]} />}
      />
      {hasSources && (
        <Group
          title="Source"
          name="source"
          text={text}
          counts={facets.sources}
          writtenOf={value => (value === 'googledrive' ? 'drive' : value)}
          look={value => nameOfSource(value === 'googledrive' ? 'google_drive' : value)}
        />
      )}
    </>
  )
}
