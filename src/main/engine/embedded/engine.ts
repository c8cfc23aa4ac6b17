import type { EngineApp, JobEngine } from '../port.ts'
import { type Backoff, defaultBackoff } from './backoff.ts'
import { type Clock, createSystemClock } from './clock.ts'
import { openDatabase, removeDatabase } from './database.ts'
import { Executor } from './executor.ts'
import { compileFunction, refuseUnknown } from './functions.ts'
import { createGateway } from './gateway.ts'
import { createLedgers } from './ledgers.ts'
import { Registry } from './registry.ts'
import { BASE_URL, createSdk } from './sdk.ts'
import { createStore } from './store.ts'
import type { FunctionConfig } from './wire.ts'

export interface EmbeddedEngineOptions {
  /** The engine's own database file, made when it is not there. */
  databasePath: string
  clock?: Clock
  /** How long to wait after a failed attempt that did not say. */
  backoff?: Backoff
  /** How many calls of functions may be under way at one time, all functions together. */
  concurrency?: number
  /** How long `stop` waits for steps under way. */
  stopTimeoutMs?: number
  /** Hears, at each vain attempt, why what has to be written cannot be: the disk is full, or fails. It goes on trying. */
  onStuck?: (cause: unknown) => void
}

const DEFAULT_CONCURRENCY = 100
const DEFAULT_STOP_TIMEOUT_MS = 10_000

/** An engine in this process, durable in one SQLite file. See ARCHITECTURE.md beside this room's door. */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): JobEngine {
  const clock = options.clock ?? createSystemClock()
  let executor: Executor | undefined

  const running = () => {
    if (!executor) throw new Error('The embedded engine is not running.')
    return executor
  }
  const gateway = createGateway({
    now: () => clock.now(),
    receive: async events => running().receive(events),
    report: async (executionId, ops) => running().report(executionId, ops),
    signal: async (signal, data) => running().signal(signal, data),
  })

  let refOf = (_functionId: string) => 0

  async function start({ client, functions }: EngineApp): Promise<{ isResumed: boolean }> {
    if (executor) throw new Error('The embedded engine is running already.')
    for (const fn of functions) refuseUnknown(fn, client)
    const sdk = createSdk(client, functions)
    const { db, isResumed } = openDatabase(options.databasePath)
    try {
      const store = createStore(db)
      const ledgers = createLedgers(db)
      db.transaction(() => {
        followClockBack(store, ledgers, clock.now())
        store.releaseCrashed()
      })()
      const configs = sdk.functionConfigs() as FunctionConfig[]
      const compiled = db.transaction(() =>
        configs.map(config => compileFunction(config, store.functionRef(config.id))),
      )()
      const { backoff = defaultBackoff, concurrency = DEFAULT_CONCURRENCY, onStuck = () => {} } = options
      executor = new Executor({
        db,
        store,
        ledgers,
        registry: new Registry(compiled),
        sdk,
        clock,
        backoff,
        concurrency,
        onStuck,
      })
      executor.start()
      refOf = id => store.functionRef(`${client.id}-${id}`)
      return { isResumed }
    } catch (cause) {
      db.close()
      throw cause
    }
  }

  return {
    name: 'embedded',
    dashboardUrl: null,
    // Everything the environment could set is set here, because what is set here wins.
    clientOptions: {
      isDev: true,
      baseUrl: BASE_URL,
      eventKey: 'embedded',
      fetch: gateway,
      checkpointing: { bufferedSteps: 1, maxRuntime: 0, maxInterval: 0 },
      aiMetadata: false,
    },
    start,
    // The engine calls the functions in process, so whoever comes by HTTP is somebody else.
    serveEndpoint: async () => Response.json({ message: 'Unauthorized' }, { status: 401 }),
    idle: functionIds => running().idle(functionIds?.map(refOf)),
    cancel: runId => running().cancel(runId),
    async stop() {
      await executor?.stop(options.stopTimeoutMs ?? DEFAULT_STOP_TIMEOUT_MS)
      executor = undefined
    },
    forget: () => removeDatabase(options.databasePath),
  }
}

/** When the clock was set back while the engine was closed, everything keeps the time it still had to wait. */
function followClockBack(
  store: ReturnType<typeof createStore>,
  ledgers: ReturnType<typeof createLedgers>,
  now: number,
): void {
  const lastSeen = ledgers.clockAt()
  if (lastSeen === undefined || lastSeen <= now) return
  store.shiftDue(lastSeen - now)
  ledgers.shift(lastSeen - now)
  ledgers.setClockAt(now)
}
