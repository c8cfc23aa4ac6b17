import { Field } from '../../ui/field.tsx'
import type { PortfolioDraft } from './portfolio-draft.ts'

interface Props {
  artist: string
  draft: PortfolioDraft
  onArtist: (artist: string) => void
  onChange: (changes: Partial<PortfolioDraft>) => void
}

const checks = [
  { name: 'showsStatus', title: 'Show the status', text: 'Available, reserved, sold, on loan, not for sale.' },
  { name: 'showsPrices', title: 'Show prices', text: 'Of works that are available or reserved.' },
  { name: 'showsProvenance', title: 'Show the provenance', text: 'Where works are kept is never told.' },
  { name: 'isIndexed', title: 'Search engines may list it', text: 'Else each page asks them not to.' },
] as const

/** Whose portfolio it is, how they are reached, and what of the works is shown. */
export function PortfolioFields({ artist, draft, onArtist, onChange }: Props) {
  return (
    <>
      <Field label="Artist" hint="The name at the head of every page.">
        {field => (
          <input
            {...field}
            type="text"
            className="text-field"
            maxLength={200}
            required
            autoComplete="name"
            value={artist}
            onChange={event => onArtist(event.target.value)}
          />
        )}
      </Field>
      <Field label="About" hint="The text of a page about you. An empty line begins a new paragraph.">
        {field => (
          <textarea
            {...field}
            className="text-field"
            rows={5}
            maxLength={20_000}
            value={draft.about}
            onChange={event => onChange({ about: event.target.value })}
          />
        )}
      </Field>
      <Field label="Contact" hint="A line each. Addresses of mail and of the web become links.">
        {field => (
          <textarea
            {...field}
            className="text-field"
            rows={3}
            maxLength={2000}
            value={draft.contact}
            onChange={event => onChange({ contact: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Web address"
        hint="Where the folder will be, such as https://example.com/works. Programs that show links need it for their pictures."
      >
        {field => (
          <input
            {...field}
            type="text"
            className="text-field"
            inputMode="url"
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            value={draft.address}
            onChange={event => onChange({ address: event.target.value })}
          />
        )}
      </Field>
      {checks.map(({ name, title, text }) => (
        <label key={name} className="check-row">
          <input type="checkbox" checked={draft[name]} onChange={event => onChange({ [name]: event.target.checked })} />
          <span>
            {title}
            <br />
            <span className="quiet">{text}</span>
          </span>
        </label>
      ))}
    </>
  )
}
