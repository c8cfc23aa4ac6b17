import type { AccountRegistry, AccountRow } from '../registry.ts'
import type { SecretStore } from '../secrets/port.ts'
import type { GoogleClient } from './client.ts'
import { AccountDisconnected, GoogleAuthFailed } from './failures.ts'
import type { AccessToken, GoogleOAuth } from './oauth.ts'

/** A request that starts now should still be allowed when it arrives. */
const spareMs = 60_000

export interface AccessTokenParts {
  registry: AccountRegistry
  secrets: SecretStore
  oauth: GoogleOAuth
  client(): Promise<GoogleClient | null>
  /** Runs one thing at a time for each account. */
  inTurn<T>(accountId: number, act: () => Promise<T>): Promise<T>
}

/** Access tokens, in memory and nowhere else. */
export function createAccessTokens({ registry, secrets, oauth, client, inTurn }: AccessTokenParts) {
  const held = new Map<number, AccessToken>()
  const refreshing = new Map<number, Promise<string>>()

  function usable(accountId: number, refused: string | undefined): string | null {
    const access = held.get(accountId)
    return access && access.token !== refused && access.expiresMs - Date.now() > spareMs ? access.token : null
  }

  async function refresh(accountId: number, refused: string | undefined): Promise<string> {
    const account = connected(accountId)
    // A sign-in may have brought one while this waited for its turn.
    const brought = usable(accountId, refused)
    if (brought !== null) return brought
    const name = refreshTokenName(account.subject)
    const refreshToken = await secrets.get(name)
    if (refreshToken === null) throw await endAccess(account, 'Burg Ink has no key of')
    const google = await client()
    if (google === null) throw new GoogleAuthFailed('no-client')
    const tokens = await oauth.refresh(google, refreshToken)
    if (tokens === null) throw await endAccess(account, 'Google has ended the access to')
    if (tokens.refreshToken !== refreshToken) await secrets.set(name, tokens.refreshToken)
    held.set(accountId, tokens.access)
    return tokens.access.token
  }

  function connected(accountId: number): AccountRow {
    const account = registry.get(accountId)
    if (account === null) throw new AccountDisconnected(accountId, 'This Google account is not connected any more.')
    if (account.state === 'reconnect') throw disconnected(account, 'There is no access to')
    return account
  }

  async function endAccess(account: AccountRow, what: string): Promise<AccountDisconnected> {
    held.delete(account.id)
    registry.setState(account.id, 'reconnect')
    // What opens nothing any more is not kept. Where that fails, Google is asked once more after the next start.
    await secrets.delete(refreshTokenName(account.subject)).catch(() => {})
    return disconnected(account, what)
  }

  return {
    hold(accountId: number, access: AccessToken): void {
      held.set(accountId, access)
    },

    forget(accountId: number): void {
      held.delete(accountId)
    },

    /**
     * A token that is good for another minute at least. However many ask, one refresh serves them all.
     * @param refused a token that Google does not accept though its time is not over: another one is fetched.
     */
    async get(accountId: number, refused?: string): Promise<string> {
      const token = usable(accountId, refused)
      if (token !== null) return token
      const running =
        refreshing.get(accountId) ??
        inTurn(accountId, () => refresh(accountId, refused)).finally(() => refreshing.delete(accountId))
      refreshing.set(accountId, running)
      return running
    },
  }
}

export const refreshTokenName = (subject: string) => `google-refresh-token-${subject}`

function disconnected({ id, email }: AccountRow, what: string): AccountDisconnected {
  return new AccountDisconnected(id, `${what} ${email}. Reconnect the account; what waits for it goes on after that.`)
}
