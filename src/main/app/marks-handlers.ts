import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'

type MarksCalls = 'marks.set' | `history.${string}`

/** What the app answers about a person's marks, and about what they did. */
export function createMarksHandlers({ history, marks }: Library): Pick<Handlers, Extract<keyof Handlers, MarksCalls>> {
  return {
    'marks.set': ({ mediaIds, change }) => marks.set(mediaIds, change),
    'history.state': () => history.state(),
    'history.undo': ({ commandId }) => {
      const reversal = history.undo(commandId)
      if (reversal) return reversal
      if (commandId === undefined || history.state().undo === null) {
        throw new CallFailed('not-found', 'There is nothing to undo.')
      }
      throw new CallFailed('conflict', 'Something else was done since. Undo that first.')
    },
    'history.redo': () => {
      const reversal = history.redo()
      if (!reversal) throw new CallFailed('not-found', 'There is nothing to redo.')
      return reversal
    },
  }
}
