import { createAccessTokens, refreshTokenName } from './google/access-tokens.ts'
import { clientSecretName, readGoogleClient } from './google/client.ts'
import { GoogleAuthFailed } from './google/failures.ts'
import { createGoogleOAuth, type GoogleEndpoints, type Grant, googleEndpoints } from './google/oauth.ts'
import { signIn } from './google/sign-in.ts'
import { createTurns } from './in-turn.ts'
import type { AccountRegistry, AccountRow } from './registry.ts'
import type { SecretStore } from './secrets/port.ts'

export interface AccountsParts {
  registry: AccountRegistry
  secrets: SecretStore
  /** The client id of the settings, null when there is none. */
  savedClientId(): string | null
  /** For GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, which go before the settings. */
  environment: NodeJS.ProcessEnv
  /** Shows a page of Google to the person. */
  openBrowser(url: string): Promise<void>
  endpoints?: GoogleEndpoints
  signInTimeoutMs?: number
}

export type Accounts = ReturnType<typeof createAccounts>

/** Google accounts: who is connected, and how to get at their files. Tokens are in `secrets` and in memory, nowhere else. */
export function createAccounts(parts: AccountsParts) {
  const { registry, secrets, savedClientId, environment, openBrowser } = parts
  const { endpoints = googleEndpoints, signInTimeoutMs = 5 * 60_000 } = parts
  const oauth = createGoogleOAuth(endpoints)
  const client = () => readGoogleClient(environment, savedClientId(), secrets)
  const inTurn = createTurns<number | string>()
  // By subject: a sign-in does not know the id of an account that is new.
  const subjectOf = (accountId: number) => registry.get(accountId)?.subject ?? accountId
  const tokens = createAccessTokens({
    registry,
    secrets,
    oauth,
    client,
    inTurn: (accountId, act) => inTurn(subjectOf(accountId), act),
  })

  function keep({ identity, refreshToken, access }: Grant): Promise<AccountRow> {
    return inTurn(identity.subject, async () => {
      await secrets.set(refreshTokenName(identity.subject), refreshToken)
      const account = registry.save({ provider: 'google', ...identity })
      tokens.hold(account.id, access)
      return account
    })
  }

  async function end(account: AccountRow): Promise<boolean> {
    const name = refreshTokenName(account.subject)
    const refreshToken = await secrets.get(name)
    const isRevoked = refreshToken !== null && (await oauth.revoke(refreshToken))
    await secrets.delete(name)
    registry.remove(account.id)
    tokens.forget(account.id)
    return isRevoked
  }

  return {
    list: () => registry.list(),

    /** Whether there is a client to sign in with. */
    async hasClient(): Promise<boolean> {
      return (await client()) !== null
    },

    /** An empty one deletes it. @throws {SecretStoreFailed} */
    async saveClientSecret(secret: string): Promise<void> {
      const pasted = secret.trim()
      if (pasted === '') await secrets.delete(clientSecretName)
      else await secrets.set(clientSecretName, pasted)
    },

    /**
     * Connects an account by the person's browser, or connects it anew; several may be under way.
     * @throws {GoogleAuthFailed} with what to do; `cancelled` after `signal`.
     * @throws {SecretStoreFailed}
     */
    async signIn(signal?: AbortSignal): Promise<AccountRow> {
      const google = await client()
      if (google === null) throw new GoogleAuthFailed('no-client')
      return signIn({ oauth, client: google, openBrowser, keep, signal, timeoutMs: signInTimeoutMs })
    },

    /**
     * Ends the access at Google and forgets the account. It is gone here also when Google could not be told.
     * @returns a sentence for the person in that case.
     * @throws {SecretStoreFailed} and nothing is forgotten: the key would be left behind.
     */
    disconnect(accountId: number): Promise<string | null> {
      return inTurn(subjectOf(accountId), async () => {
        const account = registry.get(accountId)
        if (account === null || (await end(account))) return null
        return `${account.email} is disconnected here, but Google could not be told. Remove Burg Ink at https://myaccount.google.com/connections.`
      })
    },

    /**
     * For a request to Google that starts now; not to be kept.
     * @param refused one that Google has answered 401 to: another is fetched.
     * @throws {AccountDisconnected} and the account's state is `reconnect`.
     * @throws {GoogleAuthFailed} `unreachable` when it is worth trying again later.
     * @throws {SecretStoreFailed}
     */
    accessToken: (accountId: number, refused?: string): Promise<string> => tokens.get(accountId, refused),

    /**
     * At the start: an account whose key did not outlive the program has to be connected again, and one whose key is there
     * after all, because the keychain was locked the last time, is connected.
     * @throws {SecretStoreFailed}
     */
    async markForgotten(): Promise<void> {
      for (const { id, subject, state } of registry.list()) {
        const hasKey = (await secrets.get(refreshTokenName(subject))) !== null
        const found = hasKey ? 'connected' : 'reconnect'
        if (found !== state) registry.setState(id, found)
      }
    },
  }
}
