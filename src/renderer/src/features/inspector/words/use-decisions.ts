import { useLayoutEffect } from 'react'
import { type Command, useCommands } from '../../../lib/commands.ts'
import { focusWhenDrawn } from '../../../lib/focus-when-drawn.ts'
import { isInspectorOpen } from '../../../lib/preferences.ts'
import { routeNow } from '../../../lib/route.ts'
import { type Decision, keyAfter, type Suggested } from '../../../lib/suggested.ts'
import { focusSuggestion, keyInFocus, suggestionCursor } from './cursor.ts'

interface Decisions {
  suggestions: readonly Suggested[]
  next: Suggested | undefined
  decideOne: (suggestion: Suggested, decision: Decision) => void
  decideAll: (decision: Decision) => void
}

const isInGrid = (): boolean => routeNow().screen === 'library' && routeNow().openId === null

/** Y and N for what the inspector shows, one by one or all at once. The keyboard goes on to the next by itself. */
export function useDecisions({ suggestions, next, decideOne, decideAll }: Decisions) {
  const decide = (decision: Decision): void => {
    if (!next) return
    const wasInside = keyInFocus() !== null
    const key = keyAfter(suggestions, next)
    suggestionCursor.set(key)
    decideOne(next, decision)
    if (wasInside) requestAnimationFrame(() => focusSuggestion(key))
  }
  const command = (id: string, title: string, key: string, run: () => void): Command => ({
    id: `words.${id}`,
    title,
    group: 'Picture',
    keys: [key],
    isAvailable: () => isInGrid() && suggestions.length > 0,
    run,
  })
  useCommands([
    command('confirm', 'Confirm the next suggestion', 'Y', () => decide('confirm')),
    command('reject', 'Reject the next suggestion', 'N', () => decide('reject')),
    command('confirm-all', 'Confirm all suggestions', 'Shift+Y', () => decideAll('confirm')),
    command('reject-all', 'Reject all suggestions', 'Shift+N', () => decideAll('reject')),
  ])
  return decide
}

/** From one picture to another the keys begin with the first suggestion. */
export function useFreshCursor(subject: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject is the reason.
  useLayoutEffect(() => suggestionCursor.set(null), [subject])
}

/** Brings the keyboard to the field for tags, also where the inspector is closed. */
export function useTagKey(fieldId: string): void {
  useCommands([
    {
      id: 'words.tag',
      title: 'Add a tag',
      group: 'Picture',
      keys: ['T'],
      isAvailable: isInGrid,
      run: () => {
        isInspectorOpen.set(true)
        focusWhenDrawn(() => document.getElementById(fieldId))
      },
    },
  ])
}
