import { createStore } from '../../../lib/store.ts'

/** The key of the suggestion that the keys act on; null: the first. */
export const suggestionCursor = createStore<string | null>(null)

/** The element of a suggestion carries its key here. */
export const suggestionAttribute = 'data-suggestion'

/** The key of the suggestion in which the keyboard is. */
export function keyInFocus(): string | null {
  return document.activeElement?.closest(`[${suggestionAttribute}]`)?.getAttribute(suggestionAttribute) ?? null
}

/** Brings the keyboard to a suggestion, where it was in another one that is gone. */
export function focusSuggestion(key: string | null): void {
  if (key === null) return
  const element = document.querySelector(`[${suggestionAttribute}=${CSS.escape(key)}]`)
  element?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
}
