import { useRef, useState } from 'react'
import { queryClient, useCommand } from '../../lib/api.ts'
import type { Account, Folder } from '../../lib/contract.ts'
import { beginningOf, type DriveSpot, enter, folderIdOf, formatSpot, parentOf, placeOf } from '../../lib/drive-spot.ts'
import { hasSeenWelcome } from '../../lib/preferences.ts'
import { go } from '../../lib/route.ts'
import { driveRootOf } from '../../lib/sources.ts'
import { askedSyncs, watchFolder } from '../../lib/sync-folder.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { BrowserFoot } from './browser-foot.tsx'
import { BrowserHead } from './browser-head.tsx'
import { Connect } from './connect.tsx'
import { type DriveEntry, useDrivePages } from './drive-pages.ts'
import { EntryList } from './entry-list.tsx'
import { type Cursor, indexOfCursor, moveIndex } from './list-cursor.ts'
import { useBrowserCommands } from './use-browser-commands.ts'

interface BrowserProps {
  account: Account
  spot: DriveSpot
  folders: readonly Folder[]
  onGo: (spot: DriveSpot, options?: { replaces?: boolean }) => void
}

/** Walks through one Drive to the folder somebody wants. */
export function DriveBrowser({ account, spot, folders, onGo }: BrowserProps) {
  const isConnected = account.state === 'connected'
  const pages = useDrivePages(account.id, placeOf(spot), isConnected)
  const { entries } = pages
  const where = formatSpot(spot)
  // Wherever somebody comes to, the first row is chosen, unless this says otherwise.
  const [chosen, setChosen] = useState<{ where: string; cursor: Cursor }>()
  const cursor = chosen?.where === where ? chosen.cursor : { index: 0 }
  const setIndex = (next: number): void => setChosen({ where, cursor: { index: next } })
  const rowsAPage = useRef(1)
  const list = useRef<HTMLDivElement>(null)
  const start = useCommand('drive.import')
  /** Of a folder that is not in the library yet. */
  const [isToWatch, setIsToWatch] = useState(false)
  const index = indexOfCursor(cursor, entries)
  const folderId = folderIdOf(spot)
  const known = new Map(
    folders.flatMap(folder => {
      const root = driveRootOf(folder)
      return root?.accountId === account.id ? [[root.folderId, folder] as const] : []
    }),
  )
  const here = known.get(folderId ?? '')

  /** Up to a folder, the cursor is on the one somebody came from. */
  const goTo = (next: DriveSpot): void => {
    const cameFrom = spot.view === next.view ? spot.trail[next.trail.length] : undefined
    if (cameFrom) setChosen({ where: formatSpot(next), cursor: { id: cameFrom.id } })
    onGo(next)
    list.current?.focus({ preventScroll: true })
  }
  const open = (entry: DriveEntry | undefined): void => {
    if (entry?.kind === 'folder') goTo(enter(spot, entry))
  }
  const goUp = (): void => {
    const parent = parentOf(spot)
    if (parent) goTo(parent)
  }
  const search = (text: string): void => {
    // A search that goes on replaces itself, so that Back leaves it at once.
    const isSearching = spot.view === 'search' && spot.trail.length === 0
    onGo({ ...beginningOf(account.id, 'search'), text }, { replaces: isSearching })
  }
  const bringIn = (): void => {
    if (folderId === null || start.isPending) return
    start.mutate(
      { accountId: account.id, folderId, ...(!here && { isWatched: isToWatch }) },
      {
        onSuccess: ({ syncId }) => {
          askedSyncs.add(syncId)
          hasSeenWelcome.set(true)
          go({ screen: 'library', filter: {}, sort: 'newest', openId: null })
        },
        // The account may have been found to be disconnected.
        onError: () => void queryClient.invalidateQueries({ queryKey: ['accounts.list'] }),
      },
    )
  }
  const refresh = (): void => void pages.refetch()
  useBrowserCommands({
    isListed: isConnected,
    canOpen: entries[index]?.kind === 'folder',
    canGoUp: spot.trail.length > 0,
    canBringIn: folderId !== null && isConnected,
    move: move => {
      setIndex(moveIndex(index, move, entries.length, rowsAPage.current))
      list.current?.focus({ preventScroll: true })
    },
    open: () => open(entries[index]),
    goUp,
    bringIn,
    refresh,
  })

  if (!isConnected) {
    return (
      <div className="drive-main">
        <EmptyState
          icon="failed"
          title={`Google has ended the access to ${account.email}`}
          action={<Connect label="Reconnect" isPrimary />}
        >
          Sign in again, and what was waiting goes on. The pictures in the library are all there.
        </EmptyState>
      </div>
    )
  }
  return (
    <section className="drive-main" aria-label={`Google Drive of ${account.email}`}>
      <BrowserHead spot={spot} onGo={goTo} onSearch={search} onRefresh={refresh} />
      <EntryList
        ref={list}
        spot={spot}
        pages={pages}
        index={index}
        knownIds={known}
        rowsAPage={rowsAPage}
        onOpen={(entry, at) => {
          setIndex(at)
          open(entry)
        }}
      />
      <BrowserFoot
        pages={pages}
        folder={here}
        folderId={folderId}
        isStarting={start.isPending}
        error={start.variables?.folderId === folderId ? start.error : null}
        isWatched={here?.isWatched ?? isToWatch}
        onWatch={here ? isWatched => watchFolder(here, isWatched) : setIsToWatch}
        onBringIn={bringIn}
      />
    </section>
  )
}
