import { type ReactNode, useState } from 'react'
import { parseUsd } from './estimate-lines.ts'
import './describe-panel.css'

/** A line of a form: its name at the left, what it is for below. */
export function Field({ label, hint, children }: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what is put into it.
    <label className="field">
      <span className="field-name">{label}</span>
      <span className="field-body">
        {children}
        {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  )
}

interface UsdInputProps {
  usd: number | null
  placeholder: string
  label?: string
  onChange: (usd: number | null) => void
}

/** US dollars. What cannot be read as an amount is marked, and changes nothing. */
export function UsdInput({ usd, placeholder, label, onChange }: UsdInputProps) {
  const [typed, setTyped] = useState<string>()
  const isOdd = typed !== undefined && parseUsd(typed) === undefined
  return (
    <span className="usd-field">
      <span aria-hidden="true">$</span>
      <input
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
