import type { Handlers } from '../../shared/contract.ts'
import type { createJobs } from '../jobs/index.ts'
import type { Library, PausedWork } from '../library/index.ts'

export interface WorkHandlerParts
  extends Pick<ReturnType<typeof createJobs>, 'imports' | 'sending' | 'moves' | 'describing'> {
  library: Library
}

type WorkCalls = 'work.state' | 'work.pause' | 'work.resume'

/** All that runs, paused and taken up again as one. */
export function createWorkHandlers(parts: WorkHandlerParts): Pick<Handlers, WorkCalls> {
  const { library, imports, sending, moves, describing } = parts
  const { analysis, settings, syncs } = library

  function sendingState() {
    const place = settings.storePlace()?.place
    return place === undefined ? undefined : library.sendings.get(place)?.state
  }

  /** What runs by itself now: what a person paused before stays theirs to resume. */
  function underWay(): PausedWork {
    const sent = sendingState()
    return {
      syncIds: syncs.active().flatMap(({ id, state }) => (state === 'running' ? [id] : [])),
      runIds: analysis.runs.active().flatMap(({ id, state }) => (state === 'paused' ? [] : [id])),
      isSending: sent === 'running' || sent === 'waiting',
      isMoving: ['running', 'waiting'].includes(library.moves.active()?.state ?? ''),
    }
  }

  /** Of what was paused as one: what a person resumed or cancelled since is not. */
  function stillPaused(): PausedWork {
    const { syncIds, runIds, isSending, isMoving } = settings.pausedWork() ?? none
    return {
      syncIds: syncIds.filter(id => syncs.get(id)?.state === 'paused'),
      runIds: runIds.filter(id => analysis.runs.stateOf(id)?.state === 'paused'),
      isSending: isSending && sendingState() === 'paused',
      isMoving: isMoving && library.moves.active()?.state === 'paused',
    }
  }

  return {
    'work.state': () => {
      return { isUnderWay: isAny(underWay()), isPaused: isAny(stillPaused()) }
    },
    'work.pause': async () => {
      const now = underWay()
      const all = merge(stillPaused(), now)
      settings.savePausedWork(all)
      for (const syncId of now.syncIds) await imports.pause(syncId)
      for (const runId of now.runIds) await describing.pause(runId)
      if (now.isSending) sending.pause()
      if (now.isMoving) moves.pause()
      return { isPaused: isAny(all) }
    },
    'work.resume': async () => {
      const paused = stillPaused()
      settings.savePausedWork(null)
      for (const syncId of paused.syncIds) await imports.resume(syncId)
      for (const runId of paused.runIds) await describing.resume(runId)
      if (paused.isSending) await sending.resume()
      if (paused.isMoving) await moves.resume()
      return {}
    },
  }
}

const none: PausedWork = { syncIds: [], runIds: [], isSending: false, isMoving: false }

const isAny = ({ syncIds, runIds, isSending, isMoving }: PausedWork): boolean =>
  syncIds.length > 0 || runIds.length > 0 || isSending || isMoving

/** Paused twice in a row, the first is not forgotten. */
function merge(before: PausedWork, now: PausedWork): PausedWork {
  return {
    syncIds: [...before.syncIds, ...now.syncIds],
    runIds: [...before.runIds, ...now.runIds],
    isSending: before.isSending || now.isSending,
    isMoving: before.isMoving || now.isMoving,
  }
}
