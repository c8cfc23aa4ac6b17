import { expect, test } from 'vitest'
import type { AccountRegistry } from '../../../src/main/accounts/index.ts'
import { openTestLibrary } from '../../support/library.ts'

const anna = { provider: 'google', subject: '1', email: 'anna@example.com', name: 'Anna' } as const

test('an account is kept across starts, connected', async () => {
  const library = await openTestLibrary()
  const account = library.accounts.save(anna)
  expect(account).toMatchObject({ ...anna, id: 1, userId: 1, state: 'connected' })
  expect(account.connectedAt).toBe(new Date(account.connectedAt).toISOString())
  await library.close()
  const again = await openTestLibrary(library.layout.folder)
  expect(again.accounts.list()).toEqual([account])
})

test('the same subject again is the same account, with its new address and connected anew', async () => {
  const { accounts } = await openTestLibrary()
  const { id } = accounts.save(anna)
  accounts.setState(id, 'reconnect')
  expect(accounts.get(id)?.state).toBe('reconnect')
  expect(accounts.save({ ...anna, email: 'new@example.com' })).toMatchObject({
    id,
    email: 'new@example.com',
    state: 'connected',
  })
  expect(accounts.save({ ...anna, subject: '2' }).id).not.toBe(id)
  expect(accounts.list()).toHaveLength(2)
})

test('a removed account is gone, its id is not given to another, and it is its own again when the person comes back', async () => {
  const { accounts } = await openTestLibrary()
  const { id } = accounts.save(anna)
  accounts.remove(id)
  accounts.remove(id)
  expect(accounts.get(id)).toBeNull()
  expect(accounts.list()).toEqual([])
  expect(accounts.save({ ...anna, subject: '2' }).id).toBeGreaterThan(id)
  expect(accounts.save(anna)).toMatchObject({ id, state: 'connected' })
})

test('the library is what the accounts ask for as their registry', async () => {
  const registry: AccountRegistry = (await openTestLibrary()).accounts
  expect(registry.list()).toEqual([])
})

test('who was noted without a sign-in is one account with whoever signs in with that address', async () => {
  const { accounts } = await openTestLibrary()
  const noted = accounts.note({ provider: 'google', email: 'Anna@example.com', name: 'Anna' })
  expect(noted).toMatchObject({ email: 'Anna@example.com', state: 'reconnect' })
  expect(accounts.note({ provider: 'google', email: 'anna@example.com', name: 'Anna' }).id).toBe(noted.id)
  expect(accounts.note({ provider: 'google', email: 'ben@example.com', name: 'Ben' }).id).not.toBe(noted.id)
  expect(accounts.save(anna)).toMatchObject({ id: noted.id, subject: '1', state: 'connected' })
  expect(accounts.note({ provider: 'google', email: 'anna@example.com', name: 'Anna' })).toMatchObject({
    id: noted.id,
    state: 'connected',
  })
  accounts.remove(noted.id)
  expect(accounts.note({ provider: 'google', email: 'anna@example.com', name: 'Anna' })).toMatchObject({
    id: noted.id,
    state: 'reconnect',
  })
})
