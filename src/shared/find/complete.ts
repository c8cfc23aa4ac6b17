import { type FindKey, keyNamed } from './keys.ts'
import { type Span, scan } from './scan.ts'

/** What is being typed at a place of the text, and what would be replaced: a key, or a value of one. */
export interface Completing extends Span {
  /** Null: a key is being typed, or a word. */
  key: FindKey | null
  /** What is there of it. */
  prefix: string
}

/** Null where nothing can be completed. */
export function completingAt(text: string, caret: number): Completing | null {
  const term = scan(text).find(({ start, end }) => start <= caret && caret <= end)
  if (!term) return { key: null, prefix: '', start: caret, end: caret }
  const value = term.values.find(({ start, end }) => start <= caret && caret <= end)
  if (!value) return null
  if (term.key !== null) {
    const key = keyNamed(term.key)
    return key && { key, prefix: text.slice(value.start, caret).replace(/^"/, ''), start: value.start, end: value.end }
  }
  if (value.isQuoted || caret !== value.end) return null
  return { key: null, prefix: value.text, start: value.start, end: value.end }
}

/** The text with what was chosen in place of what was begun, and where the caret is then. */
export function completed(text: string, at: Completing, chosen: string): { text: string; caret: number } {
  const before = text.slice(0, at.start) + chosen
  const rest = text.slice(at.end)
  return { text: before + (chosen.endsWith(' ') ? rest.trimStart() : rest), caret: before.length }
}
