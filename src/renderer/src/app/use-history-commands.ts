import { useCall } from '../lib/api.ts'
import { useCommands } from '../lib/commands.ts'
import { canRedo, canUndo, redo, undo } from '../lib/history.ts'

/** Undo and redo of all that a person does to pictures, everywhere. In a field the keys are the field's. */
export function useHistoryCommands(): void {
  const { data } = useCall('history.state', {})
  useCommands([
    {
      id: 'history.undo',
      title: data?.undo ? `Undo: ${data.undo}` : 'Undo',
      group: 'Picture',
      keys: ['Mod+Z'],
      isAvailable: () => canUndo(data),
      run: () => void undo(),
    },
    {
      id: 'history.redo',
      title: data?.redo ? `Redo: ${data.redo}` : 'Redo',
      group: 'Picture',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      isAvailable: () => canRedo(data),
      run: () => void redo(),
    },
  ])
}
