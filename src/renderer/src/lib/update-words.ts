import type { UpdateState } from './contract.ts'
import { formatMoment, formatShare } from './format.ts'

/** How far a newer version is, in a sentence. */
export function updateLine(update: UpdateState): string {
  switch (update.kind) {
    case 'off':
      return update.why
    case 'idle':
      return update.checkedAt ? `Up to date as of ${formatMoment(update.checkedAt)}.` : 'Not looked for yet.'
    case 'checking':
      return 'Looking for a newer version…'
    case 'downloading':
      return `Downloading ${update.version}: ${formatShare(update.share)}.`
    case 'ready':
      return `${update.version} is ready. It is installed when Burg Ink ends, or now.`
    case 'failed':
      return update.message
  }
}
