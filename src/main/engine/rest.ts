/**
 * What the SDK does not offer of Inngest's REST API, v1: https://api-docs.inngest.com/docs/inngest-api
 * @param baseUrl of the server, without a path.
 * @param authorization of a server that asks for one.
 * @throws {Error} in words for a person.
 */
export async function cancelRun(baseUrl: string, runId: string, authorization?: string): Promise<void> {
  const url = new URL(`/v1/runs/${encodeURIComponent(runId)}`, baseUrl)
  const headers = authorization === undefined ? {} : { authorization }
  const answer = await fetch(url, { method: 'DELETE', headers, signal: AbortSignal.timeout(timeoutMs) }).catch(
    cause => {
      throw new Error('Inngest’s server does not answer. Try again when it is back.', { cause })
    },
  )
  await answer.body?.cancel()
  // One that has ended, or that it has forgotten, is where it should be.
  if (!answer.ok && answer.status !== 404 && answer.status !== 409) {
    throw new Error(`Inngest’s server did not cancel the run: it answered ${answer.status}.`)
  }
}

const timeoutMs = 10_000
