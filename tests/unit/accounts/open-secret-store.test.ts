import { expect, test } from 'vitest'
import { createEnvironmentStore, openSecretStore } from '../../../src/main/accounts/index.ts'
import { readInNewProcess } from '../../support/secret-service.ts'

/** A keychain in memory that does all it should; each test spoils one thing of it. */
function makeKeychain() {
  const kept = new Map<string, string>()
  const key = (service: string, account: string) => `${service} ${account}`
  return {
    kept,
    getPassword: async (service: string, account: string) => kept.get(key(service, account)) ?? null,
    setPassword: async (service: string, account: string, password: string) =>
      void kept.set(key(service, account), password),
    deletePassword: async (service: string, account: string) => kept.delete(key(service, account)),
  }
}

test('a keychain that works is taken, and nothing is left of the trial', async () => {
  const keychain = makeKeychain()
  const { store, notice } = await openSecretStore({ loadKeychain: async () => keychain, environment: {} })
  expect([store.kind, notice]).toEqual(['keychain', null])
  expect(keychain.kept.size).toBe(0)
  await store.set('google-client-secret', 'GOCSPX-1')
  expect([...keychain.kept]).toEqual([['burg-ink google-client-secret', 'GOCSPX-1']])
})

test.each([
  ['is not installed', () => Promise.reject(Object.assign(new Error('Cannot find'), { code: 'MODULE_NOT_FOUND' }))],
  ['fails', async () => ({ ...makeKeychain(), setPassword: () => Promise.reject(new Error('No D-Bus.\nat line 1')) })],
  ['forgets', async () => ({ ...makeKeychain(), setPassword: async () => {} })],
  ['never answers', async () => ({ ...makeKeychain(), setPassword: () => new Promise<void>(() => {}) })],
])('a keychain that %s is replaced by memory, and the person reads why', async (_, loadKeychain) => {
  const { store, notice } = await openSecretStore({ loadKeychain, environment: {}, timeoutMs: 50 })
  expect(store.kind).toBe('memory')
  expect(notice).toMatch(/^The keychain of this computer cannot be used \([^)\n]+\)\. Accounts stay connected until/)
})

test('without a keychain, variables are read, and what is set lies over them for this run', async () => {
  const environment = { GOOGLE_CLIENT_SECRET: 'GOCSPX-1', GOOGLE_REFRESH_TOKEN_12: '1//0' }
  const loadKeychain = () => Promise.reject(new Error('None.'))
  const { store, notice } = await openSecretStore({ loadKeychain, environment })
  expect([store.kind, notice]).toEqual([
    'environment',
    expect.stringContaining('(None). Secrets are read from GOOGLE_'),
  ])
  expect(await store.get('google-client-secret')).toBe('GOCSPX-1')
  expect(await store.get('google-refresh-token-12')).toBe('1//0')
  await store.set('google-refresh-token-12', '1//1')
  await store.delete('google-client-secret')
  expect([await store.get('google-refresh-token-12'), await store.get('google-client-secret')]).toEqual(['1//1', null])
  expect(environment).toEqual({ GOOGLE_CLIENT_SECRET: 'GOCSPX-1', GOOGLE_REFRESH_TOKEN_12: '1//0' })
})

test('an empty variable is none', async () => {
  expect(await createEnvironmentStore({ GOOGLE_CLIENT_SECRET: '' }).get('google-client-secret')).toBeNull()
  const loadKeychain = () => Promise.reject(new Error('None.'))
  const { store } = await openSecretStore({ loadKeychain, environment: { GOOGLE_CLIENT_SECRET: '' } })
  expect(store.kind).toBe('memory')
})

test.skipIf(process.platform !== 'linux')(
  'a computer without a Secret Service gets memory and a sentence',
  async () => {
    const env = { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }
    const opened = await readInNewProcess('google-client-secret', env)
    expect(opened).toMatchObject({ kind: 'memory', secret: null, notice: expect.stringContaining('cannot be used') })
  },
)
