import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import './choice-dialog.css'

interface ChoiceDialogProps<T> {
  label: string
  field: { label: string; placeholder: string; value: string; onChange: (typed: string) => void; maxLength?: number }
  /** What the list is called, and says where it is empty. */
  list: { label: string; none: string }
  choices: readonly T[]
  keyOf: (choice: T) => string | number
  draw: (choice: T) => ReactNode
  take: (choice: T) => void
  onClose: () => void
  className?: string
}

/** A field and a list that follows what is typed: arrows move, Enter takes, Esc closes. */
export function ChoiceDialog<T>(props: ChoiceDialogProps<T>) {
  const { label, field, list, choices, keyOf, draw, take, onClose, className = '' } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const [place, setPlace] = useState(0)
  const at = Math.min(place, choices.length - 1)
  const chosen = choices[at]
  useLayoutEffect(() => dialog.current?.showModal(), [])

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault()
      take(chosen)
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    setPlace((at + step + choices.length) % Math.max(choices.length, 1))
  }
  return (
    <dialog
      ref={dialog}
      className={`choice-dialog ${className}`}
      aria-label={label}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <input
        type="search"
        className="choice-field"
        placeholder={field.placeholder}
        aria-label={field.label}
        role="combobox"
        aria-expanded="true"
        aria-controls="choice-list"
        aria-activedescendant={chosen === undefined ? undefined : `choice-${at}`}
        maxLength={field.maxLength}
        autoComplete="off"
        value={field.value}
        onChange={event => {
          field.onChange(event.target.value)
          setPlace(0)
        }}
      />
      <div id="choice-list" className="choice-list" role="listbox" aria-label={list.label}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
          <div
            key={keyOf(choice)}
            id={`choice-${index}`}
            ref={element => {
              if (index === at) element?.scrollIntoView({ block: 'nearest' })
            }}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerMove={() => setPlace(index)}
            onClick={() => take(choice)}
          >
            {draw(choice)}
          </div>
        ))}
        {choices.length === 0 && <p className="choice-none">{list.none}</p>}
      </div>
    </dialog>
  )
}
