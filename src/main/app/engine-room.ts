import { CallFailed } from '../../shared/contract.ts'
import type { EngineName, EngineOverview, EngineStanding } from '../../shared/engine.ts'
import type { JobEngine, RunRecord } from '../engine/index.ts'
import type { createJobs } from '../jobs/index.ts'
import type { Library } from '../library/index.ts'
import { chooseEngine, createEngines, EngineUnavailable, type InngestKeys } from './engine-choice.ts'
import type { createSecrets } from './secrets.ts'

export interface EngineRoomParts {
  library: Library
  environment: Record<string, string | undefined>
  secrets: ReturnType<typeof createSecrets>
  record: RunRecord
  jobs: ReturnType<typeof createJobs>
  /** Sends all that the library counts as unfinished. */
  sendUnfinished(): Promise<void>
  /** What has to be written cannot be. */
  onStuck(cause: unknown): void
  onChange(): void
  report(error: unknown): void
}

export interface EngineOrder {
  name: EngineName
  inngestUrl?: string | undefined
  eventKey?: string | undefined
  signingKey?: string | undefined
}

export type EngineRoom = ReturnType<typeof createEngineRoom>

const away = 'Inngest cannot be reached, which does the work now. Try again when it is back.'

/** The engine that runs the jobs: started, watched, and exchanged for another while the program runs. */
export function createEngineRoom(parts: EngineRoomParts) {
  const { library, environment, secrets, record, jobs, sendUnfinished, onChange, report } = parts
  const { settings } = library
  let engine: JobEngine | undefined
  /** The one that is being started. */
  let coming: JobEngine | undefined
  let standing: EngineStanding = { kind: 'starting' }
  let notice: string | null = null
  let isStopping = false
  let lastChange: Promise<unknown> = Promise.resolve()

  function stand(next: EngineStanding): void {
    standing = next
    onChange()
  }

  const engines = createEngines(library, environment, secrets, {
    onStuck: parts.onStuck,
    onForgot() {
      record.lose(Date.now())
      sendUnfinished().catch(report)
    },
    onUp() {
      const wasAway = standing.kind === 'away'
      stand({ kind: 'up' })
      // One of a person's own may have been started again meanwhile, and have forgotten what it had.
      if (wasAway && engine?.name === 'cloud') sendWhenDry().catch(report)
    },
    onDown(message) {
      if (isStopping) return
      stand({ kind: 'away', message })
      report(new Error(message))
    },
  })

  /** What the engine does not know of any more is sent again, once it has nothing to do. */
  async function sendWhenDry(): Promise<void> {
    await engine?.idle(jobs.importFunctions)
    if (!isStopping) await sendUnfinished()
  }

  /** What was chosen; where that cannot be had, and no variable insists on it, the engine that needs nothing. */
  async function makeChosen(): Promise<JobEngine> {
    const saved = settings.engine()
    const { name, forcedBy } = chooseEngine(environment, saved)
    try {
      return await engines.make(name, saved.inngestUrl)
    } catch (cause) {
      if (!(cause instanceof EngineUnavailable)) throw cause
      if (forcedBy !== null) {
        throw new EngineUnavailable(`${cause.message} Or leave ${forcedBy} out: the embedded engine needs nothing.`, {
          cause,
        })
      }
      return inItsPlace(cause)
    }
  }

  function inItsPlace(cause: Error): Promise<JobEngine> {
    notice = `${cause.message} Until then, Burg Ink’s own engine does the work.`
    return engines.make('embedded', '')
  }

  async function beginChosen(): Promise<boolean> {
    const next = await makeChosen()
    try {
      return await begin(next)
    } catch (cause) {
      const isInsistedOn = chooseEngine(environment, settings.engine()).forcedBy !== null
      if (next.name === 'embedded' || isInsistedOn || isStopping || !(cause instanceof Error)) throw cause
      await next.stop()
      return begin(await inItsPlace(cause))
    }
  }

  /** @returns whether it goes on with what it had begun. */
  async function begin(next: JobEngine): Promise<boolean> {
    // What the embedded engine has begun is begun anew by another one, and must not go on besides when it is chosen again.
    if (next.name !== 'embedded') await (await engines.make('embedded', '')).forget()
    const app = jobs.appFor(next.clientOptions, next.name !== 'embedded')
    record.begin(next.name, app.functions)
    const startedAt = Date.now()
    stand({ kind: 'starting' })
    coming = next
    const { isResumed } = await next.start(app).finally(() => {
      coming = undefined
    })
    engine = next
    if (!isResumed) record.lose(startedAt)
    // One that is elsewhere says so itself.
    if (standing.kind === 'starting' && next.name !== 'cloud') stand({ kind: 'up' })
    jobs.door.open(app.client)
    return isResumed
  }

  async function end(old: JobEngine): Promise<void> {
    jobs.door.close()
    engine = undefined
    jobs.letGo()
    // Whatever it ends with, another one is to go on.
    await old.stop().catch(report)
    await old.forget().catch(report)
    record.lose(Date.now())
  }

  /** Keys of which one is left out are completed by what is saved. */
  async function keysOf({ eventKey, signingKey }: EngineOrder): Promise<InngestKeys> {
    if (eventKey && signingKey) return { eventKey, signingKey }
    const saved = await engines.keys()
    return { eventKey: eventKey || saved.eventKey, signingKey: signingKey || saved.signingKey }
  }

  async function exchange(order: EngineOrder): Promise<void> {
    const saved = settings.engine()
    const inngestUrl = order.inngestUrl ?? saved.inngestUrl
    const keys = order.name === 'cloud' ? await keysOf(order) : undefined
    const isSame = order.name === engine?.name && !keys
    if (isSame) {
      settings.setEngine({ ...saved, name: order.name, inngestUrl })
      return
    }
    // Whatever may be missing is found out before anything changes.
    const next = await engines.make(order.name, inngestUrl, keys)
    if (keys) await engines.saveKeys(keys)
    const old = engine
    if (old) await end(old)
    try {
      await begin(next)
    } catch (cause) {
      await next.stop()
      if (isStopping) throw cause
      await begin(await engines.make('embedded', ''))
      throw new EngineUnavailable(cause instanceof Error ? cause.message : String(cause), { cause })
    } finally {
      if (!isStopping) await sendUnfinished()
    }
    notice = null
    settings.setEngine({ name: order.name, inngestUrl, hasKeys: saved.hasKeys || keys !== undefined })
  }

  function overview(): EngineOverview {
    const saved = settings.engine()
    const { name: chosen, forcedBy } = chooseEngine(environment, saved)
    return {
      name: engine?.name ?? chosen,
      standing,
      notice,
      chosen,
      forcedBy,
      dashboardUrl: engine?.dashboardUrl ?? null,
      inngestUrl: environment.INNGEST_BASE_URL || saved.inngestUrl,
      hasKeys: saved.hasKeys || Boolean(environment.INNGEST_EVENT_KEY && environment.INNGEST_SIGNING_KEY),
    }
  }

  /** One after the other. */
  function inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
    const changed = lastChange.catch(() => {}).then(change)
    lastChange = changed
    return changed
  }

  function refuseWhereForced(): void {
    const { forcedBy } = overview()
    if (forcedBy === null) return
    throw new CallFailed(
      'not-allowed',
      `${forcedBy} says what runs the jobs. Start Burg Ink without it to choose here.`,
    )
  }

  return {
    overview,

    /** @returns whether it goes on with what it had begun. */
    start: () => inTurn(beginChosen),

    /** @throws {CallFailed} and changes nothing, where that one cannot be had. */
    choose: (order: EngineOrder): Promise<EngineOverview> =>
      inTurn(async () => {
        refuseWhereForced()
        try {
          await exchange(order)
        } catch (cause) {
          throw cause instanceof EngineUnavailable ? new CallFailed('conflict', cause.message, { cause }) : cause
        } finally {
          onChange()
        }
        return overview()
      }),

    forgetKeys: (): Promise<EngineOverview> =>
      inTurn(async () => {
        if (engine?.name === 'cloud') {
          refuseWhereForced()
          await exchange({ name: 'embedded' })
        }
        await engines.forgetKeys()
        settings.setEngine({ ...settings.engine(), hasKeys: false })
        onChange()
        return overview()
      }),

    /** Of these functions alone, as they were given to `createFunction`. */
    idle: async (functionIds: string[]): Promise<void> => engine?.idle(functionIds),

    async cancel(runId: string): Promise<void> {
      if (!engine || standing.kind === 'away') throw new CallFailed('conflict', away)
      await engine.cancel(runId)
      record.cancelled(runId)
    },

    serveEndpoint: async (request: Request): Promise<Response> =>
      engine ? engine.serveEndpoint(request) : Response.json({ message: 'Unauthorized' }, { status: 401 }),

    async stop(): Promise<void> {
      isStopping = true
      // A server may take half a minute to come up.
      await coming?.stop()
      await lastChange.catch(() => {})
      await engine?.stop()
    },
  }
}
