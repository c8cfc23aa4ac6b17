import { useState } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { beginningOf, type DriveSpot } from '../../lib/drive-spot.ts'
import { go, goToLibrary, useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AccountView } from './account-view.tsx'
import { AccountsPane } from './accounts-pane.tsx'
import { ClientSetup } from './client-setup.tsx'
import { DriveBrowser } from './drive-browser.tsx'
import { FirstAccount } from './first-account.tsx'
import './drive.css'

/** Out of the search field first. */
function stepBack(): void {
  const list = document.querySelector<HTMLElement>('.drive-list')
  if (list && document.activeElement?.id === 'drive-search') list.focus({ preventScroll: true })
  else goToLibrary()
}

/** From nothing to a folder of Google Drive in the library: a client, an account, a folder. */
export function DriveScreen() {
  const list = useCall('accounts.list', {})
  const overview = useCall('library.overview', {})
  const route = useRoute()
  const [isAtClient, setIsAtClient] = useState(false)
  useCommands([
    {
      id: 'drive.back',
      title: 'Back to the pictures',
      group: 'Drive',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: () => (isAtClient ? setIsAtClient(false) : stepBack()),
    },
  ])

  if (list.error) {
    return (
      <main className="drive">
        <div className="drive-main">
          <EmptyState
            icon="failed"
            title="The accounts could not be read"
            action={<Button onClick={() => void list.refetch()}>Try again</Button>}
          >
            {messageOf(list.error)}
          </EmptyState>
        </div>
      </main>
    )
  }
  if (!list.data) return <main className="page" />
  const { accounts, hasClient, notice } = list.data
  const first = accounts[0]
  if (isAtClient || (!hasClient && !first)) {
    const close = (): void => setIsAtClient(false)
    return <ClientSetup onSaved={close} {...(isAtClient && { onCancel: close })} />
  }
  if (!first) return <FirstAccount notice={notice} onClient={() => setIsAtClient(true)} />

  const account = accounts.find(each => each.id === route.drive?.accountId) ?? first
  const spot = route.drive?.accountId === account.id ? route.drive : beginningOf(account.id)
  const goTo = (next: DriveSpot, options?: { replaces?: boolean }): void => go({ drive: next }, options)
  const folders = overview.data?.folders ?? []
  return (
    <main className="drive">
      <AccountsPane list={list.data} spot={spot} onGo={goTo} onClient={() => setIsAtClient(true)} />
      {spot.view === 'account' ? (
        <AccountView account={account} folders={folders} />
      ) : (
        <DriveBrowser key={account.id} account={account} spot={spot} folders={folders} onGo={goTo} />
      )}
    </main>
  )
}
