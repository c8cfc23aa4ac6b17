import type { ReactNode } from 'react'
import './choice.css'

interface ChoiceProps<T extends string> {
  /** One word for the group, not shown. */
  name: string
  value: T
  options: readonly { value: T; title: string; text?: ReactNode }[]
  onChange: (value: T) => void
  /** Beside each other, where there is room. */
  isRow?: boolean
}

/** One of a few, each with what follows from it. Arrow keys go from one to the next. */
export function Choice<T extends string>({ name, value, options, onChange, isRow = false }: ChoiceProps<T>) {
  return (
    <fieldset className={`option-list ${isRow ? 'is-row' : ''}`}>
      <legend className="visually-hidden">{name}</legend>
      {options.map(option => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>
            {option.title}
            {option.text && <span className="quiet">{option.text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
