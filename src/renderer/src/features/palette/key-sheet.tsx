import { useLayoutEffect, useMemo, useRef } from 'react'
import { commandGroups, commandRegistry } from '../../lib/commands.ts'
import { IconButton } from '../../ui/button.tsx'
import { Keycaps } from '../../ui/keycaps.tsx'
import './palette.css'

/** All the keys that work now. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const commands = useMemo(() => commandRegistry.list().filter(command => command.keys?.length), [])
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className="key-sheet"
      aria-label="Keys"
      onClose={onClose}
      onKeyDown={event => {
        event.stopPropagation()
        if (event.key === '?') onClose()
      }}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <header>
        <h2>Keys</h2>
        <IconButton icon="close" label="Close (Esc)" onClick={onClose} />
      </header>
      <div className="key-groups">
        {commandGroups.map(group => {
          const inGroup = commands.filter(command => command.group === group)
          return (
            inGroup.length > 0 && (
              <section key={group}>
                <h3>{group}</h3>
                {inGroup.map(command => (
                  <p key={command.id}>
                    <span>{command.title}</span>
                    <Keycaps name={command.keys?.[0] as string} />
                  </p>
                ))}
                {group === 'Grid' && (
                  <p className="hint">With Shift a move selects on the way, with Ctrl or Cmd it selects nothing.</p>
                )}
              </section>
            )
          )
        })}
      </div>
    </dialog>
  )
}
