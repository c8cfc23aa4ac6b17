import type { Account } from '../../shared/accounts.ts'
import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { AccountRow } from '../accounts/index.ts'
import type { Imports } from '../jobs/index.ts'
import type { Library } from '../library/index.ts'
import { explained } from './explained.ts'
import type { createFeed } from './feed.ts'
import type { createGoogle } from './google.ts'

export interface GoogleHandlerParts {
  library: Library
  imports: Imports
  feed: ReturnType<typeof createFeed>
  google: ReturnType<typeof createGoogle>
}

type GoogleCalls = 'accounts.list' | `account.${string}` | `drive.${string}`

/** What the app answers about Google accounts and their Drive. */
export function createGoogleHandlers(parts: GoogleHandlerParts): Pick<Handlers, Extract<keyof Handlers, GoogleCalls>> {
  const { library, imports, feed, google } = parts
  /** Sign-ins under way. */
  const signIns = new Set<AbortController>()

  /** What waited for this account to be connected again goes on. */
  async function goOn(accountId: number): Promise<void> {
    const waiting = library.syncs.active().filter(({ state, error, source, folderPath }) => {
      return (
        state === 'paused' && error !== null && source === google.source.kind && folderPath.startsWith(`${accountId}/`)
      )
    })
    for (const { id } of waiting) await imports.resume(id)
  }

  async function connect(): Promise<AccountRow> {
    const { accounts } = await google.opened()
    const signIn = new AbortController()
    signIns.add(signIn)
    try {
      return await accounts.signIn(signIn.signal)
    } finally {
      signIns.delete(signIn)
    }
  }

  return {
    'accounts.list': async () => {
      const { accounts, notice } = await google.opened()
      return { accounts: accounts.list().map(shown), hasClient: await accounts.hasClient(), notice }
    },
    'account.connect': () =>
      explained(async () => {
        const account = await connect()
        await goOn(account.id)
        return shown(account)
      }),
    'account.cancelConnect': () => {
      for (const signIn of signIns) signIn.abort()
      return {}
    },
    'account.disconnect': ({ id }) =>
      explained(async () => {
        if (!library.accounts.get(id)) throw new CallFailed('not-found', 'This account is not connected.')
        const notice = await (await google.opened()).accounts.disconnect(id)
        return { notice }
      }),
    'account.setClient': ({ clientId, clientSecret }) =>
      explained(async () => {
        await (await google.opened()).accounts.saveClientSecret(clientSecret)
        feed.saySettings(library.settings.set({ googleClientId: clientId.trim() }))
        feed.say({ name: 'accounts.changed', data: {} })
        return {}
      }),
    'drive.browse': ({ accountId, place, pageToken }) =>
      explained(async () => {
        const { entries, pageToken: next } = await google.source.browse(accountId, place, pageToken)
        return { entries: entries.map(({ root: _root, ...entry }) => entry), pageToken: next }
      }),
    'drive.import': ({ accountId, folderId, isWatched }) =>
      explained(async () => {
        const syncId = await imports.start(google.source.kind, `${accountId}/${folderId}`)
        const sync = library.syncs.get(syncId)
        if (sync && isWatched !== undefined) {
          library.folders.setWatched(sync.folderId, isWatched)
          library.changes.emit('library')
        }
        return { syncId }
      }),
  }
}

function shown({ id, email, name, state, connectedAt }: AccountRow): Account {
  return { id, email, name, state, connectedAt }
}
