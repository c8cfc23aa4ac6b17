import { createRequire } from 'node:module'
import { canHide, createDesktopStore, type DesktopEncryption } from './desktop-store.ts'
import { createEnvironmentStore, holdsSecrets } from './environment-store.ts'
import { createKeychainStore, type KeychainLibrary, reasonOf } from './keychain-store.ts'
import { createMemoryStore } from './memory-store.ts'
import type { SecretStore } from './port.ts'

export interface OpenedSecretStore {
  store: SecretStore
  /** For a person, where secrets do not outlive the program. */
  notice: string | null
}

export interface SecretStoreOptions {
  environment?: NodeJS.ProcessEnv
  loadKeychain?: () => Promise<KeychainLibrary>
  /** The desktop host's own encryption, and the file for what it encrypts. */
  desktop?: { encryption: DesktopEncryption; path: string }
  /** A locked keychain asks its person, and where there is no desktop it may wait for ever. */
  timeoutMs?: number
}

/**
 * The best place for secrets that works on this computer: its keychain, else a file that the desktop host encrypts, else
 * variables, else memory.
 */
export async function openSecretStore(options: SecretStoreOptions = {}): Promise<OpenedSecretStore> {
  const { environment = process.env, loadKeychain = loadKeytar, desktop, timeoutMs = 10_000 } = options
  try {
    const keychain = await loadKeychain()
    await inTime(proveThatItKeeps(keychain), timeoutMs)
    return { store: createKeychainStore(keychain), notice: null }
  } catch (cause) {
    if (desktop && (await canHide(desktop.encryption).catch(() => false))) {
      return { store: createDesktopStore(desktop.encryption, desktop.path), notice: null }
    }
    const why = `The keychain of this computer cannot be used (${explain(cause)})`
    if (!holdsSecrets(environment)) {
      return {
        store: createMemoryStore(),
        notice: `${why}. Accounts stay connected until Burg Ink is closed, and have to be connected again after that.`,
      }
    }
    return {
      store: createEnvironmentStore(environment),
      notice: `${why}. Secrets are read from GOOGLE_ variables; what is connected now lasts until Burg Ink is closed.`,
    }
  }
}

/**
 * Loaded when it is asked for: its binary, or what that needs of the system, may be missing. By `require`, which the build
 * leaves alone: an optional package that is imported would be put into the bundle, where it does not find its binary.
 */
export async function loadKeytar(): Promise<KeychainLibrary> {
  return createRequire(import.meta.url)('keytar')
}

/** A locked Secret Service answers "nothing found" to every question, so only writing shows that it works. */
async function proveThatItKeeps(keychain: KeychainLibrary): Promise<void> {
  const [service, account, mark] = ['burg-ink-probe', `process-${process.pid}`, 'Burg Ink was here.']
  await keychain.setPassword(service, account, mark)
  const found = await keychain.getPassword(service, account)
  await keychain.deletePassword(service, account)
  if (found !== mark) throw new Error('it forgets what it is given')
}

function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it does not answer')), timeoutMs)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function explain(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code
  const isMissing = code === 'MODULE_NOT_FOUND'
  return isMissing ? 'npm rebuild keytar --ignore-scripts=false installs what is missing' : reasonOf(cause)
}
