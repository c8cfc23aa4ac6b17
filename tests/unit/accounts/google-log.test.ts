import { afterEach, expect, test, vi } from 'vitest'
import { openAccounts, openAuthServer, secretsSeenIn } from '../../support/accounts.ts'

afterEach(() => void vi.unstubAllEnvs())

test('Google’s library logs none, also when its log is on', async () => {
  // Read once, when the library is loaded: so this test has a file, and with it a process, of its own.
  vi.stubEnv('GOOGLE_SDK_NODE_LOGGING', '*')
  const written: unknown[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(text => written.push(text) > 0)
  const log = vi.spyOn(console, 'error').mockImplementation((...texts) => void written.push(texts))
  const google = await openAuthServer()
  try {
    const { accounts } = await openAccounts(google)
    const { id } = await accounts.signIn()
    await accounts.accessToken(id, await accounts.accessToken(id))
  } finally {
    write.mockRestore()
    log.mockRestore()
  }
  expect(secretsSeenIn(written, google)).toEqual([])
})
