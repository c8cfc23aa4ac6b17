import { useState } from 'react'
import { messageOf, queryClient, useCommand } from '../../lib/api.ts'
import type { Account, Folder } from '../../lib/contract.ts'
import { formatMoment, plural } from '../../lib/format.ts'
import { tell } from '../../lib/notice.ts'
import { go } from '../../lib/route.ts'
import { driveRootOf } from '../../lib/sources.ts'
import { Button } from '../../ui/button.tsx'
import { StatusMark } from '../../ui/status-mark.tsx'
import { accountLooks } from './account-looks.ts'
import { Connect } from './connect.tsx'

/** One account: who it is, whether it works, and the way out. */
export function AccountView({ account, folders }: { account: Account; folders: readonly Folder[] }) {
  const mine = folders.filter(folder => driveRootOf(folder)?.accountId === account.id)
  return (
    <div className="drive-account-view">
      <div className="page-column">
        <h1>{account.name || account.email}</h1>
        <dl className="drive-facts">
          <dt>Address</dt>
          <dd>{account.email}</dd>
          <dt>State</dt>
          <dd>
            <StatusMark look={accountLooks[account.state]} />
          </dd>
          <dt>Since</dt>
          <dd>{formatMoment(account.connectedAt)}</dd>
          <dt>Brought in</dt>
          <dd>{mine.length > 0 ? mine.map(folder => folder.name).join(', ') : 'No folder yet'}</dd>
        </dl>
        {account.state === 'reconnect' && (
          <>
            <p>Google has ended the access. Sign in again, and what was waiting goes on.</p>
            <Connect label="Reconnect" isPrimary />
          </>
        )}
        <Disconnect key={account.id} account={account} folderCount={mine.length} />
      </div>
    </div>
  )
}

function Disconnect({ account, folderCount }: { account: Account; folderCount: number }) {
  const [isAsked, setIsAsked] = useState(false)
  const disconnect = useCommand('account.disconnect')
  const run = (): void =>
    disconnect.mutate(
      { id: account.id },
      {
        onSuccess: ({ notice }) => {
          tell(notice ?? `${account.email} is disconnected.`)
          void queryClient.invalidateQueries({ queryKey: ['accounts.list'] })
          go({ drive: null }, { replaces: true })
        },
      },
    )
  if (!isAsked) {
    return (
      <p className="form-actions">
        <Button onClick={() => setIsAsked(true)}>Disconnect</Button>
      </p>
    )
  }
  return (
    <div className="drive-confirm" role="alertdialog" aria-label={`Disconnect ${account.email}?`}>
      <p>
        Every picture that was brought in stays in the library, with its original. Burg Ink gives its access to this
        Drive back{folderCount > 0 && `, and ${plural(folderCount, 'folder')} will not be kept in step any more`}.
      </p>
      {disconnect.error && <p className="error-line">{messageOf(disconnect.error)}</p>}
      <p className="form-actions">
        <Button kind="danger" onClick={run} disabled={disconnect.isPending}>
          Disconnect {account.email}
        </Button>
        <Button autoFocus onClick={() => setIsAsked(false)}>
          Keep it connected
        </Button>
      </p>
    </div>
  )
}
