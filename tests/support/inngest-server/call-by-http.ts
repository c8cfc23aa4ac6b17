import { toRequestBody } from '../../../src/main/engine/embedded/sdk.ts'
import { type CallFunction, resultOf } from './executor.ts'

/** As Inngest's dev server calls a function. */
export const callByHttp: CallFunction = async (functionUrl, execution, steps) => {
  const url = new URL(functionUrl)
  url.searchParams.set('stepId', execution.step ?? 'step')
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-inngest-server-kind': 'dev' },
    body: JSON.stringify(toRequestBody(execution, steps)),
  })
  const isFinal = response.headers.get('x-inngest-no-retry') === 'true'
  return resultOf(response.status, await response.json(), !isFinal && (response.headers.get('retry-after') ?? true))
}
