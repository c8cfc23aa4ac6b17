import type { SidecarConflicts, SidecarReading } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'

export const isUnderWay = ({ state }: SidecarReading): boolean => state === 'looking' || state === 'taking'

/** How many pictures get another word. */
export function countTaken({ state, changed, differing }: SidecarReading, conflicts: SidecarConflicts): number {
  if (state !== 'looked') return 0
  return conflicts === 'take' ? differing : changed
}

/** How far it is, or how it ended. */
export function lineOf(reading: SidecarReading): string {
  const { state, done, total, found, changed, conflicting, refused, taken, message } = reading
  if (state === 'looking') return `Looking beside ${formatCount(done)} of ${plural(total, 'picture')} …`
  if (state === 'taking') return `Taking over ${formatCount(done)} of ${plural(total, 'sidecar')} …`
  if (state === 'failed') return message ?? 'Reading sidecars failed.'
  if (state === 'taken') return `Changed ${plural(taken, 'picture')}.`
  if (state === 'cancelled') return 'Cancelled. Nothing was changed.'
  if (found === 0 && refused === 0) return 'There are no sidecars beside these pictures.'
  const parts = [
    `${plural(found, 'sidecar')} read`,
    ...(refused > 0 ? [`${formatCount(refused)} cannot be read`] : []),
    changed === 0 && conflicting === 0 ? 'nothing new in them' : `something new for ${plural(changed, 'picture')}`,
  ]
  return `${parts.join(', ')}.`
}
