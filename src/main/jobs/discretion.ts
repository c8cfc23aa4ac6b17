import { Middleware, NonRetriableError, RetryAfterError, StepError } from 'inngest'

/** As of errors of the system and of SQLite: ENOENT, SQLITE_FULL. */
const codeShape = /^[A-Z][A-Z0-9_]{1,40}$/

/**
 * For engines outside of this process. Errors say what went wrong with which file, and where: that stays here. What leaves is that
 * something failed, of which kind, and whether it is tried again. Goes around whatever is to see the errors as they are.
 */
export class Discretion extends Middleware.BaseMiddleware {
  override readonly id = 'discretion'

  override wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return next().catch(throwDiscreetly)
  }

  override wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    return next().catch(throwDiscreetly)
  }

  /** What the SDK itself fails with has a stack as well, which names the files of the program, and with them where it is. */
  override async wrapRequest({ next }: Middleware.WrapRequestArgs): Promise<Middleware.Response> {
    const answer = await next()
    return answer.body.includes('stack') ? { ...answer, body: withoutStacks(answer.body) } : answer
  }
}

function throwDiscreetly(error: unknown): never {
  // It comes back from the engine, and the SDK knows it by its identity.
  if (error instanceof StepError) throw error
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown }
  const kind = typeof code === 'string' && codeShape.test(code) ? code : String(name ?? 'Error')
  const discreet = likeFor(error, `It failed (${kind}). Burg Ink says why.`)
  discreet.stack = ''
  throw discreet
}

function likeFor(error: unknown, message: string): Error {
  if (error instanceof NonRetriableError) return new NonRetriableError(message)
  if (error instanceof RetryAfterError) {
    return Object.assign(new RetryAfterError(message, 0), { retryAfter: error.retryAfter })
  }
  return new Error(message)
}

/** Errors are texts of JSON within the JSON. */
function withoutStacks(json: string): string {
  const strip = (_key: string, value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('{') && value.includes('stack')) return withoutStacks(value)
    return isRecord(value) && typeof value.stack === 'string' ? { ...value, stack: '' } : value
  }
  try {
    return JSON.stringify(JSON.parse(json, strip))
  } catch {
    return json
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
