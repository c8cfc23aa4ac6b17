import { useCall } from '../lib/api.ts'
import type { Folder, HostFacts, Output } from '../lib/contract.ts'
import { beginningOf } from '../lib/drive-spot.ts'
import { driveFolderAddress, openOutside, showFolder } from '../lib/files.ts'
import { formatMoment } from '../lib/format.ts'
import { useHost } from '../lib/host.ts'
import { go, useRoute } from '../lib/route.ts'
import { type SourceGroup, sourceGroups } from '../lib/source-groups.ts'
import { driveRootOf, whereIs } from '../lib/sources.ts'
import { syncFolder, watchFolder } from '../lib/sync-folder.ts'
import { Icon } from '../ui/icon.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { List, Place } from './place.tsx'

/** So often it is looked whether a disk is there: nothing says so by itself. */
const looksEveryMs = 30_000

/** Where pictures are from: this computer and each Drive, with their imported folders below. */
export function Sources({ overview: { folders, accounts } }: { overview: Output<'library.overview'> }) {
  const absent = useCall('folders.absent', {}, { everyMs: looksEveryMs }).data ?? []
  const groups = sourceGroups(folders, accounts)
  return (
    <List title="Sources">
      {groups.map(group => (
        <Source key={group.key} group={group} absent={absent} />
      ))}
      {groups.length === 0 && <li className="sidebar-hint">Folders you import are listed here.</li>}
    </List>
  )
}

function Source({ group, absent }: { group: SourceGroup; absent: readonly number[] }) {
  const host = useHost()
  const { name, folders } = group
  const items = folders.length > 0 && (
    <ul className="source-folders" aria-label={`Folders of ${name}`}>
      {folders.map(folder => (
        <Place
          key={folder.id}
          icon="folder"
          label={folder.name}
          title={folderTitle(folder, absent.includes(folder.id))}
          count={folder.mediaCount}
          state={absent.includes(folder.id) ? 'Not there' : undefined}
          filter={{ folderId: folder.id }}
          menu={menuOf(folder, host)}
        />
      ))}
    </ul>
  )
  if (!group.isOfDrive) {
    const count = folders.reduce((sum, { mediaCount }) => sum + mediaCount, 0)
    return (
      <Place icon="computer" label={name} count={count} filter={{ source: 'folder' }}>
        {items}
      </Place>
    )
  }
  return <DriveSource group={group}>{items}</DriveSource>
}

/** Leads to where more of it can be brought in; to the account itself where that has to be connected again. */
function DriveSource({ group: { name, account }, children }: { group: SourceGroup; children: React.ReactNode }) {
  const { screen, drive } = useRoute()
  const isBroken = account?.state === 'reconnect'
  const spot = account && beginningOf(account.id, isBroken ? 'account' : 'my-drive')
  return (
    <li>
      <button
        type="button"
        className="place"
        title={
          isBroken
            ? `Google has ended the access of ${name}. Sign in again, and it goes on.`
            : account
              ? `Google Drive of ${name}`
              : 'Its pictures stay in the library. Connect the account to keep them in step.'
        }
        aria-current={screen === 'drive' && account && drive?.accountId === account.id ? 'page' : undefined}
        onClick={() => go({ screen: 'drive', drive: spot })}
      >
        <Icon name="drive" />
        <span>{name}</span>
        {isBroken && (
          <span className="place-state">
            <Icon name="failed" size={12} />
            Reconnect
          </span>
        )}
      </button>
      {children}
    </li>
  )
}

function folderTitle(folder: Folder, isAbsent: boolean): string {
  if (isAbsent) return `${folder.path} is not there. If it is on another disk, connect the disk.`
  return folder.lastSyncedAt ? `${whereIs(folder)}, last synced ${formatMoment(folder.lastSyncedAt)}` : whereIs(folder)
}

function menuOf(folder: Folder, host: HostFacts | undefined): MenuItem[] {
  const { id, account, isWatched } = folder
  const drive = driveRootOf(folder)
  const sync: MenuItem = { icon: 'retry', label: 'Sync now', run: () => syncFolder(folder) }
  if (!drive) {
    const show: MenuItem = { icon: 'folder', label: 'Show in folder', run: () => showFolder(id) }
    return host?.canShowInFolder ? [sync, show] : [sync]
  }
  const watch: MenuItem = {
    icon: 'working',
    label: isWatched ? 'Watch no more' : 'Watch',
    run: () => watchFolder(folder, !isWatched),
  }
  return [
    ...(account ? [sync, watch] : []),
    { icon: 'drive', label: 'Open in Drive', run: () => openOutside(driveFolderAddress(drive.folderId)) },
  ]
}
