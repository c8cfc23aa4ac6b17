import { type Command, useCommands } from '../../lib/commands.ts'
import { type MediaId, type MediaSort, mediaGroups, mediaSorts } from '../../lib/contract.ts'
import { currentMedia } from '../../lib/current-media.ts'
import { groupBy, groupTitles } from '../../lib/grouping.ts'
import type { KeyPress } from '../../lib/keys.ts'
import type { MarkTarget } from '../../lib/marks.ts'
import { cellSize, cellSizes, gridLayout } from '../../lib/preferences.ts'
import { changeFilter, comparedMost, go, routeNow } from '../../lib/route.ts'
import { selectedMedia } from '../../lib/selected-media.ts'
import { useStore } from '../../lib/store.ts'
import { useMarkCommands } from '../../lib/use-mark-commands.ts'
import { hasFilter } from './filters.ts'
import type { GridController } from './grid/grid-controller.ts'
import type { SelectMode } from './grid/grid-cursor.ts'
import type { Move } from './grid/layout.ts'
import { idsOf } from './grid/selection.ts'

const moves: readonly [Move, string, string][] = [
  ['left', 'Previous picture', 'ArrowLeft'],
  ['right', 'Next picture', 'ArrowRight'],
  ['up', 'Picture above', 'ArrowUp'],
  ['down', 'Picture below', 'ArrowDown'],
  ['page-up', 'A page up', 'PageUp'],
  ['page-down', 'A page down', 'PageDown'],
  ['first', 'First picture', 'Home'],
  ['last', 'Last picture', 'End'],
]

function modeOf(press: KeyPress | undefined): SelectMode {
  if (press?.shiftKey) return 'range'
  return press?.ctrlKey || press?.metaKey ? 'none' : 'only'
}

function moveCommands(controller: GridController): Command[] {
  return moves.map(([move, title, key]) => ({
    id: `grid.${move}`,
    title,
    group: 'Grid',
    keys: [key, `Shift+${key}`, `Mod+${key}`],
    run: press => {
      focusGrid()
      controller.move(move, modeOf(press))
    },
  }))
}

export const sortTitles: Record<MediaSort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  'taken-newest': 'Taken last',
  'taken-oldest': 'Taken first',
  name: 'Name',
  largest: 'Largest',
  relevance: 'Best match',
}

function sortCommands(): Command[] {
  return mediaSorts.map(sort => ({
    id: `sort.${sort}`,
    title: `Sort: ${sortTitles[sort].toLowerCase()}`,
    group: 'View',
    isAvailable: () => routeNow().sort !== sort && (sort !== 'relevance' || Boolean(routeNow().filter.text)),
    run: () => go({ sort }),
  }))
}

export const toggleLayout = (): void => gridLayout.set(gridLayout.get() === 'justified' ? 'square' : 'justified')

function groupCommands(controller: GridController): Command[] {
  const isGrouped = (): boolean => routeNow().group !== 'none'
  const step = (id: string, title: string, by: 1 | -1, key: string): Command => ({
    id,
    title,
    group: 'Grid',
    keys: [key, `Shift+${key}`],
    isAvailable: isGrouped,
    run: press => {
      focusGrid()
      controller.moveToSection(by, modeOf(press))
    },
  })
  return [
    ...mediaGroups.map<Command>(group => ({
      id: `group.${group}`,
      title: group === 'none' ? 'Group: none' : `Group: ${groupTitles[group].toLowerCase()}`,
      group: 'View',
      isAvailable: () => routeNow().group !== group,
      run: () => groupBy(group),
    })),
    step('section.next', 'Next section', 1, 'Alt+ArrowDown'),
    step('section.previous', 'Beginning of this section, or the one before', -1, 'Alt+ArrowUp'),
    {
      id: 'section.select',
      title: 'Select all of this section, or nothing of it',
      group: 'Grid',
      keys: ['Shift+G'],
      isAvailable: isGrouped,
      run: () => {
        const section = controller.currentSection
        if (section !== undefined) void controller.toggleSection(section)
      },
    },
  ]
}

function resize(steps: number): void {
  const size = cellSize.get() + steps * cellSizes.step
  cellSize.set(Math.min(Math.max(size, cellSizes.least), cellSizes.most))
}

const focusFind = (): void => {
  const field = document.querySelector<HTMLInputElement>('#find')
  field?.focus()
  field?.select()
}

const focusGrid = (): void => document.querySelector<HTMLElement>('.grid-scroller')?.focus({ preventScroll: true })

/** Esc goes back one level: out of the find box, then out of the selection. */
function stepBack(controller: GridController): void {
  const isInGrid = document.activeElement?.classList.contains('grid-scroller')
  if (isInGrid || document.activeElement === document.body) controller.cursor.selectNone()
  focusGrid()
}

