import type { FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

interface SelectProps<T extends string> {
  field: Partial<FieldProps>
  value: T
  /** In their order. */
  options: Readonly<Record<T, string>>
  onChange: (value: T) => void
}

/** One of a few, in the system's own list. */
export function Select<T extends string>({ field, value, options, onChange }: SelectProps<T>) {
  return (
    <span className="select">
      <select {...field} value={value} onChange={event => onChange(event.target.value as T)}>
        {Object.entries<string>(options).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </span>
  )
}
