import { afterEach, expect, test, vi } from 'vitest'
import { failureOf, openAccounts, openAuthServer } from '../../support/accounts.ts'
import { anna, ben } from '../../support/google-auth-server.ts'

const keyName = `google-refresh-token-${anna.subject}`
afterEach(() => void vi.useRealTimers())

/** Sets the clock forward; timers go on as they are. */
function wait(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 })
}

test('the token of the sign-in serves until a minute before it ends, and is then replaced', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  const first = await accounts.accessToken(id)
  wait(3599 - 70)
  expect(await accounts.accessToken(id)).toBe(first)
  expect(google.requests).toEqual(['token authorization_code'])
  wait(15)
  const second = await accounts.accessToken(id)
  expect(second).not.toBe(first)
  expect(google.isAccessTokenGood(second)).toBe(true)
  expect(await accounts.accessToken(id)).toBe(second)
  expect(google.requests).toEqual(['token authorization_code', 'token refresh_token'])
})

test('however many ask at once, Google is asked once for each account', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.behaviour.person = ben
  const other = await accounts.signIn()
  wait(4000)
  google.requests.length = 0
  const asked = Array.from({ length: 20 }, (_, i) => accounts.accessToken(i % 2 === 0 ? id : other.id))
  expect(new Set(await Promise.all(asked)).size).toBe(2)
  expect(google.requests).toEqual(['token refresh_token', 'token refresh_token'])
})

test('a token that Google refuses before its time is replaced', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  const refused = await accounts.accessToken(id)
  google.expireAccessTokens()
  const fresh = await accounts.accessToken(id, refused)
  expect(google.isAccessTokenGood(fresh)).toBe(true)
  // Another request that was refused meanwhile gets the fresh one.
  expect(await accounts.accessToken(id, refused)).toBe(fresh)
})

test('a program that starts again uses the key it has kept', async () => {
  const google = await openAuthServer()
  const { accounts, parts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  const next = await openAccounts(google, { registry: parts.registry, secrets: parts.secrets })
  await next.accounts.markForgotten()
  expect(google.isAccessTokenGood(await next.accounts.accessToken(id))).toBe(true)
})

test('a refresh token that Google replaces is kept, and the old one is never used again', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.behaviour.rotates = true
  const keys = new Set([await secrets.get(keyName)])
  for (let round = 1; round <= 3; round++) {
    wait(4000)
    expect(google.isAccessTokenGood(await accounts.accessToken(id))).toBe(true)
    keys.add(await secrets.get(keyName))
    expect(keys.size).toBe(round + 1)
  }
})

test('an ended grant asks for a new sign-in, asks Google no second time, and goes on after it', async () => {
  const google = await openAuthServer()
  const { accounts, library, secrets } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.endGrant(anna)
  wait(4000)
  google.requests.length = 0
  for (let round = 0; round < 3; round++) {
    const failure = await failureOf(accounts.accessToken(id))
    expect(failure).toMatchObject({ name: 'AccountDisconnected', accountId: id })
    expect(failure.message).toContain('anna@example.com')
  }
  expect(google.requests).toEqual(['token refresh_token'])
  await accounts.markForgotten()
  expect(library.accounts.get(id)?.state).toBe('reconnect')
  expect(await secrets.get(keyName)).toBeNull()
  expect((await accounts.signIn()).id).toBe(id)
  expect(google.isAccessTokenGood(await accounts.accessToken(id))).toBe(true)
})

test('a key that was made for another client asks for a new sign-in too', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  wait(4000)
  google.behaviour.tokenFault = { status: 401, body: { error: 'unauthorized_client' } }
  expect(await failureOf(accounts.accessToken(id))).toMatchObject({ name: 'AccountDisconnected' })
})

test('a sign-in while an old key is being refused leaves the account connected', async () => {
  const google = await openAuthServer()
  const { accounts, library } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.endGrant(anna)
  wait(4000)
  const gate = Promise.withResolvers<void>()
  google.behaviour.tokenGate = gate.promise
  google.requests.length = 0
  const refused = failureOf(accounts.accessToken(id))
  await expect.poll(() => google.requests).toEqual(['token refresh_token'])
  const signIn = accounts.signIn()
  await expect.poll(() => google.requests.length).toBe(2)
  gate.resolve()
  await Promise.all([refused, signIn])
  expect(library.accounts.get(id)?.state).toBe('connected')
  expect(google.isAccessTokenGood(await accounts.accessToken(id))).toBe(true)
})

test('an account whose key did not outlive the program has to be connected again, unless the key is back', async () => {
  const google = await openAuthServer()
  const { accounts, parts, library } = await openAccounts(google)
  const { id } = await accounts.signIn()
  const { accounts: withoutKeychain } = await openAccounts(google, { registry: parts.registry })
  expect(await failureOf(withoutKeychain.accessToken(id))).toMatchObject({ name: 'AccountDisconnected' })
  library.accounts.setState(id, 'connected')
  await withoutKeychain.markForgotten()
  expect(library.accounts.get(id)?.state).toBe('reconnect')
  await accounts.markForgotten()
  expect(library.accounts.get(id)?.state).toBe('connected')
})

test('while Google is down all who ask wait for one attempt', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  wait(4000)
  google.requests.length = 0
  google.behaviour.tokenFault = { status: 400, body: { error: 'temporarily_odd' } }
  const failures = await Promise.all(Array.from({ length: 10 }, () => failureOf(accounts.accessToken(id))))
  expect(new Set(failures.map(({ message }) => message)).size).toBe(1)
  expect(google.requests).toEqual(['token refresh_token'])
})

test.each([
  ['drops the connection', 'drop' as const],
  ['fails', { status: 503, body: '<html>Busy</html>' }],
])('while Google %s the account stays connected, and works after that', async (_, tokenFault) => {
  const google = await openAuthServer()
  const { accounts, library } = await openAccounts(google)
  const { id } = await accounts.signIn()
  wait(4000)
  google.behaviour.tokenFault = tokenFault
  expect(await failureOf(accounts.accessToken(id))).toMatchObject({ name: 'GoogleAuthFailed', code: 'unreachable' })
  expect(library.accounts.get(id)?.state).toBe('connected')
  google.behaviour.tokenFault = null
  expect(google.isAccessTokenGood(await accounts.accessToken(id))).toBe(true)
})

test('an account that is not there has no token', async () => {
  const { accounts } = await openAccounts(await openAuthServer())
  expect(await failureOf(accounts.accessToken(7))).toMatchObject({ name: 'AccountDisconnected', accountId: 7 })
})
