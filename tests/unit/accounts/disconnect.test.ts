import { expect, test } from 'vitest'
import { failureOf, openAccounts, openAuthServer } from '../../support/accounts.ts'
import { anna, ben } from '../../support/google-auth-server.ts'

const keyName = `google-refresh-token-${anna.subject}`

test('disconnecting ends the access at Google and leaves nothing here; other accounts stay', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.behaviour.person = ben
  const other = await accounts.signIn()
  const accessToken = await accounts.accessToken(id)
  expect(await accounts.disconnect(id)).toBeNull()
  expect(google.isAccessTokenGood(accessToken)).toBe(false)
  expect(await secrets.get(keyName)).toBeNull()
  expect(accounts.list().map(account => account.id)).toEqual([other.id])
  expect(await failureOf(accounts.accessToken(id))).toMatchObject({ name: 'AccountDisconnected' })
  expect(google.isAccessTokenGood(await accounts.accessToken(other.id))).toBe(true)
})

test('an account goes although Google cannot be told, and the person reads what is left to do', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.behaviour.revokeFault = 503
  expect(await accounts.disconnect(id)).toContain('https://myaccount.google.com/connections')
  expect(await secrets.get(keyName)).toBeNull()
  expect(accounts.list()).toEqual([])

  google.behaviour.revokeFault = null
  const again = await accounts.signIn()
  await google.stop()
  expect(await accounts.disconnect(again.id)).toContain('could not be told')
  expect(accounts.list()).toEqual([])
})

test('what Google has revoked already is disconnected without complaint', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.endGrant(anna)
  expect(await accounts.disconnect(id)).toBeNull()
  expect(google.requests.at(-1)).toBe('revoke')
})

test('disconnecting twice, or what never was, is nothing', async () => {
  const { accounts } = await openAccounts(await openAuthServer())
  const { id } = await accounts.signIn()
  expect(await Promise.all([accounts.disconnect(id), accounts.disconnect(id), accounts.disconnect(99)])).toEqual([
    null,
    null,
    null,
  ])
})

test('a refresh under way does not bring the key of a disconnected account back', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  const { id } = await accounts.signIn()
  google.behaviour.rotates = true
  const gate = Promise.withResolvers<void>()
  google.behaviour.tokenGate = gate.promise
  const refreshing = accounts.accessToken(id, await accounts.accessToken(id))
  const disconnecting = accounts.disconnect(id)
  await expect.poll(() => google.requests).toContain('token refresh_token')
  gate.resolve()
  await Promise.all([refreshing, disconnecting])
  expect(await secrets.get(keyName)).toBeNull()
  expect(accounts.list()).toEqual([])
  expect(google.isAccessTokenGood(await refreshing)).toBe(false)
})

test('a keychain that does not answer leaves the account as it is', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  const { id } = await accounts.signIn()
  secrets.delete = async () => Promise.reject(new Error('Locked.'))
  expect((await failureOf(accounts.disconnect(id))).message).toBe('Locked.')
  expect(accounts.list()).toHaveLength(1)
})

test('an id is never given out twice, because folders name it', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const { id } = await accounts.signIn()
  await accounts.disconnect(id)
  google.behaviour.person = ben
  expect((await accounts.signIn()).id).toBeGreaterThan(id)
})
