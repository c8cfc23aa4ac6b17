import { useEffect } from 'react'
import { createEndWatch, endLine } from '../../../shared/sync-words.ts'
import { onSyncProgress } from '../lib/live.ts'
import { tell } from '../lib/notice.ts'
import { askedSyncs } from '../lib/sync-folder.ts'

/** Says what an import came to when it ends. */
export function useEndNotice(): void {
  useEffect(() => {
    const isToBeTold = createEndWatch(askedSyncs)
    return onSyncProgress(sync => {
      if (isToBeTold(sync)) tell(endLine(sync))
    })
  }, [])
}
