import { fieldNames, fieldText } from '../../../../shared/sidecar-words.ts'
import { sidecarFields } from '../../../../shared/sidecars.ts'
import type { SidecarConflicts, SidecarReading } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { Choice } from '../../ui/choice.tsx'

interface Props {
  reading: SidecarReading
  conflicts: SidecarConflicts
  onChange: (conflicts: SidecarConflicts) => void
}

const options: { value: SidecarConflicts; title: string; text: string }[] = [
  { value: 'keep', title: 'Keep mine', text: 'Only where you have said nothing does the sidecar count.' },
  { value: 'take', title: "Take the file's", text: 'Yours go. Tags of yours stay beside those of the file.' },
]

/** What would change. Where the person has said something else, they choose whose word stands. */
export function Looked({ reading, conflicts, onChange }: Props) {
  const { differing, conflicting } = reading
  if (differing === 0) return null
  return (
    <>
      <h2>What would change</h2>
      <Fields reading={reading} />
      {conflicting > 0 && (
        <>
          <h2>Where you have said something else: {plural(conflicting, 'picture')}</h2>
          <Choice name="Whose word stands" isRow value={conflicts} options={options} onChange={onChange} />
        </>
      )}
      <Examples reading={reading} />
    </>
  )
}

function Fields({ reading: { changes, conflicts } }: { reading: SidecarReading }) {
  const fields = sidecarFields.filter(field => changes[field] || conflicts[field])
  const count = (value: number | undefined): string => (value ? formatCount(value) : '–')
  return (
    <table className="sidecars-table">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">New for pictures</th>
          <th scope="col">Unlike yours</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(field => (
          <tr key={field}>
            <th scope="row">{fieldNames[field]}</th>
            <td>{count(changes[field])}</td>
            <td>{count(conflicts[field])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Examples({ reading: { examples, changes, conflicts } }: { reading: SidecarReading }) {
  const total = [...Object.values(changes), ...Object.values(conflicts)].reduce((sum, count) => sum + count, 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section className="sidecars-examples" aria-label="What the sidecars say" tabIndex={0}>
      <table className="sidecars-table">
        <thead>
          <tr>
            <th scope="col">Picture</th>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">The file's</th>
          </tr>
        </thead>
        <tbody>
          {examples.map(({ mediaId, file, field, mine, theirs }) => (
            <tr key={`${mediaId} ${field} ${mine === null}`}>
              <th scope="row">{file}</th>
              <td>{fieldNames[field]}</td>
              <td>{mine === null ? <span className="quiet">–</span> : mineText(field, mine)}</td>
              <td>{fieldText(field, theirs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > examples.length && <p className="quiet">And {formatCount(total - examples.length)} more.</p>}
    </section>
  )
}

/** Of tags, those that the person has rejected. */
const mineText = (field: SidecarReading['examples'][number]['field'], mine: string): string =>
  field === 'tags' ? `${mine} rejected` : fieldText(field, mine)
