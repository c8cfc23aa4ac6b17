import { type ColumnTarget, type Table, targetName, targetsOf } from '../../lib/contract.ts'
import { Icon } from '../../ui/icon.tsx'
import { type Draft, withTarget } from './draft.ts'

interface Props {
  table: Table
  draft: Draft
  isLocked: boolean
  onChange: (draft: Draft) => void
}

/** What each column of the table is. */
export function Columns({ table, draft, isLocked, onChange }: Props) {
  const targets = targetsOf(table.subject)
  return (
    <div className="table-columns">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Is</th>
            <th scope="col">For example</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map(({ name, samples }, place) => {
            const target = draft.targets[place] ?? null
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may be equal.
              <tr key={place} className={target === null ? 'is-left-out' : undefined}>
                <th scope="row" title={name}>
                  {name}
                </th>
                <td>
                  <span className="select">
                    <select
                      aria-label={`${name} is`}
                      value={target ?? ''}
                      disabled={isLocked}
                      onChange={event =>
                        onChange(withTarget(draft, place, (event.target.value || null) as ColumnTarget | null))
                      }
                    >
                      <option value="">Not imported</option>
                      {targets.map(each => (
                        <option key={each} value={each}>
                          {targetName(each)}
                        </option>
                      ))}
                    </select>
                    <Icon name="down" size={12} />
                  </span>
                </td>
                <td className="table-samples" title={samples.join('\n')}>
                  {samples.join(' · ') || 'Empty'}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
