import { join } from 'node:path'
import type { EngineName } from '../../shared/engine.ts'
import {
  createCloudEngine,
  createEmbeddedEngine,
  createServerEngine,
  findInngestCli,
  type JobEngine,
} from '../engine/index.ts'
import type { EngineSettings, Library } from '../library/index.ts'
import type { createSecrets } from './secrets.ts'

type Environment = Record<string, string | undefined>

export interface EngineChoice {
  name: EngineName
  /** The variable that chose it; null: the settings of the library did. */
  forcedBy: string | null
}

export interface EngineTells {
  /** What has to be written cannot be. */
  onStuck(cause: unknown): void
  /** It has forgotten what it was sent. */
  onForgot(): void
  /** It can be reached. */
  onUp(): void
  /** It is gone for now. @param message for a person. */
  onDown(message: string): void
}

export interface InngestKeys {
  eventKey: string
  signingKey: string
}

/** In the keychain. As variables they are INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY, which go before what was saved. */
const secretNames = { eventKey: 'inngest-event-key', signingKey: 'inngest-signing-key' } as const

const noProgram =
  'Inngest’s program was not found. Fetch it with "npm rebuild inngest-cli --ignore-scripts=false", or give its path as INNGEST_CLI.'
const noKeys =
  'The keys of Inngest are not known here. Enter its event key and its signing key, or give them as INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY.'

/** What was asked for cannot be had. The message says what to do. */
export class EngineUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EngineUnavailable'
  }
}

/**
 * `BURG_INK_ENGINE` says which; else the keys of Inngest, where both are in the environment; else the settings of the library.
 * @throws {Error} in words for a person.
 */
export function chooseEngine(environment: Environment, saved: EngineSettings): EngineChoice {
  const name = environment.BURG_INK_ENGINE
  if (name) {
    if (name === 'embedded' || name === 'server' || name === 'cloud') return { name, forcedBy: 'BURG_INK_ENGINE' }
    throw new EngineUnavailable(`BURG_INK_ENGINE is “${name}”. It can be embedded, server or cloud.`)
  }
  if (environment.INNGEST_EVENT_KEY && environment.INNGEST_SIGNING_KEY) {
    return { name: 'cloud', forcedBy: 'INNGEST_SIGNING_KEY' }
  }
  return { name: saved.name, forcedBy: null }
}

/** Makes engines for one library. Nothing of them runs until it is started. */
export function createEngines(
  library: Library,
  environment: Environment,
  secrets: ReturnType<typeof createSecrets>,
  tells: EngineTells,
) {
  const { layout, settings } = library
  const { onStuck, onForgot, onUp, onDown } = tells
  const stateFolder = join(layout.folder, '.inngest')

  async function keys(): Promise<InngestKeys> {
    const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = environment
    const eventKey = INNGEST_EVENT_KEY || (await (await secrets()).store.get(secretNames.eventKey))
    const signingKey = INNGEST_SIGNING_KEY || (await (await secrets()).store.get(secretNames.signingKey))
    if (!eventKey || !signingKey) throw new EngineUnavailable(noKeys)
    return { eventKey, signingKey }
  }

  const makers: Record<EngineName, (inngestUrl: string, given?: InngestKeys) => Promise<JobEngine>> = {
    embedded: async () => createEmbeddedEngine({ databasePath: layout.jobs, onStuck }),

    async server() {
      const program = await findInngestCli(environment)
      if (program === null) throw new EngineUnavailable(noProgram)
      return createServerEngine({ command: [program], stateFolder, port: portOf(environment), onForgot, onUp, onDown })
    },

    async cloud(inngestUrl, given) {
      const baseUrl = environment.INNGEST_BASE_URL || inngestUrl
      return createCloudEngine({
        ...(baseUrl && { baseUrl }),
        gatewayUrl: environment.INNGEST_CONNECT_GATEWAY_URL || undefined,
        ...(given ?? (await keys())),
        instanceId: settings.libraryId(),
        onUp,
        onDown,
      })
    },
  }

  return {
    /**
     * @param given keys that are not saved yet.
     * @throws {EngineUnavailable}
     */
    async make(name: EngineName, inngestUrl: string, given?: InngestKeys): Promise<JobEngine> {
      try {
        return await makers[name](inngestUrl, given)
      } catch (cause) {
        throw new EngineUnavailable(messageOf(cause), { cause })
      }
    },

    keys,
    async saveKeys({ eventKey, signingKey }: InngestKeys): Promise<void> {
      const { store } = await secrets()
      await store.set(secretNames.eventKey, eventKey)
      await store.set(secretNames.signingKey, signingKey)
    },
    async forgetKeys(): Promise<void> {
      const { store } = await secrets()
      for (const name of Object.values(secretNames)) await store.delete(name)
    },
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

function portOf({ BURG_INK_ENGINE_PORT: text }: Environment): number | undefined {
  if (!text) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new EngineUnavailable(
    `BURG_INK_ENGINE_PORT is “${text}”, which is no port. It is a number from 1 to 65535, such as 8288.`,
  )
}
