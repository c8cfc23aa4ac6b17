import type { EngineApp } from '../port.ts'
import type { Trouble } from './trouble.ts'

/** Where Inngest's API is, and what it is shown. */
export interface Api {
  url: string
  authorization: string
}

const timeoutMs = 10_000
/** There is none like it: Inngest says so, or that it does not take the key. */
const noRun = '00000000000000000000000000'
/** Somebody on the way says that Inngest is not there. */
const awayStatuses = [502, 503, 504]

export const refuses = (status: number): boolean => status === 401 || status === 403

/**
 * Whether Inngest is there and takes the signing key. A server of one's own would let a connection with a wrong key begin, and then
 * not let it get ready: only its API says why.
 */
export async function reach({ url, authorization }: Api, signal: AbortSignal): Promise<Trouble | null> {
  try {
    const answer = await fetch(new URL(`/v1/runs/${noRun}`, url), {
      headers: { authorization },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    await answer.body?.cancel()
    if (answer.ok) return 'stranger'
    if (refuses(answer.status)) return 'signing-key'
    return awayStatuses.includes(answer.status) ? 'away' : null
  } catch {
    return 'away'
  }
}

/** Ends all runs of the functions, as far as Inngest has that: a server of one's own does not. */
export async function cancelRuns({ url, authorization }: Api, { client, functions }: EngineApp): Promise<void> {
  const startedBefore = new Date().toISOString()
  const cancel = (functionId: string) =>
    fetch(new URL('/v1/cancellations', url), {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ app_id: client.id, function_id: functionId, started_before: startedBefore }),
      signal: AbortSignal.timeout(timeoutMs),
    }).then(
      answer => answer.body?.cancel(),
      () => undefined,
    )
  await Promise.all(functions.map(fn => cancel(fn.id())))
}
