import { type ReactNode, useId, useState } from 'react'
import { parseUsd } from './estimate-lines.ts'
import './describe-panel.css'

/** What a control needs to be named by its line. */
export interface FieldProps {
  id: string
  'aria-describedby': string
}

interface LineProps {
  label: string
  hint?: ReactNode
  children: (field: FieldProps) => ReactNode
}

/** A line of a form: its name at the left, what it is for below. */
export function Field({ label, hint, children }: LineProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="field">
      <label className="field-name" htmlFor={id}>
        {label}
      </label>
      <div className="field-body">
        {children({ id, 'aria-describedby': hintId })}
        {hint && (
          <p id={hintId} className="hint">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

interface UsdInputProps {
  usd: number | null
  placeholder: string
  field?: FieldProps
  label?: string
  onChange: (usd: number | null) => void
}

/** US dollars. What cannot be read as an amount is marked, and changes nothing. */
export function UsdInput({ usd, placeholder, field, label, onChange }: UsdInputProps) {
  const [typed, setTyped] = useState<string>()
  const isOdd = typed !== undefined && parseUsd(typed) === undefined
  return (
    <span className="usd-field">
      <span aria-hidden="true">$</span>
      <input
        {...field}
        type="text"
        className="text-field"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={isOdd}
        placeholder={placeholder}
        title={isOdd ? 'An amount in US dollars, such as 1.50' : undefined}
        value={typed ?? (usd === null ? '' : String(usd))}
        onChange={event => {
          setTyped(event.target.value)
          const amount = parseUsd(event.target.value)
          if (amount !== undefined) onChange(amount)
        }}
        onBlur={() => setTyped(undefined)}
      />
    </span>
  )
}
