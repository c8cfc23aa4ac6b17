import { randomBytes } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SecretStore } from '../../src/main/accounts/index.ts'

export interface SecretStoreFixture {
  store: SecretStore
  /** Another one of its kind, as the next start of the program has it. */
  reopen(): Promise<SecretStore>
}

const survives: Record<SecretStore['kind'], boolean> = {
  keychain: true,
  desktop: true,
  environment: false,
  memory: false,
}

/** What every place for secrets promises. @param unavailable a sentence when it cannot be had here; the tests are skipped. */
export function describeSecretStoreContract(
  title: string,
  openFixture: () => Promise<SecretStoreFixture>,
  unavailable: string | null = null,
): void {
  describe(`${title} as a secret store`, () => {
    function secretTest(name: string, check: (fixture: SecretStoreFixture) => Promise<void>): void {
      test(name, async context => {
        if (unavailable !== null) return context.skip(unavailable)
        await check(await openFixture())
      })
    }

    /** Unused so far, and gone after the test. */
    function newName(store: SecretStore): string {
      const name = `google-refresh-token-${randomBytes(8).toString('hex')}`
      onTestFinished(() => store.delete(name))
      return name
    }

    secretTest('knows nothing of what was never set', async ({ store }) => {
      expect(await store.get(newName(store))).toBeNull()
    })

    secretTest('gives back what was set, to the letter', async ({ store }) => {
      const name = newName(store)
      for (const secret of ['s', ' 1//0 a\tb\n', 'Ölfarbe “blau” 🎨', randomBytes(768).toString('base64')]) {
        await store.set(name, secret)
        expect(await store.get(name)).toBe(secret)
      }
    })

    secretTest('keeps names apart, also when one begins like another', async ({ store }) => {
      const [name, other] = [newName(store), newName(store)]
      await store.set(name, 'one')
      await store.set(other, 'two')
      await store.set(`${name}-2`, 'three')
      onTestFinished(() => store.delete(`${name}-2`))
      await store.delete(other)
      expect([await store.get(name), await store.get(other), await store.get(`${name}-2`)]).toEqual([
        'one',
        null,
        'three',
      ])
    })

    secretTest('forgets what is deleted, also twice, and takes it again', async ({ store }) => {
      const name = newName(store)
      await store.set(name, 'one')
      await store.delete(name)
      await store.delete(name)
      expect(await store.get(name)).toBeNull()
      await store.set(name, 'two')
      expect(await store.get(name)).toBe('two')
    })

    secretTest('refuses an empty secret and keeps the one it has', async ({ store }) => {
      const name = newName(store)
      await store.set(name, 'one')
      await expect(store.set(name, '')).rejects.toMatchObject({ name: 'SecretStoreFailed' })
      expect(await store.get(name)).toBe('one')
    })

    secretTest('serves several at once', async ({ store }) => {
      const names = Array.from({ length: 10 }, () => newName(store))
      await Promise.all(names.map(name => store.set(name, `secret of ${name}`)))
      expect(await Promise.all(names.map(store.get))).toEqual(names.map(name => `secret of ${name}`))
    })

    secretTest('keeps secrets beyond the program exactly when its kind says so', async ({ store, reopen }) => {
      const name = newName(store)
      await store.set(name, 'one')
      const next = await reopen()
      expect(next.kind).toBe(store.kind)
      expect(await next.get(name)).toBe(survives[store.kind] ? 'one' : null)
    })
  })
}
