import type { Account } from '../../shared/accounts.ts'
import type { AnalysisOverview } from '../../shared/analysis.ts'
import type { Output } from '../../shared/contract.ts'
import type { StorageOverview } from '../../shared/storage.ts'
import { shareDone } from '../../shared/sync-words.ts'
import type { Sync } from '../../shared/syncs.ts'

/** How things stand in the library: all that tray, taskbar and notifications are made of. */
export interface Standing {
  /** Running and paused ones. */
  syncs: readonly Sync[]
  /** What is wrong with the library as a whole, and what to do. */
  problem: string | null
  /** Null until it is known. */
  analysis: Pick<AnalysisOverview, 'runs' | 'spentTodayUsd'> | null
  storage: StorageOverview | null
  accounts: readonly Pick<Account, 'id' | 'email' | 'state'>[]
  work: Output<'work.state'>
}

export const unknownStanding: Standing = {
  syncs: [],
  problem: null,
  analysis: null,
  storage: null,
  accounts: [],
  work: { isUnderWay: false, isPaused: false },
}

export const runningSyncs = ({ syncs }: Standing): Sync[] => syncs.filter(({ state }) => state === 'running')

/** Something is being done at this moment: what only waits, for tomorrow or for a network, needs no computer awake. */
export function isBusy(standing: Standing): boolean {
  const { analysis, storage } = standing
  const isSending = storage?.sending.state === 'running' && storage.sending.left.count > 0
  const isDescribing = analysis?.runs.some(({ state }) => state === 'running') ?? false
  return runningSyncs(standing).length > 0 || isDescribing || isSending || storage?.move?.state === 'running'
}

export interface Progress {
  /** 0 to 1; less: there is no bar; more: nobody knows how much. */
  value: number
  mode: 'none' | 'normal' | 'indeterminate' | 'paused' | 'error'
}

const noProgress: Progress = { value: -1, mode: 'none' }

/** The bar on the program's place in the taskbar or dock. Only Windows has a look for what stands still. */
export function progressOf(standing: Standing, platform: NodeJS.Platform): Progress {
  const running = runningSyncs(standing)
  if (running.length > 0) {
    const isListed = running.every(sync => sync.isListed)
    if (!isListed && platform !== 'linux') return { value: 2, mode: 'indeterminate' }
    return { value: shareDone(running), mode: 'normal' }
  }
  if (platform !== 'win32' || standing.syncs.length === 0) return noProgress
  const isFaulty = standing.syncs.some(({ error }) => error !== null)
  return { value: shareDone(standing.syncs), mode: isFaulty ? 'error' : 'paused' }
}
