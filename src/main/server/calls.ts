import type { Context } from 'hono'
import { CallFailed, type CallName, calls, type Handlers, type Reply } from '../../shared/contract.ts'

/** Answers one call of the contract. Expected failures are replies; the page never sees an error's insides. */
export async function answerCall(c: Context, handlers: Handlers, report: (error: unknown) => void): Promise<Response> {
  const name = c.req.param('name') as CallName
  if (!Object.hasOwn(calls, name)) return c.json(failure('bad-input', `There is no call named ${name}.`), 404)
  return c.json(await reply(name, await c.req.json().catch(() => undefined), handlers, report))
}

async function reply(
  name: CallName,
  body: unknown,
  handlers: Handlers,
  report: (error: unknown) => void,
): Promise<Reply> {
  const input = calls[name].input.safeParse(body)
  if (!input.success) return failure('bad-input', input.error.issues.map(issueText).join('; '))
  try {
    const handle = handlers[name] as (input: unknown) => unknown
    return { ok: true, value: await handle(input.data) }
  } catch (error) {
    if (error instanceof CallFailed) return failure(error.code, error.message)
    report(error)
    return failure(
      'internal',
      'Something went wrong inside Burg Ink. Try again; if it happens again, please report it.',
    )
  }
}

function issueText({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message
}

function failure(code: CallFailed['code'], message: string): Reply {
  return { ok: false, error: { code, message } }
}
