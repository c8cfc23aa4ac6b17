import { Middleware } from 'inngest'

/** Counts the calls of functions: Inngest does not say what it has queued. */
export function createCalls() {
  let underWay = 0
  let lastAt = performance.now()

  class CountCalls extends Middleware.BaseMiddleware {
    override readonly id = 'count-calls'

    override async wrapRequest({ next }: Middleware.WrapRequestArgs): Promise<Middleware.Response> {
      underWay += 1
      try {
        return await next()
      } finally {
        underWay -= 1
        lastAt = performance.now()
      }
    }
  }

  return {
    middleware: CountCalls,
    /** Something else shows that there is work. */
    note(): void {
      lastAt = performance.now()
    },
    /** How long there has been nothing; 0 while a call is under way. */
    get restMs() {
      return underWay > 0 ? 0 : performance.now() - lastAt
    },
  }
}
