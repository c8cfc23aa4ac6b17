import { CallFailed, type CallName, calls, type Handlers, type Reply } from '../../shared/contract.ts'

/** Answers one call of the contract, whoever carries it. Never rejects: what fails is a reply too. */
export type AnswerCall = (name: string, input: unknown) => Promise<Reply>

/** Input is parsed; expected failures are replies; the page never sees an error's insides. */
export function createCalls(handlers: Handlers, report: (error: unknown) => void): AnswerCall {
  return async (name, body) => {
    if (!isCallName(name)) return failure('bad-input', `There is no call named ${name}.`)
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
}

export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name)

function issueText({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message
}

function failure(code: CallFailed['code'], message: string): Reply {
  return { ok: false, error: { code, message } }
}
