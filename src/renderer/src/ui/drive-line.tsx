import { useEffect, useState } from 'react'
import type { Folder, Sync } from '../lib/contract.ts'
import { beginningOf } from '../lib/drive-spot.ts'
import { formatMoment } from '../lib/format.ts'
import { go } from '../lib/route.ts'
import { formatAgo, whereIs } from '../lib/sources.ts'
import { syncFolder, watchFolder } from '../lib/sync-folder.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { WatchBox } from './watch-box.tsx'

const tickMs = 30_000

function useNow(): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}

/** Of a folder of Drive: whose it is, when it was last gone through, and what keeps it in step. */
export function DriveLine({ folder, activeSyncs }: { folder: Folder; activeSyncs: readonly Sync[] }) {
  const nowMs = useNow()
  const { account, lastSyncedAt } = folder
  const active = activeSyncs.find(sync => sync.folderId === folder.id)
  return (
    <div className="drive-line">
      <Icon name="drive" />
      <span className="drive-line-text" title={titleOf(folder)}>
        {account?.email ?? 'Not connected any more'}
      </span>
      <span className="drive-line-state">{syncState(active, lastSyncedAt, nowMs)}</span>
      {account && (
        <WatchBox label="Watch" isWatched={folder.isWatched} onChange={isWatched => watchFolder(folder, isWatched)} />
      )}
      {account?.state === 'reconnect' ? (
        <Button icon="failed" onClick={() => go({ screen: 'drive', drive: beginningOf(account.id, 'account') })}>
          Reconnect
        </Button>
      ) : account ? (
        <Button icon="retry" disabled={active !== undefined} onClick={() => syncFolder(folder)}>
          Sync now
        </Button>
      ) : (
        <Button onClick={() => go({ screen: 'drive', drive: null })}>Connect</Button>
      )}
    </div>
  )
}

const titleOf = (folder: Folder): string =>
  folder.lastSyncedAt ? `${whereIs(folder)}, last synced ${formatMoment(folder.lastSyncedAt)}` : whereIs(folder)

/** "Syncing", "Paused", "Synced 12 min ago"; empty before the first time. */
export function syncState(active: Pick<Sync, 'state'> | undefined, lastSyncedAt: string | null, nowMs: number): string {
  if (active) return active.state === 'paused' ? 'Paused' : 'Syncing'
  return lastSyncedAt ? `Synced ${formatAgo(lastSyncedAt, nowMs)}` : ''
}
