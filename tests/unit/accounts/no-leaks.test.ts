import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { everythingIn, failureOf, openAccounts, openAuthServer, secretsSeenIn } from '../../support/accounts.ts'
import { anna, browse } from '../../support/google-auth-server.ts'

test('the search finds a secret wherever it hides in an error', async () => {
  const google = await openAuthServer()
  const secret = google.client.secret
  const hidden = new Error('Failed.', {
    cause: { config: { deep: { in: [{ form: new URLSearchParams({ secret }) }] } } },
  })
  Object.defineProperty(hidden, 'unlisted', { value: 'x', enumerable: false })
  expect(secretsSeenIn(hidden, google)).toEqual([secret])
  expect(secretsSeenIn(Object.defineProperty(new Error('x'), 'unlisted', { value: secret }), google)).toEqual([secret])
  expect(secretsSeenIn(new Error('x'), google)).toEqual([])
})

test('nothing that is thrown holds a token, a code, a verifier or the client secret', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  const thrown: Error[] = []
  const failWith = async (fault: typeof google.behaviour.tokenFault, ask: () => Promise<unknown>) => {
    google.behaviour.tokenFault = fault
    thrown.push(await failureOf(ask()))
    google.behaviour.tokenFault = null
  }
  const { id } = await accounts.signIn()
  const refreshToken = (await secrets.get(`google-refresh-token-${anna.subject}`)) ?? ''
  const refused = await accounts.accessToken(id)
  // A server may repeat what it was sent.
  const echo = { error: 'invalid_request', error_description: `${refreshToken} ${google.client.secret}` }
  for (const ask of [() => accounts.signIn(), () => accounts.accessToken(id, refused)]) {
    await failWith({ status: 400, body: echo }, ask)
    await failWith({ status: 400, body: { error: refreshToken } }, ask)
    await failWith({ status: 401, body: { ...echo, error: 'invalid_client' } }, ask)
    await failWith({ status: 503, body: `<html>${refreshToken}</html>` }, ask)
    await failWith({ status: 200, body: { refresh_token: refreshToken } }, ask)
    await failWith('drop', ask)
  }
  await failWith({ status: 400, body: { ...echo, error: 'invalid_grant' } }, () => accounts.accessToken(id, refused))
  google.behaviour.consentError = refreshToken
  thrown.push(await failureOf(accounts.signIn()))
  expect(thrown).toHaveLength(14)
  for (const failure of thrown) expect(secretsSeenIn(failure, google), everythingIn(failure)).toEqual([])
  expect(thrown.filter(failure => failure.cause !== undefined)).toEqual([])
}, 120_000)

test('the library, the browser’s pages and what is returned hold none either', async () => {
  const google = await openAuthServer()
  const { accounts, library, pages } = await openAccounts(google)
  const account = await accounts.signIn()
  await accounts.accessToken(account.id, await accounts.accessToken(account.id))
  google.behaviour.revokeFault = 500
  const told = await accounts.disconnect(account.id)
  const shown = await Promise.all(pages)
  const files = [library.layout.database, `${library.layout.database}-wal`]
  const bytes = await Promise.all(files.map(file => readFile(file, 'latin1')))
  expect(bytes.join('')).toContain(anna.subject)
  expect(secretsSeenIn([account, told, shown.map(({ page }) => page), bytes], google)).toEqual([])
})

test('no address that is opened or asked holds one but the code, which serves once', async () => {
  const google = await openAuthServer()
  const opened: string[] = []
  const openBrowser = async (url: string) => {
    opened.push(url)
    void browse(url)
  }
  const { accounts } = await openAccounts(google, { openBrowser })
  const { id } = await accounts.signIn()
  // The server answers 400 to every parameter in the address of these two.
  await accounts.accessToken(id, await accounts.accessToken(id))
  expect(await accounts.disconnect(id)).toBeNull()
  expect(secretsSeenIn(opened, google)).toEqual([])
})
