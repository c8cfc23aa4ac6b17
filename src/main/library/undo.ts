import type { Edit } from './edits.ts'

/** So far back goes undo. */
const keptCommands = 50
/** About 40 MB of rows. The last command is kept whatever its size. */
const keptEdits = 300_000

export interface DoneCommand {
  undoId: number
  edits: Edit[]
  /** It changed under what the pictures are filed, not only who says so. */
  isFiled: boolean
  /** SHA-256 by picture, of those that lost what an analyser had said of these bytes. */
  saidOf: ReadonlyMap<number, string | null>
}

/** What the last commands of a person changed, in memory: it ends with the program. */
export function createUndoJournal() {
  const kept: DoneCommand[] = []
  let lastId = 0

  function dropOldest(): void {
    let count = kept.reduce((sum, command) => sum + command.edits.length, 0)
    while (kept.length > 1 && (kept.length > keptCommands || count > keptEdits)) {
      count -= kept.shift()?.edits.length ?? 0
    }
  }

  return {
    /** @returns what `take` finds it by. */
    keep(command: Omit<DoneCommand, 'undoId'>): number {
      kept.push({ ...command, undoId: ++lastId })
      dropOldest()
      return lastId
    },

    find(undoId: number): DoneCommand | undefined {
      return kept.find(command => command.undoId === undoId)
    },

    forget(undoId: number): void {
      const index = kept.findIndex(command => command.undoId === undoId)
      if (index >= 0) kept.splice(index, 1)
    },
  }
}
