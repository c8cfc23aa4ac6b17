import { type KeyboardEvent, useState } from 'react'
import type { Copy, CopyFields } from '../../../../../shared/artworks.ts'
import type { Usual } from '../fields.ts'
import { type CellKind, readCell } from './copy-cells.ts'

interface CopyCellProps {
  kind: CellKind
  copy: Copy
  /** The copy, as it is called. */
  name: string
  usual: Usual
  placeholder: string
  noteId: string
  onFault: (fault: string | null) => void
  /** @returns whether it was done. */
  onChange: (fields: Partial<CopyFields>) => Promise<boolean>
}

/** One thing that is said of a copy. Saved when it is left; what cannot be read stays, with what to write instead. */
export function CopyCell({ kind, copy, name, usual, placeholder, noteId, onFault, onChange }: CopyCellProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const saved = kind.write(copy)
  const text = typed ?? saved
  const reading = readCell(kind, text, usual)
  const isWrong = typed !== null && !reading.ok
  const write = (next: string): void => {
    setTyped(next)
    const now = readCell(kind, next, usual)
    onFault(now.ok ? null : `${name}: ${now.error}`)
  }
  const forget = (): void => {
    setTyped(null)
    onFault(null)
  }
  const end = (): void => {
    if (typed === null || !reading.ok) return
    if (typed.trim() === saved) {
      forget()
      return
    }
    void onChange(reading.value).then(
      // Shown until the answer is there, and left to be mended where it was refused.
      isDone => isDone && setTimeout(() => setTyped(now => (now === typed ? null : now)), 0),
    )
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    forget()
    event.currentTarget.blur()
  }
  return (
    <input
      type={kind.isDay ? 'date' : 'text'}
      className={`copy-cell ${kind.isDay && text === '' ? 'is-empty' : ''}`}
      data-column={kind.name}
      aria-label={`${kind.title} of ${name}`}
      aria-describedby={noteId}
      aria-invalid={isWrong}
      autoComplete="off"
      placeholder={placeholder}
      maxLength={kind.most}
      value={text}
      onChange={event => write(event.target.value)}
      onBlur={end}
      onKeyDown={onKeyDown}
    />
  )
}
