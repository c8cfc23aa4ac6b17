import { Cron } from 'croner'
import type { Inngest, InngestFunction } from 'inngest'
import { EngineRefusal } from '../port.ts'
import { parseDurationMs } from './duration.ts'
import { type Correlation, compileExpression, type Expression, parseCorrelation } from './expressions.ts'
import { isMisplacedWildcard } from './triggers.ts'
import type { ConcurrencyConfig, FunctionConfig } from './wire.ts'

/** A registered function with everything compiled: what the engine reads while it runs. */
export interface EngineFunction {
  /** `<app>-<function>`, as in the protocol. */
  id: string
  /** The function's number in this database. */
  ref: number
  /** Attempts of each step, retries included. */
  maxAttempts: number
  /** The event's name can end with a wildcard. */
  triggers: { event: string; condition: Expression | undefined }[]
  schedules: CronTrigger[]
  /** How many runs may execute at one time; Infinity without a limit. */
  concurrency: number
  /** With a scope beyond the function, the places of a key are shared by all functions that have the same scope. */
  keyedConcurrency: { limit: number; key: Expression | undefined; scope: 'fn' | 'env' | 'account' }[]
  throttle: { intervalMs: number; burst: number; key: Expression | undefined } | undefined
  rateLimit: { limit: number; periodMs: number; key: Expression | undefined } | undefined
  debounce: { periodMs: number; timeoutMs: number; key: Expression | undefined } | undefined
  batch:
    | { maxSize: number; timeoutMs: number; key: Expression | undefined; condition: Expression | undefined }
    | undefined
  priority: Expression | undefined
  idempotency: Expression | undefined
  singleton: { mode: 'skip' | 'cancel'; key: Expression | undefined } | undefined
  /** Infinity without a limit. */
  timeouts: Timeouts
  cancelOn: Cancellation[]
}

export interface CronTrigger {
  /** The pattern as it was written. */
  cron: string
  /** A run begins by up to this much later than the pattern says; 0 keeps to it. */
  jitterMs: number
}

export interface Timeouts {
  /** How long a run may wait for its first call. */
  startMs: number
  /** How long a run may take from its first call on. */
  finishMs: number
}

export interface Cancellation {
  event: string
  /** Undefined: every event of that name cancels, or `condition` decides. */
  correlation: Correlation | undefined
  condition: { source: string; matches: Expression } | undefined
  /** How long after its start an event can cancel a run. */
  timeoutMs: number
}

const SUPPORTED_OPTIONS = new Set(
  [
    'id name description triggers concurrency batchEvents idempotency rateLimit throttle debounce priority singleton',
    'cancelOn timeouts retries onFailure middleware optimizeParallelism checkpointing experimentalCheckpointing',
  ].flatMap(names => names.split(' ')),
)

// What Inngest itself does not combine with batches: each of these asks about one event, and a batch has many.
const NOT_WITH_BATCHES = ['idempotency', 'rateLimit', 'debounce', 'priority', 'singleton', 'cancel'] as const

const DEFAULT_RETRIES = 4

/** What begins the functions that `createDefer` makes. */
const DEFERRED = 'inngest/deferred.schedule'

// The bounds that Inngest sets.
const SHORTEST_JITTER_MS = 1000
const LONGEST_JITTER_MS = 300_000

/** @throws {EngineRefusal} for an option or a middleware that the engine cannot honour. */
export function refuseUnknown(fn: InngestFunction.Any, client: Inngest.Any): void {
  for (const [option, value] of Object.entries(fn.opts)) {
    if (value !== undefined && !SUPPORTED_OPTIONS.has(option)) {
      throw new EngineRefusal(fn.id(client.id), `it has the option "${option}", which is not supported`)
    }
  }
  if (fn.opts.optimizeParallelism === false) {
    throw new EngineRefusal(fn.id(client.id), 'it turns off "optimizeParallelism", which is not supported')
  }
  for (const Middleware of [...client.middleware, ...(fn.opts.middleware ?? [])]) {
    // The SDK's own, whose ids begin so, flush a logger at the end of a request.
    if ('wrapRequest' in Middleware.prototype && !new Middleware({ client }).id.startsWith('inngest:')) {
      throw new EngineRefusal(fn.id(client.id), 'its middleware has "wrapRequest", and in process there is no request')
    }
  }
}

