import { useLayoutEffect, useRef } from 'react'
import { isForControl, isTyping, type KeyPress, nameOfKey } from './keys.ts'

export const commandGroups = [
  'Go to',
  'Import',
  'Export',
  'Drive',
  'Originals',
  'Grid',
  'Picture',
  'Collections',
  'Marks',
  'Artwork',
  'Review',
  'Descriptions',
  'Activity',
  'View',
  'Help',
] as const

/** Something a person can do: the one place that keys, palette and the sheet of keys read. */
export interface Command {
  id: string
  title: string
  group: (typeof commandGroups)[number]
  /** Names as `nameOfKey` gives them; the first is the one shown. */
  keys?: readonly string[]
  /** Also while something is being typed. */
  worksWhileTyping?: boolean
  isAvailable?: () => boolean
  run: (press?: KeyPress) => void
}

export interface CommandRegistry {
  add: (commands: readonly Command[]) => () => void
  /** In the order of the groups, then of registration, available ones only. */
  list: () => readonly Command[]
  /** The command of that key: the one added last wins, so that what lies on top answers first. */
  find: (key: string, isTypingNow: boolean) => Command | undefined
  subscribe: (listener: () => void) => () => void
}

export function createCommandRegistry(): CommandRegistry {
  let layers: (readonly Command[])[] = []
  const listeners = new Set<() => void>()
  const setLayers = (next: (readonly Command[])[]): void => {
    layers = next
    for (const listener of listeners) listener()
  }
  const isAvailable = (command: Command): boolean => command.isAvailable?.() ?? true
  return {
    add: commands => {
      setLayers([...layers, commands])
      return () => setLayers(layers.filter(layer => layer !== commands))
    },
    list: () => {
      const available = layers.flat().filter(isAvailable)
      return commandGroups.flatMap(group => available.filter(command => command.group === group))
    },
    find: (key, isTypingNow) =>
      layers
        .flat()
        .findLast(
          command => command.keys?.includes(key) && (!isTypingNow || command.worksWhileTyping) && isAvailable(command),
        ),
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const commandRegistry = createCommandRegistry()

/** Adds commands while the component is shown. Their titles and functions may change from render to render. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  const ids = commands.map(command => command.id).join()
  // Before anything of the component is on the screen: a key that is pressed the moment it is seen has its command.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which commands there are is known by their ids.
  useLayoutEffect(() => {
    const current = (id: string): Command | undefined => latest.current.find(command => command.id === id)
    return commandRegistry.add(
      latest.current.map(command => ({
        ...command,
        get title() {
          return current(command.id)?.title ?? command.title
        },
        isAvailable: () => current(command.id)?.isAvailable?.() ?? true,
        run: press => current(command.id)?.run(press),
      })),
    )
  }, [ids])
}

function runNow(id: string): void {
  commandRegistry
    .list()
    .findLast(command => command.id === id)
    ?.run()
}

/** One that is not there now is nobody's; what a menu asks of a page that is still being drawn waits until it is. */
export function runCommand(id: string): void {
  if (commandRegistry.list().length > 0) runNow(id)
  else afterFirst(() => runNow(id))
}

/** When there are commands, after all that came with the first ones. */
function afterFirst(run: () => void): void {
  const end = commandRegistry.subscribe(() => {
    end()
    queueMicrotask(run)
  })
}

/** Listens to keys for the life of the page. */
export function startKeys(): void {
  window.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing) return
    const name = nameOfKey(event)
    if (isForControl(event.target, name)) return
    const command = commandRegistry.find(name, isTyping(event.target))
    if (!command) return
    event.preventDefault()
    command.run(event)
  })
}
