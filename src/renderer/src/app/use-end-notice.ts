import { useEffect } from 'react'
import type { Sync } from '../lib/contract.ts'
import { formatCount, plural } from '../lib/format.ts'
import { onSyncProgress } from '../lib/live.ts'
import { tell } from '../lib/notice.ts'

/** What an import that just ended came to, in a sentence. */
export function endLine(sync: Sync): string {
  const failed = sync.failed > 0 ? `, ${formatCount(sync.failed)} failed` : ''
  if (sync.state === 'cancelled') return `The import of ${sync.folderName} was cancelled. What is imported stays.`
  if (sync.state === 'failed') return sync.error ?? `The import of ${sync.folderName} ended early.`
  if (sync.imported === 0 && !failed) return `Nothing new in ${sync.folderName}.`
  return `Imported ${plural(sync.imported, 'picture')} from ${sync.folderName}${failed}.`
}

/** Says once how each import ended that ends while the page is open. */
export function useEndNotice(): void {
  useEffect(() => {
    const running = new Set<number>()
    return onSyncProgress(sync => {
      if (!sync.finishedAt) running.add(sync.id)
      else if (running.delete(sync.id)) tell(endLine(sync))
    })
  }, [])
}
