import type { Account, Output } from '../../lib/contract.ts'
import { beginningOf, type DriveSpot, type DriveView, viewTitles } from '../../lib/drive-spot.ts'
import { Button } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { accountLooks } from './account-looks.ts'
import { Connect } from './connect.tsx'

const places: readonly [DriveView, IconName][] = [
  ['my-drive', 'drive'],
  ['shared-with-me', 'shared'],
  ['shared-drives', 'folder'],
]

interface PaneProps {
  list: Output<'accounts.list'>
  spot: DriveSpot
  onGo: (spot: DriveSpot) => void
  onClient: () => void
}

/** Whose Drives there are, and where each begins. */
export function AccountsPane({ list, spot, onGo, onClient }: PaneProps) {
  return (
    <nav className="drive-pane" aria-label="Google accounts">
      <div className="drive-accounts">
        {list.accounts.map(account => (
          <AccountPlaces key={account.id} account={account} spot={spot} onGo={onGo} />
        ))}
      </div>
      <footer className="drive-pane-foot">
        {list.notice && <p className="hint">{list.notice}</p>}
        <Connect label="Connect another account" />
        <Button kind="quiet" onClick={onClient}>
          Change the Google client
        </Button>
      </footer>
    </nav>
  )
}

function AccountPlaces({
  account,
  spot,
  onGo,
}: {
  account: Account
  spot: DriveSpot
  onGo: (spot: DriveSpot) => void
}) {
  const isHere = (view: DriveView): boolean => spot.accountId === account.id && spot.view === view
  return (
    <section>
      <button
        type="button"
        className="drive-account"
        title={`${account.email}: state, and disconnect`}
        aria-current={isHere('account') ? 'page' : undefined}
        onClick={() => onGo(beginningOf(account.id, 'account'))}
      >
        <span className="drive-account-name">{account.name || account.email}</span>
        {account.state === 'reconnect' ? (
          <StatusMark look={accountLooks.reconnect} hasWord={false} />
        ) : (
          <Icon name="person" size={14} />
        )}
        <span className="drive-account-email">{account.email}</span>
      </button>
      <ul>
        {places.map(([view, icon]) => (
          <li key={view}>
            <button
              type="button"
              className="place"
              aria-current={isHere(view) ? 'page' : undefined}
              onClick={() => onGo(beginningOf(account.id, view))}
            >
              <Icon name={icon} />
              <span>{viewTitles[view]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
