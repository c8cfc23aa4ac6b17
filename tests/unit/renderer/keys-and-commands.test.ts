import { describe, expect, it, vi } from 'vitest'
import { findCommands } from '../../../src/renderer/src/features/palette/find-commands.ts'
import { type Command, createCommandRegistry } from '../../../src/renderer/src/lib/commands.ts'
import { type KeyPress, keycapsOf, nameOfKey } from '../../../src/renderer/src/lib/keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

const command = (id: string, part: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'View',
  run: vi.fn(),
  ...part,
})

describe('the name of a key', () => {
  it('is the same for Ctrl and Cmd', () => {
    expect(nameOfKey(press('k', { ctrlKey: true }))).toBe('Mod+K')
    expect(nameOfKey(press('k', { metaKey: true }))).toBe('Mod+K')
  })

  it('leaves out Shift where it already made the character', () => {
    expect(nameOfKey(press('?', { shiftKey: true }))).toBe('?')
    expect(nameOfKey(press('A', { shiftKey: true }))).toBe('Shift+A')
    expect(nameOfKey(press('ArrowLeft', { shiftKey: true }))).toBe('Shift+ArrowLeft')
    expect(nameOfKey(press(' ', { shiftKey: true }))).toBe('Shift+Space')
  })

  it('is printed part by part, a plus included', () => {
    expect(keycapsOf('Shift+ArrowLeft')).toEqual(['Shift', '←'])
    expect(keycapsOf('+')).toEqual(['+'])
    expect(keycapsOf('Mod++')).toEqual(['Ctrl', '+'])
  })
})

describe('the registry of commands', () => {
  it('lets what was added last answer first, and the rest again when it is gone', () => {
    const registry = createCommandRegistry()
    registry.add([command('grid.back', { keys: ['Escape'] })])
    const close = registry.add([command('review.close', { keys: ['Escape'] })])
    expect(registry.find('Escape', false)?.id).toBe('review.close')
    close()
    expect(registry.find('Escape', false)?.id).toBe('grid.back')
  })

  it('passes over commands that are not available', () => {
    const registry = createCommandRegistry()
    registry.add([command('below', { keys: ['R'] })])
    registry.add([command('above', { keys: ['R'], isAvailable: () => false })])
    expect(registry.find('R', false)?.id).toBe('below')
    expect(registry.list().map(each => each.id)).toEqual(['below'])
  })

  it('leaves letters to the field somebody types in', () => {
    const registry = createCommandRegistry()
    registry.add([
      command('inspector', { keys: ['I'] }),
      command('palette', { keys: ['Mod+K'], worksWhileTyping: true }),
    ])
    expect(registry.find('I', true)).toBeUndefined()
    expect(registry.find('Mod+K', true)?.id).toBe('palette')
  })

  it('lists by group, in one order', () => {
    const registry = createCommandRegistry()
    registry.add([command('a', { group: 'Help' }), command('b', { group: 'Go to' }), command('c', { group: 'Help' })])
    expect(registry.list().map(each => each.id)).toEqual(['b', 'a', 'c'])
  })

  it('tells when what there is changes', () => {
    const registry = createCommandRegistry()
    const listener = vi.fn()
    registry.subscribe(listener)
    registry.add([command('a')])()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})

describe('finding a command', () => {
  const commands = ['Import a folder', 'Folder Pictures', 'Failed', 'Light or dark window'].map(title =>
    command(title, { title }),
  )
  const titlesFor = (typed: string): string[] => findCommands(commands, typed).map(each => each.title)

  it('puts titles that begin with it before words that do', () => {
    expect(titlesFor('fo')).toEqual(['Folder Pictures', 'Import a folder'])
  })

  it('finds by letters in order, and everything by nothing', () => {
    expect(titlesFor('ldw')).toEqual(['Light or dark window'])
    expect(titlesFor(' ')).toHaveLength(4)
    expect(titlesFor('zzz')).toEqual([])
  })
})
