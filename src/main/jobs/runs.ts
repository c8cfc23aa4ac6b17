import type { Library } from '../library/index.ts'
import type { Comparing } from './comparing/comparing.ts'
import type { Describing } from './describing/describing.ts'
import type { DriveRequest, DriveRequests } from './drive-requests.ts'
import { fileFound, foldersLookRequested, syncDrained } from './events.ts'
import type { Imports } from './imports.ts'
import type { createMoves } from './originals/moves.ts'
import type { Sending } from './originals/sending.ts'
import type { Outbox } from './outbox.ts'

/** What a run was started by: the data of its event, as it was recorded. */
interface RunSubject {
  functionId: string
  event: { name: string; data: Record<string, unknown> }
}

interface RunWork {
  /** What it works on, in words: the path of a file, the name of a folder. Null where it is nothing in particular. */
  subject?(data: Record<string, unknown>): string | null
  /** Does it again from the start, as far as it is not done. Left out: it cannot be, or follows from another run. */
  again?(subject: RunSubject): Promise<void>
  /**
   * The work ends, and the library says so. The run itself ends with it where `endsRun` is true; else the engine has to be told.
   * Left out: it takes a moment, and what it does must not be missing.
   */
  cancel?(data: Record<string, unknown>): Promise<{ endsRun: boolean }>
}

interface RunParts {
  library: Library
  imports: Imports
  driveRequests: DriveRequests
  describing: Describing
  comparing: Comparing
  sending: Sending
  moves: ReturnType<typeof createMoves>
  outbox: Outbox
}

export type RunControl = ReturnType<typeof createRunControl>

/**
 * What a person can do with a run. Runs only carry work that the library knows of, so that the library is asked to do it again or
 * to leave it: a run that was merely ended would leave its work open for ever.
 */
export function createRunControl(parts: RunParts) {
  const { library, imports, driveRequests, describing, comparing, sending, moves, outbox } = parts

  const pathOf = (fileId: unknown): string | null => library.files.get(Number(fileId))?.path ?? null
  const folderOf = (syncId: unknown): string | null => library.syncs.get(Number(syncId))?.folderName ?? null

  async function importFolderAgain(syncId: number): Promise<void> {
    const sync = library.syncs.get(syncId)
    if (sync) await imports.start(sync.source, sync.folderPath)
  }

  async function importFileAgain(syncId: number, fileId: number): Promise<void> {
    const count = await imports.retry(syncId, fileId)
    if (count === 0) await outbox.send(fileFound.create({ syncId, fileId }))
  }

  async function describeAgain(runId: number): Promise<void> {
    await describing.resume(runId)
    await describing.retry(runId)
  }

  const works: Record<string, RunWork> = {
    'import-folder': {
      subject: ({ syncId }) => folderOf(syncId),
      again: ({ event }) => importFolderAgain(Number(event.data.syncId)),
      cancel: async ({ syncId }) => {
        await imports.cancel(Number(syncId))
        return { endsRun: true }
      },
    },
    'import-file': {
      subject: ({ fileId }) => pathOf(fileId),
      again: ({ event }) => importFileAgain(Number(event.data.syncId), Number(event.data.fileId)),
      cancel: async ({ syncId, fileId }) => {
        await imports.cancelFile(Number(syncId), Number(fileId))
        return { endsRun: false }
      },
    },
    'finish-import': {
      subject: ({ syncId }) => folderOf(syncId),
      again: async ({ event }) => {
        await outbox.send(syncDrained.create({ syncId: Number(event.data.syncId) }))
      },
    },
    'process-google-images': {
      again: ({ event }) => driveRequests.askAgain(event.data as DriveRequest),
      cancel: async ({ requestId }) => {
        driveRequests.ended(String(requestId))
        return { endsRun: false }
      },
    },
    'sync-watched-folders': {
      again: async () => {
        await outbox.send(foldersLookRequested.create({}))
      },
      cancel: async () => ({ endsRun: false }),
    },
    'send-originals': { again: () => sending.resume(), cancel: async () => endedBy(() => sending.pause()) },
    'move-originals': { again: () => moves.resume(), cancel: async () => endedBy(() => moves.pause()) },
    'describe-pictures': {
      again: ({ event }) => describeAgain(Number(event.data.runId)),
      cancel: async ({ runId }) => {
        await describing.pause(Number(runId))
        return { endsRun: true }
      },
    },
    'embed-descriptions': { again: () => comparing.settingsChanged(), cancel: async () => ({ endsRun: false }) },
  }

  return {
    subjectOf: ({ functionId, event }: RunSubject): string | null =>
      works[ofFunction(functionId)]?.subject?.(dataOf(event)) ?? null,
    canBeDoneAgain: (functionId: string): boolean => works[functionId]?.again !== undefined,
    canBeCancelled: (functionId: string): boolean => works[functionId]?.cancel !== undefined,

    /** Where `canBeDoneAgain`. */
    async again(run: RunSubject): Promise<void> {
      await works[run.functionId]?.again?.(run)
    },

    /** Where `canBeCancelled`. @returns whether the run ends by itself. */
    async cancel({ functionId, event }: RunSubject): Promise<{ endsRun: boolean }> {
      return (await works[functionId]?.cancel?.(event.data)) ?? { endsRun: false }
    },
  }
}

const failureSuffix = '-failure'

/** What cleans up after a run works on what that one did. */
const ofFunction = (functionId: string): string =>
  functionId.endsWith(failureSuffix) ? functionId.slice(0, -failureSuffix.length) : functionId

/** The event of a run that cleans up holds the event of the run that failed. */
function dataOf(event: RunSubject['event']): Record<string, unknown> {
  const inner = event.data.event as { data?: Record<string, unknown> } | undefined
  return inner?.data ?? event.data
}

/** The run sees at its next step that it stands still, and ends. */
function endedBy(pause: () => void): { endsRun: boolean } {
  pause()
  return { endsRun: true }
}
