import { expect, test } from 'vitest'
import { SecretStoreFailed } from '../../../src/main/accounts/index.ts'
import { failureOf, openAccounts, openAuthServer } from '../../support/accounts.ts'
import { anna, ben, browse, redirectOf } from '../../support/google-auth-server.ts'
import { requestRaw } from '../../support/raw-http.ts'

test('a person who says yes in the browser is connected, and reads so there', async () => {
  const google = await openAuthServer()
  const { accounts, secrets, pages, library } = await openAccounts(google)
  const account = await accounts.signIn()
  expect(account).toMatchObject({ provider: 'google', ...anna, userId: 1, state: 'connected' })
  expect(library.accounts.list()).toEqual([account])
  const refreshToken = await secrets.get(`google-refresh-token-${anna.subject}`)
  expect(google.isRefreshTokenGood(refreshToken ?? '')).toBe(true)
  const shown = await pages[0]
  expect(shown).toMatchObject({ status: 200, page: expect.stringContaining('You can close this window.') })
  expect(shown?.page).toContain('<h1>Connected</h1>')
  expect(shown?.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('Google is asked for what is needed and no more, with a fresh state and challenge every time', async () => {
  const google = await openAuthServer()
  const urls: URL[] = []
  const openBrowser = async (url: string) => {
    urls.push(new URL(url))
    void browse(url)
  }
  const { accounts } = await openAccounts(google, { openBrowser })
  await accounts.signIn()
  await accounts.signIn()
  const [first, second] = urls.map(url => Object.fromEntries(url.searchParams))
  expect(first).toMatchObject({
    scope: 'https://www.googleapis.com/auth/drive.readonly openid email profile',
    response_type: 'code',
    access_type: 'offline',
    code_challenge_method: 'S256',
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
  })
  for (const name of ['state', 'code_challenge']) expect(first?.[name]).not.toBe(second?.[name])
})

test('two people are two accounts; the same person again is the same account with a new key', async () => {
  const google = await openAuthServer()
  const { accounts, secrets, library } = await openAccounts(google)
  const first = await accounts.signIn()
  const oldKey = await secrets.get(`google-refresh-token-${anna.subject}`)
  google.behaviour.person = ben
  const other = await accounts.signIn()
  google.behaviour.person = { ...anna, email: 'anna.new@example.com' }
  library.accounts.setState(first.id, 'reconnect')
  const again = await accounts.signIn()
  expect(again).toMatchObject({ id: first.id, email: 'anna.new@example.com', state: 'connected' })
  expect(accounts.list().map(({ id, subject }) => [id, subject])).toEqual([
    [first.id, anna.subject],
    [other.id, ben.subject],
  ])
  expect(await secrets.get(`google-refresh-token-${anna.subject}`)).not.toBe(oldKey)
})

test('two sign-ins at once do not get in each other’s way', async () => {
  const google = await openAuthServer()
  const { accounts } = await openAccounts(google)
  const both = await Promise.all([accounts.signIn(), accounts.signIn()])
  expect(new Set(both.map(({ id }) => id)).size).toBe(1)
})

test('a redirect with a forged state is answered 400 and ignored; the real one still works', async () => {
  const google = await openAuthServer()
  const forged: number[] = []
  const openBrowser = async (url: string) => {
    const real = await redirectOf(url)
    for (const state of ['', 'x', 'x'.repeat(43), `${real.searchParams.get('state')}x`]) {
      const forgery = new URL(real)
      forgery.searchParams.set('state', state)
      forgery.searchParams.set('code', 'forged')
      forged.push((await browse(forgery.href)).status)
      forgery.searchParams.delete('code')
      forgery.searchParams.set('error', 'access_denied')
      forged.push((await browse(forgery.href)).status)
    }
    forged.push((await browse(`${real.origin}/?code=forged`)).status)
    void browse(real.href)
  }
  const { accounts } = await openAccounts(google, { openBrowser })
  expect(await accounts.signIn()).toMatchObject({ subject: anna.subject })
  expect(new Set(forged)).toEqual(new Set([400]))
  expect(google.requests).toEqual(['token authorization_code'])
})

test('whatever else is asked of the listener leaves the sign-in alone', async () => {
  const google = await openAuthServer()
  const statuses: number[] = []
  const openBrowser = async (url: string) => {
    const real = await redirectOf(url)
    const port = Number(real.port)
    const ask = async (target: string, method = 'GET') => {
      statuses.push((await requestRaw(port, target, { method })).status)
    }
    await ask('//')
    await ask('/favicon.ico')
    await ask(`/other${real.search}`)
    await ask(`/${real.search}`, 'POST')
    await ask(`/${real.search}`, 'HEAD')
    void browse(real.href)
  }
  const { accounts } = await openAccounts(google, { openBrowser })
  expect(await accounts.signIn()).toMatchObject({ subject: anna.subject })
  expect(statuses).toEqual([404, 404, 404, 404, 404])
})

test('a code of somebody else’s sign-in is worth nothing, even with the right state', async () => {
  const google = await openAuthServer()
  const openBrowser = async (url: string) => {
    const real = await redirectOf(url)
    const stolen = new URL(url)
    stolen.searchParams.set('code_challenge', 'A'.repeat(43))
    real.searchParams.set('code', (await redirectOf(stolen.href)).searchParams.get('code') ?? '')
    void browse(real.href)
  }
  const { accounts } = await openAccounts(google, { openBrowser })
  expect(await failureOf(accounts.signIn())).toMatchObject({ name: 'GoogleAuthFailed', code: 'refused' })
  expect(accounts.list()).toEqual([])
})

test.each([
  ['access_denied', 'denied'],
  ['admin_policy_enforced', 'refused'],
  ['<script>alert(1)</script>', 'refused'],
])('a redirect that says %s ends the sign-in, and the browser can be closed', async (consentError, code) => {
  const google = await openAuthServer()
  google.behaviour.consentError = consentError
  const { accounts, pages } = await openAccounts(google)
  const failure = await failureOf(accounts.signIn())
  expect(failure).toMatchObject({ name: 'GoogleAuthFailed', code })
  const shown = await pages[0]
  expect(shown?.page).toContain('<h1>Not connected</h1>')
  expect(shown?.page).toContain('You can close this window.')
  expect(shown?.page).not.toContain('<script>')
  expect(accounts.list()).toEqual([])
})

test('without the tick at Drive nothing is connected, and the person reads why', async () => {
  const google = await openAuthServer()
  google.behaviour.withheldScopes = ['https://www.googleapis.com/auth/drive.readonly']
  const { accounts, pages } = await openAccounts(google)
  expect(await failureOf(accounts.signIn())).toMatchObject({ code: 'drive-not-granted' })
  expect((await pages[0])?.page).toContain('tick the box for Google Drive')
  expect(accounts.list()).toEqual([])
})

test('an ID token that was made for another client says nothing', async () => {
  const google = await openAuthServer()
  google.behaviour.audience = 'another.apps.googleusercontent.com'
  const { accounts } = await openAccounts(google)
  expect(await failureOf(accounts.signIn())).toMatchObject({ code: 'refused' })
  expect(accounts.list()).toEqual([])
})

test('a wrong client secret is named as such', async () => {
  const google = await openAuthServer()
  const { accounts, secrets } = await openAccounts(google)
  await accounts.saveClientSecret(' GOCSPX-wrong\n')
  expect(await secrets.get('google-client-secret')).toBe('GOCSPX-wrong')
  expect(await failureOf(accounts.signIn())).toMatchObject({ code: 'client-refused' })
})

test('without a client nothing is opened; one in variables goes before the settings', async () => {
  const google = await openAuthServer()
  const without = await openAccounts(google, { savedClientId: () => null })
  expect(await without.accounts.hasClient()).toBe(false)
  expect(await failureOf(without.accounts.signIn())).toMatchObject({ code: 'no-client' })
  expect(without.pages).toEqual([])
  const environment = { GOOGLE_CLIENT_ID: google.client.id, GOOGLE_CLIENT_SECRET: google.client.secret }
  const withVariables = await openAccounts(google, { savedClientId: () => 'another', environment })
  await withVariables.accounts.saveClientSecret('another')
  expect(await withVariables.accounts.signIn()).toMatchObject({ subject: anna.subject })
})

test('a person who never answers is not waited for', async () => {
  const google = await openAuthServer()
  const urls: string[] = []
  const openBrowser = async (url: string) => void urls.push(url)
  const { accounts } = await openAccounts(google, { openBrowser, signInTimeoutMs: 50 })
  expect(await failureOf(accounts.signIn())).toMatchObject({ code: 'timed-out' })
  // Nobody listens any more.
  await expect(browse(urls[0] ?? '')).rejects.toThrow('fetch failed')
})

test('a sign-in is cancelled before it begins, while the browser is open, and while Google is asked', async () => {
  const google = await openAuthServer()
  const before = await openAccounts(google)
  expect(await failureOf(before.accounts.signIn(AbortSignal.abort()))).toMatchObject({ code: 'cancelled' })
  expect(before.pages).toEqual([])

  const cancelling = new AbortController()
  const openBrowser = async () => cancelling.abort()
  const open = await openAccounts(google, { openBrowser })
  expect(await failureOf(open.accounts.signIn(cancelling.signal))).toMatchObject({ code: 'cancelled' })

  const late = new AbortController()
  const asking = await openAccounts(google)
  const gate = Promise.withResolvers<void>()
  google.behaviour.tokenGate = gate.promise
  const signIn = failureOf(asking.accounts.signIn(late.signal))
  await expect.poll(() => google.requests).toEqual(['token authorization_code'])
  late.abort()
  expect(await signIn).toMatchObject({ code: 'cancelled' })
  await expect.poll(() => google.requests).toContain('hung up')
  gate.resolve()
  expect((await asking.pages[0])?.page).toContain('The sign-in was cancelled.')
  expect(asking.accounts.list()).toEqual([])
})

test('a browser that does not open is said at once', async () => {
  const google = await openAuthServer()
  const openBrowser = async () => Promise.reject(new Error('spawn xdg-open ENOENT'))
  const { accounts } = await openAccounts(google, { openBrowser })
  expect(await failureOf(accounts.signIn())).toMatchObject({ code: 'no-browser' })
})

test('a secret that cannot be kept leaves no account, and the person reads why', async () => {
  const google = await openAuthServer()
  const { accounts, pages, secrets } = await openAccounts(google)
  secrets.set = () => Promise.reject(new SecretStoreFailed('Locked by <b>.'))
  expect(await failureOf(accounts.signIn())).toMatchObject({ name: 'SecretStoreFailed' })
  expect((await pages[0])?.page).toContain('Locked by &lt;b&gt;.')
  expect(accounts.list()).toEqual([])
})
