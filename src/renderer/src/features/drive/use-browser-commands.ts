import { type Command, useCommands } from '../../lib/commands.ts'
import type { ListMove } from './list-cursor.ts'

interface BrowserActions {
  /** There is a list to move in. */
  isListed: boolean
  canOpen: boolean
  canGoUp: boolean
  canBringIn: boolean
  move: (move: ListMove) => void
  open: () => void
  goUp: () => void
  bringIn: () => void
  refresh: () => void
}

const moves: readonly [ListMove, string, string][] = [
  ['up', 'Line above', 'ArrowUp'],
  ['down', 'Line below', 'ArrowDown'],
  ['page-up', 'A page up', 'PageUp'],
  ['page-down', 'A page down', 'PageDown'],
  ['first', 'First line', 'Home'],
  ['last', 'Last line', 'End'],
]

const focusSearch = (): void => {
  const field = document.querySelector<HTMLInputElement>('#drive-search')
  field?.focus()
  field?.select()
}

/** All the keys of the list of Drive. From the search field, down leads into what was found. */
export function useBrowserCommands(actions: BrowserActions): void {
  const isAvailable = (): boolean => actions.isListed
  const moveCommands = moves.map<Command>(([move, title, key]) => ({
    id: `drive.${move}`,
    title,
    group: 'Drive',
    keys: [key],
    worksWhileTyping: move === 'down' || move === 'up',
    isAvailable,
    run: () => actions.move(move),
  }))
  useCommands([
    ...moveCommands,
    {
      id: 'drive.open',
      title: 'Open the folder',
      group: 'Drive',
      keys: ['Enter', 'ArrowRight'],
      isAvailable: () => actions.canOpen,
      run: actions.open,
    },
    {
      id: 'drive.up-a-folder',
      title: 'Up to the folder above',
      group: 'Drive',
      keys: ['Backspace', 'ArrowLeft'],
      isAvailable: () => actions.canGoUp,
      run: actions.goUp,
    },
    {
      id: 'drive.bring-in',
      title: 'Bring in this folder',
      group: 'Drive',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => actions.canBringIn,
      run: actions.bringIn,
    },
    { id: 'drive.search', title: 'Find a folder', group: 'Drive', keys: ['/', 'Mod+F'], isAvailable, run: focusSearch },
    {
      id: 'drive.refresh',
      title: 'Read this folder again',
      group: 'Drive',
      keys: ['R'],
      isAvailable,
      run: actions.refresh,
    },
  ])
}
