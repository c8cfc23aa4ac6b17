import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'

interface EditTextProps {
  label: string
  value: string
  /** Null where nothing is left. Called once, also when nothing changed. */
  onEnd: (value: string | null) => void
  onCancel: () => void
}

/** Text that is edited in its place. Enter saves, so does leaving it; Esc leaves it as it was; Shift-Enter is a new line. */
export function EditText({ label, value, onEnd, onCancel }: EditTextProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const isOver = useRef(false)
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const end = (isSaved: boolean): void => {
    if (isOver.current) return
    isOver.current = true
    if (isSaved) onEnd(field.current?.value.trim() || null)
    else onCancel()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && (event.key !== 'Enter' || event.shiftKey)) return
    event.preventDefault()
    // Esc would also leave the selection.
    event.stopPropagation()
    end(event.key === 'Enter')
  }
  return (
    <textarea
      ref={field}
      className="text-field edit-text"
      aria-label={label}
      rows={1}
      maxLength={4000}
      defaultValue={value}
      onKeyDown={onKeyDown}
      onBlur={() => end(true)}
    />
  )
}
