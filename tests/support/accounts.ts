import { inspect } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import { type AccountsParts, createAccounts, createMemoryStore } from '../../src/main/accounts/index.ts'
import { browse, type GoogleAuthServer, startGoogleAuthServer } from './google-auth-server.ts'
import { openTestLibrary } from './library.ts'

/** An authorization server of its own, stopped after the test. */
export async function openAuthServer(): Promise<GoogleAuthServer> {
  const google = await startGoogleAuthServer()
  onTestFinished(() => google.stop())
  return google
}

/** The accounts of a fresh library whose person says yes to everything in the browser. */
export async function openAccounts(google: GoogleAuthServer, given: Partial<AccountsParts> = {}) {
  const library = await openTestLibrary()
  const secrets = createMemoryStore()
  const pages: Promise<Awaited<ReturnType<typeof browse>>>[] = []
  const parts: AccountsParts = {
    registry: library.accounts,
    secrets,
    savedClientId: () => google.client.id,
    environment: {},
    openBrowser: async url => void pages.push(browse(url)),
    endpoints: google.endpoints,
    ...given,
  }
  await secrets.set('google-client-secret', google.client.secret)
  return { accounts: createAccounts(parts), library, secrets: parts.secrets, pages, parts }
}

/** What the promise fails with; fails itself when it does not. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    value => expect.unreachable(`This should have failed, and gave ${inspect(value)}.`),
    (error: Error) => error,
  )
}

/** Everything that can be read off a value, hidden and inherited fields and causes included. */
export function everythingIn(value: unknown): string {
  const options = { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null, maxStringLength: null }
  const stack = value instanceof Error ? value.stack : ''
  return [inspect(value, options), JSON.stringify(value), String(value), stack].join('\n')
}

export function secretsSeenIn(seen: unknown, google: GoogleAuthServer): string[] {
  const found = everythingIn(seen)
  return [...google.secrets].filter(secret => found.includes(secret) || found.includes(encodeURIComponent(secret)))
}