function pictureCommands(controller: GridController): Command[] {
  const { cursor } = controller
  const focused = () => (cursor.index >= 0 ? controller.list.tileAt(cursor.index) : undefined)
  return [
    {
      id: 'picture.open',
      title: 'Open picture',
      group: 'Picture',
      keys: ['Space', 'Enter'],
      isAvailable: () => cursor.focusedId !== null,
      run: () => go({ openId: cursor.focusedId }),
    },
    {
      id: 'picture.compare',
      title: 'Side by side: two to four selected pictures',
      group: 'Picture',
      keys: ['C'],
      isAvailable: () => cursor.selectedCount >= 2 && cursor.selectedCount <= comparedMost,
      run: () => void idsOf(cursor.selection, controller.list).then(compare),
    },
    {
      id: 'picture.retry',
      title: 'Retry this picture',
      group: 'Picture',
      keys: ['R'],
      isAvailable: () => focused()?.status === 'failed',
      run: () => cursor.focusedId && controller.retry(cursor.focusedId),
    },
    {
      id: 'grid.toggle',
      title: 'Add to or take from the selection',
      group: 'Grid',
      keys: ['Mod+Space', 'Mod+Enter'],
      isAvailable: () => cursor.focusedId !== null,
      run: () => cursor.moveTo(cursor.index, 'toggle'),
    },
    { id: 'grid.all', title: 'Select all', group: 'Grid', keys: ['Mod+A'], run: () => cursor.selectAll() },
    {
      id: 'grid.invert',
      title: 'Invert the selection',
      group: 'Grid',
      keys: ['Mod+I'],
      run: () => cursor.invertSelection(),
    },
    {
      id: 'grid.none',
      title: 'Select nothing',
      group: 'Grid',
      keys: ['Mod+Shift+A'],
      isAvailable: () => cursor.selectedCount > 0,
      run: () => cursor.selectNone(),
    },
    {
      id: 'grid.top',
      title: 'Go to the top, with what is new',
      group: 'Grid',
      keys: ['G'],
      run: () => controller.goToTop(),
    },
  ]
}

/** The one the keys act on is open, where it is among them. */
function compare(compared: readonly MediaId[]): void {
  const { focusedId } = currentMedia.get()
  const openId = compared.find(id => id === focusedId) ?? compared[0]
  if (openId) go({ openId, compared })
}

/** All the keys of the grid, for as long as it is shown. */
export function useLibraryCommands(controller: GridController): void {
  // One of them says where it leads.
  useStore(gridLayout)
  useCommands(libraryCommands(controller).map(onlyInGrid))
  useMarkCommands(() => markTarget(controller))
}

/** The selection, else the picture the keys are on. What is open is marked by what shows it. */
function markTarget({ cursor, list }: GridController): MarkTarget | null {
  const { focusedId } = cursor
  if (routeNow().openId !== null) return null
  const current = focusedId !== null && cursor.index >= 0 ? list.tileAt(cursor.index) : undefined
  const { count, ids } = selectedMedia.get()
  if (count > 0)
    return { count, ids, current: focusedId !== null && cursor.isSelected(focusedId) ? current : undefined }
  return focusedId === null ? null : { count: 1, ids: async () => [focusedId], current }
}

/** What lies behind an open picture must not answer its keys. */
function onlyInGrid(command: Command): Command {
  return { ...command, isAvailable: () => routeNow().openId === null && (command.isAvailable?.() ?? true) }
}

function libraryCommands(controller: GridController): Command[] {
  return [
    ...moveCommands(controller),
    ...pictureCommands(controller),
    ...sortCommands(),
    ...groupCommands(controller),
    { id: 'library.find', title: 'Find', group: 'Go to', keys: ['/', 'Mod+F'], run: focusFind },
    {
      id: 'library.clear',
      title: 'Clear filters',
      group: 'View',
      keys: ['Mod+Backspace'],
      isAvailable: () => hasFilter(routeNow().filter),
      run: () => go({ filter: {}, sort: 'newest' }),
    },
    {
      id: 'library.failed',
      title: 'Only failed ones of this view',
      group: 'View',
      run: () => changeFilter({ status: 'failed' }),
    },
    {
      id: 'grid.layout',
      title: gridLayout.get() === 'justified' ? 'Square cells' : 'Justified rows',
      group: 'View',
      keys: ['J'],
      run: toggleLayout,
    },
    { id: 'grid.larger', title: 'Larger pictures', group: 'View', keys: ['+', '='], run: () => resize(1) },
    { id: 'grid.smaller', title: 'Smaller pictures', group: 'View', keys: ['-'], run: () => resize(-1) },
    {
      id: 'library.back',
      title: 'Back to the grid',
      group: 'Grid',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: () => stepBack(controller),
    },
  ]
}
