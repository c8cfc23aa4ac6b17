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

  return {
    'work.state': () => {
      const now = underWay()
      const isUnderWay = now.syncIds.length > 0 || now.runIds.length > 0 || now.isSending || now.isMoving
      return { isUnderWay, isPaused: settings.pausedWork() !== null }
    },
    'work.pause': async () => {
      const now = underWay()
      settings.savePausedWork(merge(settings.pausedWork(), now))
      for (const syncId of now.syncIds) await imports.pause(syncId)
      for (const runId of now.runIds) await describing.pause(runId)
      if (now.isSending) sending.pause()
      if (now.isMoving) moves.pause()
      return {}
    },
    'work.resume': async () => {
      const paused = settings.pausedWork()
      settings.savePausedWork(null)
      for (const syncId of paused?.syncIds ?? []) await imports.resume(syncId)
      for (const runId of paused?.runIds ?? []) await describing.resume(runId)
      if (paused?.isSending && sendingState() === 'paused') await sending.resume()
      if (paused?.isMoving && library.moves.active()?.state === 'paused') await moves.resume()
      return {}
    },
  }
}

/** Paused twice in a row, the first is not forgotten. */
function merge(before: PausedWork | null, now: PausedWork): PausedWork {
  return {
    syncIds: [...new Set([...(before?.syncIds ?? []), ...now.syncIds])],
    runIds: [...new Set([...(before?.runIds ?? []), ...now.runIds])],
    isSending: now.isSending || (before?.isSending ?? false),
    isMoving: now.isMoving || (before?.isMoving ?? false),
  }
}
