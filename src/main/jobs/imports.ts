import type { SyncId } from '../../shared/syncs.ts'
import { localUserId, type SyncRow } from '../library/index.ts'
import { isDrained } from './activities/finish-file.ts'
import { driveRootOf } from './drive-root.ts'
import { fileFound, importRequested, syncDrained, syncEnded, syncHalted } from './events.ts'
import { diagnose } from './failures.ts'
import type { Outbox } from './outbox.ts'
import type { JobRooms } from './rooms.ts'

const filesPerSend = 1000

/** What a person can do with an import. The ledger is the truth; events only set the engine to work on it. */
export type Imports = ReturnType<typeof createImports>

export function createImports({ library, sources }: Pick<JobRooms, 'library' | 'sources'>, outbox: Outbox) {
  const { syncs, chosenFiles, endings } = library
  /** Why syncs stand still where not even that they do could be written down. */
  const standstills = new Map<SyncId, string>()

  function asItStands(row: SyncRow): SyncRow {
    const error = row.state === 'running' ? standstills.get(row.id) : undefined
    return error === undefined ? row : { ...row, state: 'paused', error }
  }

  function stateOf(syncId: SyncId): SyncRow['state'] | undefined {
    const row = syncs.get(syncId)
    return row ? asItStands(row).state : undefined
  }

  function setState(syncId: SyncId, state: SyncRow['state']): void {
    syncs.setState(syncId, state)
    standstills.delete(syncId)
  }

  let lastSend: Promise<unknown> = Promise.resolve()

  /** One after another: a send that fails is tried again for seconds, and a halt that comes late would stop what was resumed. */
  function send(events: Parameters<Outbox['send']>[0]): Promise<unknown> {
    lastSend = lastSend.catch(() => {}).then(() => outbox.send(events))
    return lastSend
  }

  /** Sets the engine to work on a sync. Where it cannot take that down, the sync stands still again, and says why. */
  async function sendWork(syncId: SyncId, events: Parameters<Outbox['send']>[0]): Promise<void> {
    try {
      await send(events)
    } catch (cause) {
      const diagnosis = diagnose(cause)
      if (diagnosis.kind === 'halt') await halt(syncId, diagnosis.message)
      throw cause
    }
  }

  function request(syncId: SyncId, generation: number): Promise<void> {
    const id = `import-${syncId}-${generation}-0`
    return sendWork(syncId, importRequested.create({ syncId, generation, part: 0 }, { id }))
  }

  /** Sends what the ledger counts as unfinished; events of an earlier generation are other events. */
  function sendAgain(syncId: SyncId): Promise<void> {
    return request(syncId, syncs.nextGeneration(syncId))
  }

  /** For files of a sync that runs already: sending all of it again would set a second run to every file that waits. */
  async function sendFiles(syncId: SyncId, fileIds: number[]): Promise<void> {
    for (let i = 0; i < fileIds.length; i += filesPerSend) {
      const some = fileIds.slice(i, i + filesPerSend)
      await sendWork(
        syncId,
        some.map(fileId => fileFound.create({ syncId, fileId })),
      )
    }
  }

  async function stopRuns(syncId: SyncId): Promise<void> {
    await send(syncHalted.create({ syncId }))
  }

  async function halt(syncId: SyncId, reason: string): Promise<void> {
    if (stateOf(syncId) !== 'running') return
    try {
      syncs.setState(syncId, 'paused', reason)
    } catch (cause) {
      if (diagnose(cause).kind !== 'halt') throw cause
      standstills.set(syncId, reason)
      library.changes.emit('sync', syncId)
      return
    }
    // What still runs of it sees for itself that it was halted.
    await stopRuns(syncId).catch(() => {})
  }

  /** What is kept of its originals is what was `asked`; left out: as before for this folder, and for a new one as the settings say. */
  async function addFolder(sourceKind: string, path: string, asked?: boolean) {
    const source = sources.get(sourceKind)
    if (!source) throw new Error(`There is no source of the kind ${sourceKind}`)
    const { root, name, identity } = await source.resolveRoot(path)
    const before = library.folders.ofRoot(sourceKind, root)
    const keepsCopies = source.isRemote || (asked ?? before?.keepsCopies ?? library.settings.get().copyOriginals)
    const folderId = library.folders.add({ userId: localUserId, source: sourceKind, root, name, keepsCopies })
    return { folderId, identity }
  }

  async function resume(syncId: SyncId): Promise<void> {
    if (stateOf(syncId) !== 'paused') return
    setState(syncId, 'running')
    await sendAgain(syncId)
  }

  async function resumeOrBegin(active: SyncRow | null, begin: () => SyncId): Promise<SyncId> {
    if (active) {
      await resume(active.id)
      return active.id
    }
    const syncId = begin()
    await request(syncId, 0)
    return syncId
  }

  return {
    /**
     * Imports a folder, or goes on with the import of it that is running or paused.
     * @param asked whether copies of the originals are kept; left out: as before for this folder, and for a new one as the settings say.
     * @throws {SourceUnavailable} when it is not there.
     */
    async start(sourceKind: string, path: string, asked?: boolean): Promise<SyncId> {
      const { folderId, identity } = await addFolder(sourceKind, path, asked)
      return resumeOrBegin(syncs.activeOf(folderId), () => syncs.begin(localUserId, folderId, identity))
    },

    /**
     * Imports these files of a folder and nothing else of it, beside any other import of the folder; or goes on with the
     * import of just these that is running or paused. `sourceIds` are the source's own, each once.
     * @param asked as above.
     * @throws {SourceUnavailable} when the folder is not there.
     */
    async startChosen(sourceKind: string, path: string, sourceIds: string[], asked?: boolean): Promise<SyncId> {
      const { folderId, identity } = await addFolder(sourceKind, path, asked)
      return resumeOrBegin(chosenFiles.activeOf(folderId, sourceIds), () =>
        chosenFiles.begin(localUserId, folderId, identity, sourceIds),
      )
    },

    async pause(syncId: SyncId): Promise<void> {
      if (syncs.get(syncId)?.state !== 'running') return
      setState(syncId, 'paused')
      await stopRuns(syncId)
    },

    /** It was not a person who paused it, but what `reason` says. Holds also when nothing can be written any more. */
    halt,

    resume,

    /** What was imported stays; what has not ended is skipped and taken up by a later import of the folder. */
    async cancel(syncId: SyncId): Promise<void> {
      const sync = syncs.get(syncId)
      if (sync?.state !== 'running' && sync?.state !== 'paused') return
      setState(syncId, 'cancelled')
      await stopRuns(syncId)
      endings.cancelPending(syncId)
      await send(syncEnded.create({ syncId, root: driveRootOf(sync) }))
    },

    /** One file is left out, and says so in the ledger. */
    async cancelFile(syncId: SyncId, fileId: number): Promise<void> {
      if (!endings.failFile(fileId, 'stopped')) return
      if (isDrained({ library }, syncId)) await send(syncDrained.create({ syncId }))
    },

    /** Takes failed files up again: one, or all of the sync. @returns how many. */
    async retry(syncId: SyncId, fileId: number | null = null): Promise<number> {
      const wasRunning = stateOf(syncId) === 'running'
      const fileIds = endings.reopenFailed(syncId, fileId)
      if (fileIds.length === 0) return 0
      setState(syncId, 'running')
      await (wasRunning ? sendFiles(syncId, fileIds) : sendAgain(syncId))
      return fileIds.length
    },

    /** A row of the library, with a standstill that it does not know of. */
    asItStands,

    /** What the ledger counts as running goes on: after a start with an empty engine, or when the engine ran dry. */
    async sendUnfinished(): Promise<void> {
      for (const sync of syncs.active().filter(isUnfinished)) await sendAgain(sync.id)
    },
  }
}

function isUnfinished(sync: SyncRow): boolean {
  return sync.state === 'running'
}
