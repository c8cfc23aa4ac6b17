import { useEffect, useMemo, useRef, useState } from 'react'
import { type Command, commandRegistry } from '../../lib/commands.ts'
import { Keycaps } from '../../ui/keycaps.tsx'
import { findCommands } from './find-commands.ts'
import './palette.css'

/** Every command there is right now, found by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const commands = useMemo(() => commandRegistry.list().filter(command => command.id !== 'app.palette'), [])
  const found = useMemo(() => findCommands(commands, typed), [commands, typed])
  const chosen = found[Math.min(place, found.length - 1)]

  useEffect(() => dialog.current?.showModal(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen line moves with the place.
  useEffect(() => {
    // Some browsers answer with a promise, which is no clean-up.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [place])

  const run = (command: Command | undefined): void => {
    onClose()
    // After the dialog gave the focus back, so that a command may take it.
    if (command) requestAnimationFrame(() => command.run())
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Enter') run(chosen)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    setPlace((Math.min(place, found.length - 1) + step + found.length) % Math.max(found.length, 1))
  }
  return (
    <dialog
      ref={dialog}
      className="palette-dialog"
      aria-label="Commands"
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <input
        type="search"
        className="palette-field"
        placeholder="Type what to do"
        aria-label="Find a command"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen && `command-${chosen.id}`}
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setPlace(0)
        }}
      />
      <div ref={list} id="palette-list" className="palette-list" role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
          <div
            key={command.id}
            id={`command-${command.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            onPointerMove={() => setPlace(index)}
            onClick={() => run(command)}
          >
            <span className="palette-group">{command.group}</span>
            <span className="palette-title">{command.title}</span>
            {command.keys?.[0] && <Keycaps name={command.keys[0]} />}
          </div>
        ))}
        {found.length === 0 && <p className="palette-none">No command of that name.</p>}
      </div>
    </dialog>
  )
}
