import { useEffect } from 'react'
import type { Sync } from '../lib/contract.ts'
import { formatCount, plural } from '../lib/format.ts'
import { onSyncProgress } from '../lib/live.ts'
import { tell } from '../lib/notice.ts'
import { isOfDrive } from '../lib/sources.ts'
import { askedSyncs } from '../lib/sync-folder.ts'
import { syncTitle } from '../lib/sync-title.ts'

/** What an import that just ended came to, in a sentence. */
export function endLine(sync: Sync): string {
  const failed = sync.failed > 0 ? `, ${formatCount(sync.failed)} failed` : ''
  if (sync.state === 'cancelled') return `The import of ${syncTitle(sync)} was cancelled. What is imported stays.`
  if (sync.state === 'failed') return sync.error ?? `The import of ${syncTitle(sync)} ended early.`
  if (sync.imported === 0 && !failed) return `Nothing new in ${syncTitle(sync)}.`
  return `Imported ${plural(sync.imported, 'picture')} from ${sync.folderName}${failed}.`
}

/**
 * Whether the end of an import is worth a sentence: once for each that was seen running or was asked for here. What a
 * watched folder does by itself is told only when something came of it.
 */
export function createEndWatch(asked: Set<number>): (sync: Sync) => boolean {
  const running = new Set<number>()
  return sync => {
    if (!sync.finishedAt) {
      running.add(sync.id)
      return false
    }
    const wasRunning = running.delete(sync.id)
    // So short a sync may be over before anything is said of it.
    if (asked.delete(sync.id)) return true
    const isNews = sync.imported > 0 || sync.failed > 0 || sync.state !== 'completed'
    return wasRunning && (isNews || !isOfDrive(sync))
  }
}

export function useEndNotice(): void {
  useEffect(() => {
    const isToBeTold = createEndWatch(askedSyncs)
    return onSyncProgress(sync => {
      if (isToBeTold(sync)) tell(endLine(sync))
    })
  }, [])
}
