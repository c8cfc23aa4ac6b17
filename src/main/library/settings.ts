import { type Settings, settingsSchema } from '../../shared/contract.ts'
import type { EngineName } from '../../shared/engine.ts'
import { type StorageSettings, storageSettingsSchema } from '../../shared/storage.ts'
import type { TableSubject, TableTargets } from '../../shared/tables.ts'
import type { Db } from './database.ts'

/** Of works: how they are numbered, and in what they are measured and sold. */
const artworkDefaults = { inventoryPattern: '{year}-{number:3}', sizeUnit: 'cm', currency: 'EUR' } as const

/** What is printed of them. */
const printingDefaults = { artistName: '', pageSize: 'a4' } as const

const defaults: Settings = {
  copyOriginals: false,
  googleClientId: '',
  ...artworkDefaults,
  ...printingDefaults,
  runsKeptDays: 7,
}

const storageDefaults: StorageSettings = {
  keepsIn: 'disk',
  preset: 'spaces',
  endpoint: '',
  region: '',
  bucket: '',
  prefix: '',
  cdnUrl: '',
  usesCdn: false,
  isPathStyle: false,
  isPublic: false,
  accessKeyId: '',
  localBudgetBytes: null,
}

/** Where the store of the settings is: what only its adapter can tell from them. */
export interface StorePlace {
  /** `RemoteStore.place` */
  place: string
  /** Goes before a key to make an address of it. */
  urlBase: string
}

/** What was paused as one, and is taken up again as one. */
export interface PausedWork {
  syncIds: number[]
  /** Of descriptions. */
  runIds: number[]
  isSending: boolean
  isMoving: boolean
}

/** How the columns of a table are read. */
export interface RememberedMapping {
  subject: TableSubject
  targets: TableTargets
}

/** What was chosen to run the jobs. The keys of an Inngest elsewhere are in the keychain. */
export interface EngineSettings {
  name: EngineName
  inngestUrl: string
  hasKeys: boolean
}

const engineDefaults: EngineSettings = { name: 'embedded', inngestUrl: '', hasKeys: false }

/** Names of the rows that are not part of `Settings`. */
const storageName = 'storage'
const placeName = 'storagePlace'
const libraryIdName = 'libraryId'
const pausedWorkName = 'pausedWork'
const tableMappingsName = 'tableMappings'
const engineName = 'engine'

/** So many sets of columns are remembered; the oldest goes. */
const mappingsMax = 50

export function createSettings(db: Db) {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
  const one = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
  const put = db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )

  function get(): Settings {
    const stored = Object.fromEntries(all.all().map(row => [row.name, JSON.parse(row.value)]))
    return settingsSchema.parse({ ...defaults, ...stored })
  }

  function read(name: string): unknown {
    const row = one.get(name)
    return row ? JSON.parse(row.value) : null
  }

  const mappings = () => (read(tableMappingsName) ?? []) as [string[], RememberedMapping][]

  return {
    get,
    /** Changes those that are given. */
    set: db.transaction((changes: { [N in keyof Settings]?: Settings[N] | undefined }): Settings => {
      for (const [name, value] of Object.entries(changes)) {
        if (value !== undefined) put.run(name, JSON.stringify(value))
      }
      return get()
    }),

    /** Made with the library, 32 hex digits. A copy of the library's folder has the same. */
    libraryId: (): string => read(libraryIdName) as string,

    /** Null: nothing was. */
    pausedWork(): PausedWork | null {
      return read(pausedWorkName) as PausedWork | null
    },

    savePausedWork(work: PausedWork | null): void {
      put.run(pausedWorkName, JSON.stringify(work))
    },

    /** How a table with these columns was read the last time; null: there was none. */
    tableMapping(columns: readonly string[]): RememberedMapping | null {
      return mappings().find(([names]) => isAlike(names, columns))?.[1] ?? null
    },

    rememberTableMapping(columns: readonly string[], mapping: RememberedMapping): void {
      const others = mappings().filter(([names]) => !isAlike(names, columns))
      put.run(tableMappingsName, JSON.stringify([...others, [columns, mapping]].slice(-mappingsMax)))
    },

    engine(): EngineSettings {
      return { ...engineDefaults, ...(read(engineName) as Partial<EngineSettings> | null) }
    },

    setEngine(settings: EngineSettings): void {
      put.run(engineName, JSON.stringify(settings))
    },

    /** Where originals are kept. */
    storage(): StorageSettings {
      const stored = read(storageName) as Partial<StorageSettings> | null
      return storageSettingsSchema.parse({ ...storageDefaults, ...stored })
    },

    /** Null: there is no store in the cloud. */
    storePlace(): StorePlace | null {
      return read(placeName) as StorePlace | null
    },

    setStorage: db.transaction((settings: StorageSettings, place: StorePlace | null): void => {
      put.run(storageName, JSON.stringify(settings))
      put.run(placeName, JSON.stringify(place))
    }),
  }
}

const isAlike = (names: readonly string[], others: readonly string[]): boolean =>
  names.length === others.length && names.every((name, place) => name === others[place])
