import { messageOf, useCommand } from '../../lib/api.ts'
import {
  type Input,
  type Table,
  type TableDelimiter,
  type TableEncoding,
  tableDelimiters,
  tableEncodings,
} from '../../lib/contract.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { delimiterNames, encodingNames } from './draft.ts'

/** How the file is read: what was found out, to be set right where it is wrong. */
export function HowToRead({ table, isLocked }: { table: Table; isLocked: boolean }) {
  const read = useCommand('table.read', ['table.state'])
  const { id, encoding, delimiter, subject } = table
  const change = (how: Omit<Input<'table.read'>, 'id'>): void => {
    if (isLocked || read.isPending) return
    read.mutate({ id, encoding, delimiter, subject, ...how })
  }
  return (
    <>
      <Choice
        name="Each row is of"
        isRow
        value={subject}
        options={[
          { value: 'works', title: 'Works', text: 'Makes artworks, or changes those of the same inventory number.' },
          { value: 'pictures', title: 'Pictures', text: 'Changes what you say of pictures: words, tags, stars.' },
        ]}
        onChange={chosen => change({ subject: chosen })}
      />
      <div className="table-reading">
        <Field
          label="Letters"
          hint={table.isEncodingGuessed ? 'The file does not say it. Look whether the examples below are right.' : null}
        >
          {field => (
            <span className="select">
              <select
                {...field}
                value={encoding}
                onChange={event => change({ encoding: event.target.value as TableEncoding })}
              >
                {tableEncodings.map(each => (
                  <option key={each} value={each}>
                    {encodingNames[each]}
                  </option>
                ))}
              </select>
              <Icon name="down" size={12} />
            </span>
          )}
        </Field>
        <Field label="Between cells">
          {field => (
            <span className="select">
              <select
                {...field}
                value={delimiter}
                onChange={event => change({ delimiter: event.target.value as TableDelimiter })}
              >
                {tableDelimiters.map(each => (
                  <option key={each} value={each}>
                    {delimiterNames[each]}
                  </option>
                ))}
              </select>
              <Icon name="down" size={12} />
            </span>
          )}
        </Field>
      </div>
      {read.error && (
        <p className="error-line" role="alert">
          {messageOf(read.error)}
        </p>
      )}
    </>
  )
}
