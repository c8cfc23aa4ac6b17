import type { StorageSettings } from '../../shared/storage.ts'
import { SecretStoreFailed } from '../accounts/index.ts'
import type { Cloud } from '../jobs/index.ts'
import type { Library, StorePlace } from '../library/index.ts'
import { createS3Store, type RemoteStore, type RemoteStoreConfig, StoreFailed } from '../storage/index.ts'
import type { createSecrets } from './secrets.ts'

/** In the keychain. As a variable it is STORAGE_SECRET_ACCESS_KEY, which goes before what was saved. */
const secretName = 'storage-secret-access-key'
const secretVariable = 'STORAGE_SECRET_ACCESS_KEY'

const noStore = 'No store in the cloud is set up. Enter one in the settings of storage.'
const noSecret = 'The secret of the access key is not known here. Enter it in the settings of storage.'

const notKept = `The keychain of this computer cannot be used. The secret is kept until Burg Ink is closed and has to be entered again after that, unless the variable ${secretVariable} holds it.`

/** The store in the cloud that the settings name, opened when it is first needed. Its secret is in the keychain. */
export function createCloud(
  library: Library,
  environment: NodeJS.ProcessEnv,
  secrets: ReturnType<typeof createSecrets>,
) {
  const { settings } = library
  let current: RemoteStore | undefined
  /** All that were opened: work under way goes on with the one it began with. */
  const opened = new Set<RemoteStore>()

  /** Asked for once: what is shown of the store changes a few times a second. */
  let known: string | undefined

  async function secret(): Promise<string | null> {
    known ??= environment[secretVariable] || ((await (await secrets()).store.get(secretName)) ?? undefined)
    return known ?? null
  }

  async function open(): Promise<RemoteStore> {
    if (current) return current
    if (!settings.storePlace()) throw new StoreFailed('no-bucket', noStore)
    const secretAccessKey = await secret().catch(cause => {
      throw cause instanceof SecretStoreFailed ? new StoreFailed('bad-secret', cause.message, { cause }) : cause
    })
    if (!secretAccessKey) throw new StoreFailed('bad-secret', noSecret)
    // Another may have come first while the keychain was asked.
    current ??= createS3Store(configOf(settings.storage(), secretAccessKey))
    opened.add(current)
    return current
  }

  const jobsCloud: Cloud = {
    place: () => settings.storePlace()?.place ?? null,
    keepsOriginals: () => settings.storage().keepsIn === 'cloud' && settings.storePlace() !== null,
    localBudgetBytes: () => settings.storage().localBudgetBytes,
    isPublic: () => settings.storage().isPublic,
    urlOf(key) {
      const place = settings.storePlace()
      return place && place.urlBase + key
    },
    open,
  }

  return {
    ...jobsCloud,
    secret,

    /** Whether there is one; and where it does not outlive the program, or cannot be read, a sentence that says so. */
    async aboutSecret(): Promise<{ hasSecret: boolean; notice: string | null }> {
      if (environment[secretVariable]) return { hasSecret: true, notice: null }
      try {
        const hasSecret = (await secret()) !== null
        return { hasSecret, notice: (await secrets()).notice && notKept }
      } catch (cause) {
        if (!(cause instanceof SecretStoreFailed)) throw cause
        return { hasSecret: false, notice: cause.message }
      }
    },

    /** An empty one is forgotten. @throws {SecretStoreFailed} */
    async saveSecret(given: string): Promise<void> {
      const { store } = await secrets()
      const pasted = given.trim()
      if (pasted === '') await store.delete(secretName)
      else await store.set(secretName, pasted)
      known = undefined
      current = undefined
    },

    /** From now on the store of these settings is meant. */
    save(saved: StorageSettings, place: StorePlace | null): void {
      const before = settings.storePlace()
      settings.setStorage(saved, place)
      if (place) library.sendings.open(place.place)
      const isSame = place?.place === before?.place && place?.urlBase === before?.urlBase
      if (!isSame) library.copies.setAddresses(place?.place ?? '', place?.urlBase ?? '')
      current = undefined
    },

    close(): void {
      for (const store of opened) store.close()
    },
  }
}

export function configOf(settings: StorageSettings, secretAccessKey: string): RemoteStoreConfig {
  const { keepsIn: _keepsIn, localBudgetBytes: _budget, ...config } = settings
  return { ...config, secretAccessKey }
}

const anyKey = 'x'

/** Null where no bucket is named. @throws {StoreFailed} for settings that cannot be right. */
export function placeOf(settings: StorageSettings): StorePlace | null {
  if (settings.bucket.trim() === '') return null
  const store = createS3Store(configOf(settings, ''))
  try {
    return { place: store.place, urlBase: store.publicUrl(anyKey).slice(0, -anyKey.length) }
  } finally {
    store.close()
  }
}
