import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { focusPictures, type NamedKind, sidebarEdit } from '../lib/sidebar-edit.ts'
import { useStore } from '../lib/store.ts'
import { Button } from '../ui/button.tsx'
import { Place } from './place.tsx'

interface NamedPlaceProps extends Omit<Parameters<typeof Place>[0], 'actions'> {
  kind: NamedKind
  id: number
  /** What stays when it is deleted. */
  staying: string
  onRename: (name: string) => void
  onDelete: () => void
}

const end = (): void => {
  sidebarEdit.set(null)
  focusPictures()
}

/** A place that a person named: renamed where it stands, and deleted after a question there. */
export function NamedPlace({ kind, id, staying, onRename, onDelete, ...place }: NamedPlaceProps) {
  const edit = useStore(sidebarEdit)
  const mode = edit?.kind === kind && edit.id === id ? edit.mode : null
  if (mode === 'rename') {
    const rename = (name: string): void => {
      if (name !== place.label) onRename(name)
    }
    return <NameField label={`Name of the ${kind}`} name={place.label} onName={rename} />
  }
  if (mode === 'delete') {
    return (
      <DeleteQuestion
        question={`Delete “${place.label}”? ${staying}`}
        onDelete={() => {
          end()
          onDelete()
        }}
      />
    )
  }
  return (
    <Place
      {...place}
      actions={[
        { icon: 'edit', label: `Rename ${place.label}`, run: () => sidebarEdit.set({ kind, id, mode: 'rename' }) },
        { icon: 'close', label: `Delete ${place.label}`, run: () => sidebarEdit.set({ kind, id, mode: 'delete' }) },
      ]}
    />
  )
}

/** Enter or leaving it takes the name, Esc leaves all as it was. */
export function NameField({ label, name, onName }: { label: string; name: string; onName: (name: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  useLayoutEffect(() => field.current?.select(), [])
  const finish = (isTaken: boolean, movesFocus: boolean): void => {
    if (isOver.current) return
    isOver.current = true
    const typed = field.current?.value.trim() ?? ''
    if (movesFocus) end()
    else sidebarEdit.set(null)
    if (isTaken && typed !== '') onName(typed)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    // Esc would also leave the selection.
    event.stopPropagation()
    finish(event.key === 'Enter', true)
  }
  return (
    <li>
      <input
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: a person just asked to type here.
        autoFocus
        type="text"
        className="text-field place-name"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        autoComplete="off"
        defaultValue={name}
        onKeyDown={onKeyDown}
        onBlur={() => finish(true, false)}
      />
    </li>
  )
}

function DeleteQuestion({ question, onDelete }: { question: string; onDelete: () => void }) {
  return (
    <li
      className="place-question"
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        end()
      }}
    >
      <p id="place-question">{question}</p>
      <Button kind="danger" aria-describedby="place-question" onClick={onDelete}>
        Delete
      </Button>
      <Button autoFocus aria-describedby="place-question" onClick={end}>
        Keep
      </Button>
    </li>
  )
}
