const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * The name of a key press, as commands write it: `I`, `Mod+K`, `Shift+ArrowLeft`, `?`, `Space`. `Mod` is Cmd on a Mac
 * and Ctrl elsewhere. Shift is left out where it already made another character (`?` and not `Shift+?`).
 */
export function nameOfKey(press: KeyPress): string {
  const isLetter = /^\p{L}$/u.test(press.key)
  const key = press.key === ' ' ? 'Space' : isLetter ? press.key.toUpperCase() : press.key
  const isCharacter = press.key.length === 1 && press.key !== ' ' && !isLetter
  return [
    (press.ctrlKey || press.metaKey) && 'Mod',
    press.altKey && 'Alt',
    press.shiftKey && !isCharacter && 'Shift',
    key,
  ]
    .filter(Boolean)
    .join('+')
}

const symbols: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
}

/** The parts of a key's name as they are printed on keycaps. */
export function keycapsOf(name: string): string[] {
  return name.split(/\+(?=.)/).map(part => symbols[part] ?? part)
}

const textInputs = new Set(['text', 'search', 'email', 'url', 'number', 'password', 'date'])

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return textInputs.has(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}

/** A control that answers to that key by itself. */
export function isForControl(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isPress = name === 'Enter' || name === 'Space'
  if (isPress) return target.closest('button, a[href], summary, input, select, video') !== null
  const isMove = /^(Shift\+)?(Arrow|Home|End|Page)/.test(name)
  return isMove && target.closest('input[type=range], select, input[type=radio], video, [data-owns-arrows]') !== null
}
