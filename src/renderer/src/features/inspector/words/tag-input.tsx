import { type KeyboardEvent, useId, useState } from 'react'
import { useCall } from '../../../lib/api.ts'
import { formatCount } from '../../../lib/format.ts'
import { undo } from '../../../lib/history.ts'
import { nameOfKey } from '../../../lib/keys.ts'

interface TagInputProps {
  /** The label, and what is shown while nothing is typed. */
  label: string
  id?: string
  onTag: (name: string) => void
}

const suggestedMost = 6

/** A field for one tag after the other. Tags that exist are offered as one types. */
export function TagInput({ label, id, onTag }: TagInputProps) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(-1)
  const [isIn, setIsIn] = useState(false)
  const list = useId()
  const prefix = text.trim().toLowerCase()
  const found = useCall(
    'tags.suggest',
    { prefix, limit: suggestedMost },
    { isEnabled: prefix !== '', keepsPrevious: true },
  )
  const offered = prefix === '' || !isIn ? [] : (found.data ?? []).filter(({ value }) => value.startsWith(prefix))

  const take = (name: string): void => {
    setText('')
    setChosen(-1)
    if (name.trim()) onTag(name.trim().toLowerCase().slice(0, 60))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && offered.length > 0) {
      event.preventDefault()
      setChosen(Math.min(Math.max(chosen + step, -1), offered.length - 1))
    } else if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      take(offered[chosen]?.value ?? text)
    } else if (nameOfKey(event) === 'Mod+Z' && text === '') {
      // Nothing typed is left to take back, but the tag that was given just now.
      event.preventDefault()
      void undo()
    } else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation()
      setText('')
    }
  }
  return (
    <div className="tag-input">
      <input
        type="text"
        id={id}
        className="text-field"
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={list}
        aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
        autoComplete="off"
        maxLength={60}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setChosen(-1)
        }}
        onFocus={() => setIsIn(true)}
        onBlur={() => setIsIn(false)}
        onKeyDown={onKeyDown}
      />
      {offered.length > 0 && (
        <div id={list} className="tag-offers" role="listbox" aria-label="Tags">
          {offered.map(({ value, count }, i) => (
            <div
              key={value}
              id={`${list}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              // Before the field loses the keyboard, and this list with it.
              onPointerDown={event => {
                event.preventDefault()
                take(value)
              }}
            >
              <span>{value}</span>
              <span className="tag-offer-count">{formatCount(count)}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
