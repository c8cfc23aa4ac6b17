import { CallFailed, type Handlers, type ShownRun, type ShownRunDetail } from '../../shared/contract.ts'
import type { Host } from '../../shared/host.ts'
import type { Run, RunDetail } from '../../shared/runs.ts'
import type { RunRecord } from '../engine/index.ts'
import type { RunControl } from '../jobs/index.ts'
import type { EngineRoom } from './engine-room.ts'

export interface EngineHandlerParts {
  engineRoom: EngineRoom
  runRecord: RunRecord
  runControl: RunControl
  host: Pick<Host, 'openAddress'>
}

type EngineCalls = `engine.${string}` | `runs.${string}`

/** What the app answers about what runs the jobs, and about runs. */
export function createEngineHandlers({
  engineRoom,
  runRecord,
  runControl,
  host,
}: EngineHandlerParts): Pick<Handlers, Extract<keyof Handlers, EngineCalls>> {
  const { subjectOf, canBeDoneAgain, canBeCancelled } = runControl

  function shown<R extends Run>(run: R, event: RunDetail['event']): R & Omit<ShownRun, keyof Run> {
    const isOver = run.endedAt !== null
    return {
      ...run,
      subject: subjectOf({ functionId: run.functionId, event }),
      canBeDoneAgain: isOver && canBeDoneAgain(run.functionId),
      canBeCancelled: !isOver && canBeCancelled(run.functionId),
    }
  }

  function detailOf(id: string): ShownRunDetail {
    const run = runRecord.get(id)
    if (!run) throw new CallFailed('not-found', 'There is no such run any more. Runs are kept for a while only.')
    return shown(run, run.event)
  }

  return {
    'engine.get': engineRoom.overview,
    'engine.choose': engineRoom.choose,
    'engine.forgetKeys': engineRoom.forgetKeys,
    'engine.openDashboard': async () => {
      const { dashboardUrl } = engineRoom.overview()
      if (dashboardUrl === null)
        throw new CallFailed('conflict', 'Burg Ink itself does the work now. It has no dashboard.')
      if (!host.openAddress) return { isOpen: false }
      await host.openAddress(dashboardUrl)
      return { isOpen: true }
    },
    'runs.list': ({ functionId, state, after, limit }) => {
      const { runs, next } = runRecord.list({ functionId, state, before: after ?? Number.MAX_SAFE_INTEGER, limit })
      return { items: runs.map(({ event, ...run }) => shown(run, event)), nextAfter: next }
    },
    'runs.get': ({ id }) => detailOf(id),
    'runs.counts': runRecord.counts,
    'runs.again': async ({ id }) => {
      const run = detailOf(id)
      if (!run.canBeDoneAgain) throw new CallFailed('conflict', 'This run cannot be done again.')
      await runControl.again(run)
      return {}
    },
    'runs.cancel': async ({ id }) => {
      const run = detailOf(id)
      if (!run.canBeCancelled) throw new CallFailed('conflict', 'This run has ended, or cannot be cancelled.')
      const { endsRun } = await runControl.cancel(run)
      if (!endsRun) await engineRoom.cancel(id)
      return {}
    },
  }
}
