import { NonRetriableError, RetryAfterError } from 'inngest'
import { expect, it } from 'vitest'
import type { Start } from './engine-world.ts'

interface EndEvent {
  name: string
  data: Record<string, unknown> & { event: { data: { mediaId: number } }; run_id: string }
}

/** What of an event about a run's end every engine says alike. */
function tellOf({ name, data }: EndEvent) {
  const { function_id, run_id, event, result, error, _inngest } = data
  const { status } = _inngest as { status: string }
  const outcome = error ? { error: (({ name, message }) => ({ name, message }))(error as Error) } : { result }
  return { name, function_id, hasRunId: run_id.length > 0, data: event.data, status, ...outcome }
}

/** Failures: what they look like to those who are told of them, and how often was tried. */
export function describeFailures(start: Start): void {
  const ends: [string, string, () => unknown][] = [
    ['Error', 'a step that fails', () => new Error('it failed')],
    ['TypeError', 'a step with an error of another kind', () => new TypeError('it failed')],
    ['NonRetriableError', 'a step that is not to be tried again', () => new NonRetriableError('it failed')],
  ]

  it.each(ends)('tells of a run that failed, with the name "%s", for %s', async (errorName, _, makeError) => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction(
        {
          id: 'fails',
          retries: 0,
          triggers: [{ event: 't/fails' }],
          onFailure: async ({ event, error }) => {
            seen.add('onFailure', { ...tellOf(event as unknown as EndEvent), caught: error.message })
          },
        },
        async ({ event, step }) => {
          if (event.data.mediaId === 2) throw makeError()
          await step.run('bad', () => {
            throw makeError()
          })
        },
      ),
      client.createFunction(
        {
          id: 'hears',
          triggers: [{ event: 'inngest/function.finished', if: "event.data.function_id == 'contract-fails'" }],
        },
        async ({ event }) => void seen.add('finished', tellOf(event as unknown as EndEvent)),
      ),
    ])
    for (const mediaId of [1, 2]) {
      await send({ name: 't/fails', data: { mediaId } })
      const about = { function_id: 'contract-fails', hasRunId: true, data: { mediaId }, status: 'Failed' }
      const error = { name: errorName, message: 'it failed' }
      expect(await seen.next('onFailure')).toEqual({
        name: 'inngest/function.failed',
        ...about,
        error,
        caught: 'it failed',
      })
      expect(await seen.next('finished')).toEqual({ name: 'inngest/function.finished', ...about, error })
    }
  })

  it('tells of a run that was cancelled that it is cancelled and finished, and of one that completed its result', async () => {
    const { send, seen, settle } = await start((client, seen) => [
      client.createFunction(
        { id: 'ends', triggers: [{ event: 't/ends' }], cancelOn: [{ event: 't/cancel', match: 'data.mediaId' }] },
        async ({ event, step }) => {
          if (event.data.mediaId === 1) await step.sleep('nap', '1h')
          return { kept: event.data.mediaId }
        },
      ),
      ...['cancelled', 'finished'].map(end =>
        client.createFunction(
          {
            id: `hears-${end}`,
            triggers: [{ event: `inngest/function.${end}`, if: "event.data.function_id == 'contract-ends'" }],
          },
          async ({ event }) => void seen.add(end, tellOf(event as unknown as EndEvent)),
        ),
      ),
    ])
    const about = { function_id: 'contract-ends', hasRunId: true }
    const finished = { name: 'inngest/function.finished', ...about }
    await send({ name: 't/ends', data: { mediaId: 1 } })
    await settle()
    await send({ name: 't/cancel', data: { mediaId: 1 } })
    const cancelled = { ...about, data: { mediaId: 1 }, status: 'Cancelled', result: undefined }
    expect(await seen.next('cancelled')).toEqual({ name: 'inngest/function.cancelled', ...cancelled })
    expect(await seen.next('finished')).toEqual({ ...finished, ...cancelled })
    await send({ name: 't/ends', data: { mediaId: 2 } })
    const completed = { data: { mediaId: 2 }, status: 'Completed', result: { kept: 2 } }
    expect(await seen.next('finished')).toEqual({ ...finished, ...completed })
    await settle()
    expect([seen.count('cancelled'), seen.count('finished')]).toEqual([1, 2])
  })

  it('tells nobody of the end of what an end began', async () => {
    const { send, seen, settle } = await start((client, seen) => [
      client.createFunction({ id: 'works', triggers: [{ event: 't/works' }] }, async () => {}),
      client.createFunction({ id: 'hears', triggers: [{ event: 'inngest/function.finished' }] }, async ({ event }) => {
        seen.add('finished', event.data.function_id)
      }),
    ])
    await send({ name: 't/works' })
    await seen.next('finished')
    await settle()
    expect(seen.all('finished')).toEqual(['contract-works'])
  })

  it('counts the attempts of each step anew, and gives up where they are used up', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction(
        {
          id: 'attempts',
          retries: 1,
          triggers: [{ event: 't/attempts' }],
          onFailure: async ({ error }) => void seen.add('failed', error.message),
        },
        async ({ step, attempt }) => {
          const tryAt = (name: string, enough: number) =>
            step.run(name, () => {
              seen.add('tried', `${name} ${attempt}`)
              if (attempt < enough) throw new RetryAfterError('not yet', '1s')
            })
          await tryAt('first', 1)
          await tryAt('second', 1)
          await tryAt('third', 2).catch((error: Error) => seen.add('caught', [error.name, error.message]))
          await tryAt('fourth', 2)
        },
      ),
    ])
    await send({ name: 't/attempts' })
    expect(await seen.next('failed')).toBe('not yet')
    expect(seen.all('tried')).toEqual(
      ['first', 'second', 'third', 'fourth'].flatMap(name => [`${name} 0`, `${name} 1`]),
    )
    expect(seen.all('caught')[0]).toEqual(['RetryAfterError', 'not yet'])
  })
}
