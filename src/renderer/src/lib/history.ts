import { queryClient, transport } from './api.ts'
import type { Output } from './contract.ts'
import { plural } from './format.ts'
import { lookAgain } from './live.ts'
import { tell, tellFailure } from './notice.ts'

let underWay = 0
let last: Promise<unknown> = Promise.resolve()

/** A person's commands are done in the order in which they were given, however fast one follows the other. */
function inTurn<T>(command: () => Promise<T>): Promise<T> {
  underWay += 1
  const turn = (transport.keepsOrder ? command() : last.then(command)).finally(() => {
    underWay -= 1
  })
  last = turn.catch(() => undefined)
  return turn
}

/**
 * What waits for its turn is known to this page alone, and a browser has whoever leaves it asked. What is still being
 * typed is saved as if its field were left.
 */
export function startHistory(): void {
  if (transport.keepsOrder) return
  window.addEventListener('beforeunload', event => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    if (underWay > 0) event.preventDefault()
  })
}

/** Does something that can be taken back, and tells it where anything was done. @returns whether it went well. */
export async function perform(command: () => Promise<{ commandId: number | null }>, told: string): Promise<boolean> {
  try {
    const { commandId } = await inTurn(command)
    if (commandId !== null) tell(told, { label: 'Undo', run: () => void undo(commandId) })
    return true
  } catch (error) {
    tellFailure(error)
    return false
  }
}

type HistoryState = Output<'history.state'>

/** What is under way can be undone as soon as it is done. */
export const canUndo = (state: HistoryState | undefined): boolean => Boolean(state?.undo) || underWay > 0
export const canRedo = (state: HistoryState | undefined): boolean => Boolean(state?.redo) || underWay > 0

/** The latest command; of a notice its own. */
export function undo(commandId?: number): Promise<void> {
  return reverse('Undone', () => transport.call('history.undo', commandId === undefined ? {} : { commandId }), {
    label: 'Redo',
    run: () => void redo(),
  })
}

export function redo(): Promise<void> {
  return reverse('Redone', () => transport.call('history.redo', {}), { label: 'Undo', run: () => void undo() })
}

const listeners = new Set<() => void>()

/** Called when something was undone or redone, so that what it brought back can be shown at once. */
export function onReversed(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function reverse(verb: string, call: () => Promise<Reversal>, back: { label: string; run: () => void }) {
  try {
    tell(reversalSentence(verb, await inTurn(call)), back)
    for (const listener of listeners) listener()
  } catch (error) {
    tellFailure(error)
  } finally {
    for (const name of ['media.get', 'suggestions.common', 'history.state']) {
      void queryClient.invalidateQueries({ queryKey: [name] })
    }
    lookAgain()
  }
}

type Reversal = Output<'history.undo'>

/** "Undone: Rate 12 pictures 3 stars." */
export function reversalSentence(verb: string, { title, count, leftCount }: Reversal): string {
  if (count === 0) return `Nothing of “${title}” was ${verb.toLowerCase()}: it was changed in another way since.`
  const left = `${plural(leftCount, 'picture')} changed in another way since and ${leftCount === 1 ? 'stays' : 'stay'} so.`
  return leftCount === 0 ? `${verb}: ${title}.` : `${verb}: ${title}. ${left}`
}
