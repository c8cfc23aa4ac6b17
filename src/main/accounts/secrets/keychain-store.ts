import { refuseEmptySecret, type SecretStore, SecretStoreFailed } from './port.ts'

/** Under which the keychain's own program shows what is Burg Ink's. */
const service = 'burg-ink'

/** What keytar offers of the system's keychain: Keychain on macOS, Credential Vault on Windows, Secret Service on Linux. */
export interface KeychainLibrary {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** Where the Secret Service ends while the program runs, keytar fails from then on, also when it is there again. */
export function createKeychainStore(keychain: KeychainLibrary): SecretStore {
  return {
    kind: 'keychain',
    get: name => explained(() => keychain.getPassword(service, name)),
    async set(name, secret) {
      refuseEmptySecret(name, secret)
      await explained(() => keychain.setPassword(service, name, secret))
    },
    async delete(name) {
      await explained(() => keychain.deletePassword(service, name))
    },
  }
}

async function explained<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw new SecretStoreFailed(
      `The keychain of this computer did not answer (${reasonOf(cause)}). Unlock it, or start Burg Ink again when it was started anew; then try again.`,
      { cause },
    )
  }
}

/** One line of it, without a full stop. */
export function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  return (message.split('\n')[0] ?? '').replace(/[.\s]+$/, '')
}
