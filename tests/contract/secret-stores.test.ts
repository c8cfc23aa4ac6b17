import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  createDesktopStore,
  createEnvironmentStore,
  createKeychainStore,
  createMemoryStore,
  loadKeytar,
} from '../../src/main/accounts/index.ts'
import { makeDesktopEncryption } from '../support/desktop-encryption.ts'
import { readInNewProcess, startSecretService, whyNoSecretService } from '../support/secret-service.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { describeSecretStoreContract } from './secret-store.contract.ts'

describeSecretStoreContract('Memory', async () => ({
  store: createMemoryStore(),
  reopen: async () => createMemoryStore(),
}))

describeSecretStoreContract('The environment', async () => ({
  store: createEnvironmentStore({}),
  reopen: async () => createEnvironmentStore({}),
}))

describeSecretStoreContract('A file that the desktop host encrypts', async () => {
  const path = join(await makeTempFolder('secrets'), 'secrets.json')
  const encryption = makeDesktopEncryption()
  return { store: createDesktopStore(encryption, path), reopen: async () => createDesktopStore(encryption, path) }
})

const unavailable = await whyNoSecretService()
const service = unavailable === null ? await startSecretService() : null
afterAll(() => service?.stop())

async function openKeychain() {
  return createKeychainStore(await loadKeytar())
}

describeSecretStoreContract(
  'The keychain (keytar on a Secret Service)',
  async () => ({ store: await openKeychain(), reopen: openKeychain }),
  unavailable,
)

test('a new process, and the Secret Service after a restart, still have what was kept', async context => {
  if (service === null) return context.skip(unavailable ?? '')
  const store = await openKeychain()
  await store.set('google-client-secret', 'GOCSPX-kept')
  expect(await readInNewProcess('google-client-secret')).toEqual({
    kind: 'keychain',
    notice: null,
    secret: 'GOCSPX-kept',
  })
  await service.restart()
  expect(await readInNewProcess('google-client-secret')).toMatchObject({ kind: 'keychain', secret: 'GOCSPX-kept' })
})

test('a keychain that is locked, with nobody to unlock it, is not taken for one that works', async context => {
  if (service === null) return context.skip(unavailable ?? '')
  await service.restart({ isLocked: true })
  const opened = await readInNewProcess('google-client-secret')
  expect(opened).toMatchObject({ kind: 'memory', notice: expect.stringContaining('have to be connected again') })
  await service.restart()
  expect(await readInNewProcess('google-client-secret')).toMatchObject({ kind: 'keychain', secret: 'GOCSPX-kept' })
})

test('a Secret Service that goes away is a failure, and never an empty answer', async context => {
  if (service === null) return context.skip(unavailable ?? '')
  const store = await openKeychain()
  await service.restart()
  const failure = { name: 'SecretStoreFailed', message: expect.stringContaining('start Burg Ink again') }
  await expect(store.get('google-client-secret')).rejects.toMatchObject(failure)
  await expect(store.set('google-client-secret', 'GOCSPX-lost')).rejects.toMatchObject(failure)
  await expect(store.delete('google-client-secret')).rejects.toMatchObject(failure)
})