/** @returns the moment a limited time is over that began at `since`; null when it is not limited. */
export function endOf(since: number, limitMs: number): number | null {
  return Number.isFinite(limitMs) ? since + limitMs : null
}

/** @throws {EngineRefusal} for what the engine cannot honour, by name. */
export function compileFunction(config: FunctionConfig, ref: number): EngineFunction {
  const compiler = new OptionCompiler(config.id)
  refuseCombinations(config, compiler)
  const concurrency = compileConcurrency(config.concurrency, compiler)
  return {
    id: config.id,
    ref,
    maxAttempts: (Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    ...compileTriggers(config, compiler),
    ...concurrency,
    throttle: config.throttle && {
      intervalMs: compiler.durationMs('throttle.period', config.throttle.period) / config.throttle.limit,
      burst: config.throttle.burst ?? 1,
      key: compiler.optionalExpression('throttle.key', config.throttle.key),
    },
    rateLimit: config.rateLimit && {
      limit: config.rateLimit.limit,
      periodMs: compiler.durationMs('rateLimit.period', config.rateLimit.period),
      key: compiler.optionalExpression('rateLimit.key', config.rateLimit.key),
    },
    debounce: config.debounce && {
      periodMs: compiler.durationMs('debounce.period', config.debounce.period),
      timeoutMs: compiler.optionalDurationMs('debounce.timeout', config.debounce.timeout),
      key: compiler.optionalExpression('debounce.key', config.debounce.key),
    },
    batch: config.batchEvents && {
      maxSize: config.batchEvents.maxSize,
      timeoutMs: compiler.durationMs('batchEvents.timeout', config.batchEvents.timeout),
      key: compiler.optionalExpression('batchEvents.key', config.batchEvents.key),
      condition: compiler.optionalExpression('batchEvents.if', config.batchEvents.if),
    },
    priority: compiler.optionalExpression('priority.run', config.priority?.run),
    idempotency: compiler.optionalExpression('idempotency', config.idempotency),
    singleton: config.singleton && {
      mode: config.singleton.mode,
      key: compiler.optionalExpression('singleton.key', config.singleton.key),
    },
    timeouts: {
      startMs: compiler.timeoutMs('timeouts.start', config.timeouts?.start),
      finishMs: compiler.timeoutMs('timeouts.finish', config.timeouts?.finish),
    },
    cancelOn: (config.cancel ?? []).map(cancellation => compileCancellation(cancellation, compiler)),
  }
}

class OptionCompiler {
  readonly functionId: string
  constructor(functionId: string) {
    this.functionId = functionId
  }

  expression(option: string, source: string): Expression {
    try {
      return compileExpression(source)
    } catch (cause) {
      throw this.refusal(`the expression of ${option}, "${source}", does not compile: ${(cause as Error).message}`)
    }
  }

  optionalExpression(option: string, source: string | undefined): Expression | undefined {
    return source === undefined || source === '' ? undefined : this.expression(option, source)
  }

  durationMs(option: string, text: string): number {
    const durationMs = parseDurationMs(String(text))
    if (durationMs === undefined) throw this.refusal(`${option} "${text}" is not a duration`)
    return durationMs
  }

  optionalDurationMs(option: string, text: string | undefined): number {
    return text === undefined ? Number.POSITIVE_INFINITY : this.durationMs(option, text)
  }

  /** No time at all is no limit, as with Inngest. */
  timeoutMs(option: string, text: string | undefined): number {
    return Math.ceil(this.optionalDurationMs(option, text)) || Number.POSITIVE_INFINITY
  }

  refusal(what: string): EngineRefusal {
    return new EngineRefusal(this.functionId, what)
  }
}

function refuseCombinations(config: FunctionConfig, compiler: OptionCompiler): void {
  if (!config.batchEvents) return
  for (const option of NOT_WITH_BATCHES) {
    if (config[option] !== undefined) throw compiler.refusal(`batchEvents cannot be combined with ${option}`)
  }
}

function compileTriggers(config: FunctionConfig, compiler: OptionCompiler) {
  const triggers: EngineFunction['triggers'] = []
  const schedules: CronTrigger[] = []
  for (const { event, expression, cron, jitter } of config.triggers) {
    if (cron !== undefined) {
      if (schedules.some(schedule => schedule.cron === cron)) {
        throw compiler.refusal(`the cron pattern "${cron}" is there twice`)
      }
      schedules.push({ cron: checkedCron(cron, compiler), jitterMs: jitterMsOf(jitter, compiler) })
    }
    if (event === undefined) continue
    if (event === DEFERRED) throw compiler.refusal('it is a deferred function, which is not supported')
    if (isMisplacedWildcard(event)) {
      throw compiler.refusal(`the wildcard of the trigger "${event}" is not at its end behind a "/" or a "."`)
    }
    triggers.push({ event, condition: compiler.optionalExpression(`the trigger "${event}"`, expression) })
  }
  return { triggers, schedules }
}

function checkedCron(cron: string, compiler: OptionCompiler): string {
  try {
    openCron(cron).nextRun() // Reads the time zone, which opening does not.
  } catch (cause) {
    throw compiler.refusal(`the cron pattern "${cron}" cannot be read: ${(cause as Error).message}`)
  }
  return cron
}

function jitterMsOf(jitter: string | undefined, compiler: OptionCompiler): number {
  const jitterMs = jitter === undefined ? 0 : compiler.durationMs('jitter', jitter)
  if (jitterMs > 0 && (jitterMs < SHORTEST_JITTER_MS || jitterMs > LONGEST_JITTER_MS)) {
    throw compiler.refusal(`the jitter "${jitter}" is not from one second to five minutes`)
  }
  return jitterMs
}

/** Reads a pattern with Inngest's optional `TZ=Europe/Paris ` in front. Without it, times are UTC, as there. */
export function openCron(cron: string): Cron {
  const [, timezone, pattern] = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/.exec(cron) ?? [undefined, 'UTC', cron]
  return new Cron(pattern as string, { mode: '5-part', timezone: timezone as string, paused: true })
}

const isScope = (scope: string): scope is 'fn' | 'env' | 'account' => ['fn', 'env', 'account'].includes(scope)

function compileConcurrency(config: FunctionConfig['concurrency'], compiler: OptionCompiler) {
  const limits: ConcurrencyConfig[] = []
  for (const limit of [config ?? []].flat()) limits.push(typeof limit === 'number' ? { limit } : limit)
  let concurrency = Number.POSITIVE_INFINITY
  const keyedConcurrency: EngineFunction['keyedConcurrency'] = []
  for (const { limit, key, scope = 'fn' } of limits) {
    if (!isScope(scope)) throw compiler.refusal(`there is no concurrency scope "${scope}": it is fn, env or account`)
    if (!limit) continue // 0 means as many as there is room for.
    if (key || scope !== 'fn') {
      keyedConcurrency.push({ limit, key: compiler.optionalExpression('concurrency.key', key), scope })
    } else concurrency = Math.min(concurrency, limit)
  }
  return { concurrency, keyedConcurrency }
}

type CancellationConfig = NonNullable<FunctionConfig['cancel']>[number]

function compileCancellation(
  { event, if: source, timeout }: CancellationConfig,
  compiler: OptionCompiler,
): Cancellation {
  if (event.includes('*'))
    throw compiler.refusal(`the event "${event}" of cancelOn has a wildcard, which triggers alone can`)
  const matches = compiler.optionalExpression('cancelOn', source)
  const correlation = source === undefined ? undefined : parseCorrelation(source)
  return {
    event,
    correlation,
    condition: matches && source !== undefined && !correlation ? { source, matches } : undefined,
    timeoutMs: compiler.optionalDurationMs('cancelOn.timeout', timeout),
  }
}
