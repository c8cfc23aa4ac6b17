import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createDesktopStore, openSecretStore } from '../../../src/main/accounts/index.ts'
import { makeDesktopEncryption } from '../../support/desktop-encryption.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const pathOf = async () => join(await makeTempFolder('secrets'), 'secrets.json')
const noKeychain = () => Promise.reject(new Error('None.'))

test('the file shows no secret, is for its owner alone, and nothing lies beside it', async () => {
  const path = await pathOf()
  const store = createDesktopStore(makeDesktopEncryption(), path)
  await store.set('google-client-secret', 'GOCSPX-1')
  expect(await readFile(path, 'utf8')).not.toContain('GOCSPX-1')
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077).toBe(0)
  expect(await readdir(dirname(path))).toEqual(['secrets.json'])
})

test('secrets that are set at the same time are all kept', async () => {
  const store = createDesktopStore(makeDesktopEncryption(), await pathOf())
  const names = Array.from({ length: 20 }, (_, i) => `google-refresh-token-${i}`)
  await Promise.all(names.map(name => store.set(name, `1//${name}`)))
  expect(await Promise.all(names.map(name => store.get(name)))).toEqual(names.map(name => `1//${name}`))
})

test('what another computer encrypted is none, and may be set anew', async () => {
  const path = await pathOf()
  await createDesktopStore(makeDesktopEncryption(), path).set('google-client-secret', 'GOCSPX-1')
  const store = createDesktopStore(makeDesktopEncryption(), path)
  expect(await store.get('google-client-secret')).toBeNull()
  await store.set('google-client-secret', 'GOCSPX-2')
  expect(await store.get('google-client-secret')).toBe('GOCSPX-2')
})

test('a file that cannot be read or written is said, and is not replaced', async () => {
  const path = await pathOf()
  await writeFile(path, '{ broken')
  const store = createDesktopStore(makeDesktopEncryption(), path)
  const failure = { name: 'SecretStoreFailed', message: expect.stringContaining(path) }
  await expect(store.get('google-client-secret')).rejects.toMatchObject(failure)
  await expect(store.set('google-client-secret', 'GOCSPX-1')).rejects.toMatchObject(failure)
  expect(await readFile(path, 'utf8')).toBe('{ broken')

  const folder = join(dirname(path), 'in-the-way')
  await mkdir(folder)
  await expect(createDesktopStore(makeDesktopEncryption(), folder).set('a', 'b')).rejects.toMatchObject({
    name: 'SecretStoreFailed',
  })
})

test('it is taken where there is no keychain, but not where its key is no secret', async () => {
  const path = await pathOf()
  const open = (backend: string) =>
    openSecretStore({
      loadKeychain: noKeychain,
      environment: {},
      desktop: { encryption: makeDesktopEncryption(backend), path },
    })
  const { store, notice } = await open('kwallet6')
  expect([store.kind, notice]).toEqual(['desktop', null])
  expect((await open('basic_text')).store.kind).toBe('memory')
})
