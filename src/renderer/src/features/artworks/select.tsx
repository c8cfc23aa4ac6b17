import { Icon } from '../../ui/icon.tsx'

interface SelectProps {
  label: string
  value: string
  options: readonly (readonly [value: string, title: string])[]
  /** What no choice is called. */
  all?: string
  onChange: (value: string) => void
}

/** One of a few, in a line with others. */
export function Select({ label, value, options, all, onChange }: SelectProps) {
  return (
    <label className="select">
      <span className="visually-hidden">{label}</span>
      <select value={value} onChange={event => onChange(event.target.value)}>
        {all && <option value="">{all}</option>}
        {options.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </label>
  )
}
