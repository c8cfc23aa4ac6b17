import type { Outcome, ProcessingStatus, RunState, SyncState } from '../lib/contract.ts'
import { Icon, type IconName } from './icon.tsx'

export interface Look {
  icon: IconName
  tone: 'done' | 'working' | 'waiting' | 'failed' | 'skipped'
  word: string
}

export const outcomeLooks: Record<Outcome, Look> = {
  pending: { icon: 'waiting', tone: 'waiting', word: 'Waiting' },
  imported: { icon: 'done', tone: 'done', word: 'Imported' },
  duplicate: { icon: 'duplicate', tone: 'skipped', word: 'Duplicate' },
  skipped: { icon: 'skipped', tone: 'skipped', word: 'Skipped' },
  failed: { icon: 'failed', tone: 'failed', word: 'Failed' },
}

export const statusLooks: Record<ProcessingStatus, Look> = {
  pending: { icon: 'waiting', tone: 'waiting', word: 'Waiting' },
  processing: { icon: 'working', tone: 'working', word: 'Working' },
  completed: { icon: 'done', tone: 'done', word: 'Done' },
  failed: { icon: 'failed', tone: 'failed', word: 'Failed' },
}

export const syncLooks: Record<SyncState, Look> = {
  running: { icon: 'working', tone: 'working', word: 'Working' },
  paused: { icon: 'pause', tone: 'waiting', word: 'Paused' },
  completed: { icon: 'done', tone: 'done', word: 'Done' },
  cancelled: { icon: 'stopped', tone: 'skipped', word: 'Cancelled' },
  failed: { icon: 'failed', tone: 'failed', word: 'Failed' },
}

export const runLooks: Record<RunState, Look> = {
  running: { icon: 'working', tone: 'working', word: 'Working' },
  waiting: { icon: 'waiting', tone: 'waiting', word: 'Waiting' },
  completed: { icon: 'done', tone: 'done', word: 'Done' },
  failed: { icon: 'failed', tone: 'failed', word: 'Failed' },
  cancelled: { icon: 'stopped', tone: 'skipped', word: 'Cancelled' },
  lost: { icon: 'retry', tone: 'skipped', word: 'Begun anew' },
}

/** A status by its shape, its word and its colour, so that none of the three is needed alone. */
export function StatusMark({ look, hasWord = true }: { look: Look; hasWord?: boolean }) {
  return (
    <span className={`status-mark tone-${look.tone}`} title={hasWord ? undefined : look.word}>
      <Icon name={look.icon} />
      {hasWord ? <span>{look.word}</span> : <span className="visually-hidden">{look.word}</span>}
    </span>
  )
}
