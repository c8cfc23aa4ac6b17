import type { CatalogueLayout, LabelSize } from '../../../../shared/printing.ts'
import { pageSizeTitles } from '../../lib/printing-words.ts'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { Printing, SheetsDraft } from './order.ts'

interface Props {
  format: 'catalogue' | 'labels'
  draft: SheetsDraft
  printing: Printing
  onChange: (changes: Partial<SheetsDraft>) => void
}

const layouts: Record<CatalogueLayout, string> = {
  one: 'One work, its picture large',
  two: 'Two works, their texts beside them',
  list: 'A list with small pictures',
}

const labels: Record<LabelSize, string> = {
  '70x40': '70 × 40 mm',
  '90x50': '90 × 50 mm',
  '120x80': '120 × 80 mm',
}

/** What is on paper, and how it is arranged. */
export function SheetFields({ format, draft, printing, onChange }: Props) {
  return (
    <>
      {format === 'catalogue' && (
        <>
          <Field label="Title">
            {field => (
              <TextInput
                field={field}
                value={draft.title}
                isMissing={draft.title.trim() === ''}
                onChange={title => onChange({ title })}
              />
            )}
          </Field>
          <Field label="On a page">
            {field => (
              <Select field={field} value={draft.layout} options={layouts} onChange={layout => onChange({ layout })} />
            )}
          </Field>
        </>
      )}
      <Field label="Artist" hint="As it stands on the title page and on labels. It is remembered.">
        {field => <TextInput field={field} value={printing.artist} onChange={artist => onChange({ artist })} />}
      </Field>
      <Field label="Paper">
        {field => (
          <Select
            field={field}
            value={printing.pageSize}
            options={pageSizeTitles}
            onChange={pageSize => onChange({ pageSize })}
          />
        )}
      </Field>
      {format === 'labels' && (
        <Field label="Labels" hint="With marks to cut along. A text that is long is printed smaller.">
          {field => (
            <Select
              field={field}
              value={draft.labelSize}
              options={labels}
              onChange={labelSize => onChange({ labelSize })}
            />
          )}
        </Field>
      )}
      <fieldset className="export-checks">
        <legend>With</legend>
        {checksOf(format).map(([name, title]) => (
          <label key={name} className="check-row">
            <input
              type="checkbox"
              checked={draft[name]}
              onChange={event => onChange({ [name]: event.target.checked })}
            />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
    </>
  )
}

type Check = 'showsPrices' | 'showsStatus' | 'showsStatement' | 'showsProvenance' | 'listsWorks'

const prices: [Check, string] = ['showsPrices', 'Prices of what is available or reserved']
const checksOf = (format: Props['format']): readonly [Check, string][] =>
  format === 'labels'
    ? [prices]
    : [
        ['showsStatement', 'Statements'],
        ['showsProvenance', 'Provenance'],
        ['showsStatus', 'Status: available, reserved, sold'],
        prices,
        ['listsWorks', 'A list of all works at the end'],
      ]

interface TextInputProps {
  field: object
  value: string
  isMissing?: boolean
  onChange: (text: string) => void
}

function TextInput({ field, value, isMissing = false, onChange }: TextInputProps) {
  return (
    <input
      {...field}
      type="text"
      className="text-field"
      maxLength={200}
      autoComplete="off"
      aria-invalid={isMissing}
      value={value}
      onChange={event => onChange(event.target.value)}
    />
  )
}
