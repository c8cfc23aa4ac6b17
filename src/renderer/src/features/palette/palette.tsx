import { useMemo, useState } from 'react'
import { type Command, commandRegistry } from '../../lib/commands.ts'
import { ChoiceDialog } from '../../ui/choice-dialog.tsx'
import { Keycaps } from '../../ui/keycaps.tsx'
import { findCommands } from './find-commands.ts'
import './palette.css'

/** Every command there is right now, found by its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const commands = useMemo(() => commandRegistry.list().filter(command => command.id !== 'app.palette'), [])
  const found = useMemo(() => findCommands(commands, typed), [commands, typed])

  const run = (command: Command): void => {
    onClose()
    // After the dialog gave the focus back, so that a command may take it.
    requestAnimationFrame(() => command.run())
  }
  return (
    <ChoiceDialog
      label="Commands"
      field={{ label: 'Find a command', placeholder: 'Type what to do', value: typed, onChange: setTyped }}
      list={{ label: 'Commands', none: 'No command of that name.' }}
      choices={found}
      keyOf={({ id }) => id}
      draw={({ group, title, keys }) => (
        <>
          <span className="palette-group">{group}</span>
          <span className="choice-text">{title}</span>
          {keys?.[0] && <Keycaps name={keys[0]} />}
        </>
      )}
      take={run}
      onClose={onClose}
    />
  )
}
