import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { experiment, referenceFunction, StepError } from 'inngest'
import { expect, it, onTestFinished } from 'vitest'
import { type Start, sleep } from './engine-world.ts'

const MIB = 1024 * 1024

/** What the step tools come to. */
export function describeSteps(start: Start): void {
  it('gives an event the id that its sender was told, and hands it to its run whole', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction({ id: 'whole', triggers: [{ event: 't/whole' }] }, async ({ event, step }) => {
        seen.add('event', event)
        seen.add('sent', await step.sendEvent('send', [{ name: 't/none' }, { name: 't/none', id: 'chosen' }]))
      }),
    ])
    const { ids } = await send({ name: 't/whole', data: { deep: [{ n: 1.5 }, null, 'ü'] } })
    expect(ids).toHaveLength(1)
    expect(await seen.next('event')).toMatchObject({
      id: ids[0],
      name: 't/whole',
      data: { deep: [{ n: 1.5 }, null, 'ü'] },
    })
    const sent = (await seen.next('sent')) as { ids: string[] }
    expect(sent.ids).toHaveLength(2)
  })

  it('runs what is a step by another name: a wrapped call of a model, and the variant of an experiment', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction({ id: 'others', triggers: [{ event: 't/others' }] }, async ({ step, group }) => {
        const wrapped = await step.ai.wrap('ask', async (text: string) => seen.add('asked', `about ${text}`), 'colour')
        const chosen = await group.experiment('size', {
          variants: {
            small: () => step.run('small', () => seen.add('variant', 'small')),
            large: () => step.run('large', () => seen.add('variant', 'large')),
          },
          select: experiment.fixed('large'),
        })
        await step.sleep('nap', '1s')
        seen.add('done', { wrapped, chosen })
      }),
    ])
    await send({ name: 't/others' })
    const done = await seen.next('done')
    expect(done).toMatchObject({ wrapped: 'about colour', chosen: { result: 'large', variant: 'large' } })
    expect([seen.count('asked'), seen.all('variant')]).toEqual([1, ['large']])
  })

  it('lets one of parallel branches fail for good while the others go on', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction({ id: 'apart', retries: 0, triggers: [{ event: 't/apart' }] }, async ({ step }) => {
        const [bad, good, later] = await Promise.allSettled([
          step.run('bad', () => {
            throw new TypeError('bad branch')
          }),
          step.run('good', () => sleep(50)).then(() => step.run('better', () => 'better')),
          step.sleep('nap', '1s').then(() => step.run('later', () => 'later')),
        ])
        const reason = (bad as PromiseRejectedResult).reason as Error
        seen.add('done', { isStepError: reason instanceof StepError, message: reason.message, good, later })
      }),
    ])
    await send({ name: 't/apart' })
    expect(await seen.next('done')).toEqual({
      isStepError: true,
      message: 'bad branch',
      good: { status: 'fulfilled', value: 'better' },
      later: { status: 'fulfilled', value: 'later' },
    })
  })

  it('fetches for a step, and takes every answer for a result', async () => {
    const address = await startEcho()
    const { send, seen } = await start((client, seen) => [
      client.createFunction({ id: 'fetches', triggers: [{ event: 't/fetches' }] }, async ({ step }) => {
        const init = { method: 'POST', headers: { 'x-asked': 'yes', 'content-type': 'application/json' } }
        const response = await step.fetch(`${address}/teapot`, { ...init, body: '{"n":1}' })
        const answer = {
          status: response.status,
          header: response.headers.get('x-answered'),
          body: await response.json(),
        }
        await step.sleep('nap', '1s')
        seen.add('done', answer)
      }),
    ])
    await send({ name: 't/fetches' })
    expect(await seen.next('done')).toEqual({
      status: 418,
      header: 'yes',
      body: { method: 'POST', url: '/teapot', asked: 'yes', body: '{"n":1}', requests: 1 },
    })
  })

  it('lets a function catch that nothing could be fetched', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction({ id: 'unreached', retries: 0, triggers: [{ event: 't/unreached' }] }, async ({ step }) => {
        const failure = await step.fetch('http://127.0.0.1:9/').catch((error: Error) => error)
        seen.add('done', { name: (failure as Error).name, message: (failure as Error).message })
      }),
    ])
    await send({ name: 't/unreached' })
    expect(await seen.next('done')).toEqual({
      name: 'GatewayError',
      message: expect.stringMatching(/^Error making gateway request: ./),
    })
  })

  it('ends an invocation whose time is up, and one of a function that there is not, with an error', async () => {
    const { send, seen } = await start((client, seen) => {
      const slow = client.createFunction({ id: 'slow', triggers: [{ event: 't/slow' }] }, async ({ step }) => {
        await step.sleep('long', '1h')
      })
      const nobody = referenceFunction({ functionId: 'nobody' })
      const invoker = client.createFunction(
        { id: 'impatient', triggers: [{ event: 't/impatient' }] },
        async ({ step }) => {
          const tell = ({ name, message }: Error) => seen.add('caught', { name, message })
          await step.invoke('late', { function: slow, timeout: '1s' }).catch(tell)
          await step.invoke('never', { function: nobody }).catch(tell)
          seen.add('done', true)
        },
      )
      return [slow, invoker]
    })
    await send({ name: 't/impatient' })
    await seen.next('done')
    // A run that is called again says again what it caught.
    expect(seen.all('caught')[0]).toEqual({
      name: 'InngestInvokeTimeoutError',
      message: 'Timed out waiting for invoked function to complete',
    })
    expect(seen.all('caught').at(-1)).toEqual({
      name: 'Error',
      message: 'could not find function with ID: contract-nobody',
    })
  })

  it('carries results of steps that together are far beyond what one request of the protocol holds', async () => {
    const { send, seen } = await start((client, seen) => [
      client.createFunction({ id: 'large', triggers: [{ event: 't/large' }] }, async ({ step }) => {
        const parts: string[] = []
        for (const letter of 'abcdefgh') {
          parts.push(await step.run(`part-${letter}`, () => seen.add('made', letter.repeat(MIB))))
        }
        await step.sleep('nap', '1s')
        seen.add(
          'done',
          parts.map(part => `${part[0]} ${part.length} ${part.at(-1)}`),
        )
      }),
    ])
    await send({ name: 't/large' })
    expect(await seen.next('done')).toEqual([...'abcdefgh'].map(letter => `${letter} ${MIB} ${letter}`))
    expect(seen.count('made')).toBe(8)
  })
}

/** Says what it was asked. @returns its address. */
async function startEcho(): Promise<string> {
  let requests = 0
  const server = createServer(async (request, response) => {
    requests += 1
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    response.writeHead(418, { 'x-answered': 'yes', 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ method, url, asked: headers['x-asked'], body: Buffer.concat(chunks).toString(), requests }),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
