import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchStep } from '../../../src/main/engine/embedded/requests.ts'
import { createGate, ManualClock, pass, startEngine } from '../../support/engine.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** @returns the address of a server that answers so, and the paths it was asked for. */
async function serve(answer: Answer): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

interface Told {
  status?: number
  body?: string
  headers?: Record<string, string>
  name?: string
  message?: string
}

/** What a function sees of what it fetches. */
async function fetchIn(url: string, init: RequestInit = {}, retries = 0): Promise<Told> {
  let told: Told | undefined
  const { client, engine } = await startEngine(client => [
    client.createFunction({ id: 'f', retries: retries as 0, triggers: [{ event: 't' }] }, async ({ step }) => {
      try {
        const response = await step.fetch(url, init)
        told = { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) }
      } catch (error) {
        const { name, message } = error as Error
        told = { name, message }
      }
    }),
  ])
  await client.send({ name: 't' })
  await engine.idle()
  return told ?? {}
}

describe('what a step fetches', () => {
  it('comes with its status and headers, unpacked, whatever the status is', async () => {
    const { address } = await serve((_, response) => {
      response.writeHead(503, { 'content-encoding': 'gzip', 'x-part': ['one', 'two'], 'set-cookie': ['a=1', 'b=2'] })
      response.end(gzipSync('busy: ü'))
    })
    const { status, body, headers } = await fetchIn(address)
    expect([status, body]).toEqual([503, 'busy: ü'])
    expect(headers).toMatchObject({ 'x-part': 'one, two', 'set-cookie': 'a=1, b=2' })
    expect(Object.keys(headers ?? {})).not.toContain('content-encoding')
    expect(Object.keys(headers ?? {})).not.toContain('content-length')
  })

  it('may have no body at all', async () => {
    const { address } = await serve((_, response) => response.writeHead(204).end())
    expect(await fetchIn(address, { method: 'DELETE' })).toMatchObject({ status: 204, body: '' })
  })

  it('follows redirects, and not for ever', async () => {
    const { address, asked } = await serve((request, response) => {
      const hop = Number(request.url?.slice(1))
      if (hop === 3) response.end('there')
      else response.writeHead(302, { location: `/${hop + 1}` }).end()
    })
    expect(await fetchIn(`${address}/0`)).toMatchObject({ status: 200, body: 'there' })
    asked.length = 0
    expect(await fetchIn(`${address}/4`)).toMatchObject({
      name: 'GatewayError',
      message: expect.stringMatching(/redirect/),
    })
    expect(asked.length).toBeLessThanOrEqual(21)
  })

  it('is asked for once, however often its run is called', async () => {
    const { address, asked } = await serve((_, response) => response.end('once'))
    const bodies: string[] = []
    const clock = new ManualClock()
    const { client, engine } = await startEngine(
      client => [
        client.createFunction({ id: 'f', triggers: [{ event: 't' }] }, async ({ step }) => {
          const [left, right] = await Promise.all([step.fetch(`${address}/left`), step.fetch(`${address}/right`)])
          await step.sleep('nap', '1h')
          bodies.push(await left.text(), await right.text())
        }),
      ],
      { clock },
    )
    await client.send({ name: 't' })
    await engine.idle()
    await pass(3_600_000, clock, engine)
    expect(bodies).toEqual(['once', 'once'])
    expect(asked.toSorted()).toEqual(['GET /left', 'GET /right'])
  })

  it('is asked for again as often as a step is tried, and then fails the step', async () => {
    const { address, asked } = await serve(request => request.destroy())
    expect(await fetchIn(address, {}, 2)).toEqual({
      name: 'GatewayError',
      message: expect.stringMatching(/^Error making gateway request: ./),
    })
    expect(asked).toHaveLength(3)
  })

  it('is not waited for longer than it can be kept: an answer without end fails the step', async () => {
    const { address } = await serve((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
        response.once('drain', more)
      }
      response.once('close', () => response.removeAllListeners('drain'))
      more()
    })
    expect(await fetchIn(address)).toMatchObject({
      name: 'GatewayError',
      message: expect.stringMatching(/larger than/),
    })
  })

  it('is waited for no longer than it may take, at its beginning and between its parts', async () => {
    const stopped = new AbortController().signal
    const error = { name: 'GatewayError', message: expect.stringMatching(/timeout/) }
    for (const begin of [() => {}, (_: IncomingMessage, response: ServerResponse) => void response.write('part')]) {
      const { address: url } = await serve(begin)
      const outcome = await fetchStep('hash', { url, method: 'GET', headers: {} }, true, stopped, 50)
      expect(outcome).toMatchObject({ kind: 'ops', ops: [{ op: 'StepFailed', id: 'hash', error }] })
    }
  })

  it('comes by HTTP alone, and another address is tried once', async () => {
    const told = await fetchIn('file:///etc/hostname', {}, 3)
    expect(told).toMatchObject({
      name: 'GatewayError',
      message: expect.stringMatching(/"file:.*not an address of HTTP/),
    })
    const { address, asked } = await serve((_, response) => {
      response.writeHead(302, { location: 'file:///etc/hostname' }).end()
    })
    expect(await fetchIn(address)).toMatchObject({ name: 'GatewayError' })
    expect(asked).toHaveLength(1)
  })

  it('is let go of when the engine stops, and asked for again at the next start', async () => {
    const [gate, letGo] = [createGate(), createGate()]
    let isHeld = true
    const { address, asked } = await serve((_, response) => {
      response.once('close', letGo.open)
      if (isHeld) gate.open()
      else response.end('at last')
    })
    const bodies: string[] = []
    const make = (client: import('inngest').Inngest) => [
      client.createFunction({ id: 'f', triggers: [{ event: 't' }] }, async ({ step }) => {
        bodies.push(await (await step.fetch(address)).text())
      }),
    ]
    const first = await startEngine(make, { stopTimeoutMs: 50 })
    await first.client.send({ name: 't' })
    await gate.opened
    await first.engine.stop()
    await letGo.opened
    isHeld = false
    const { engine } = await startEngine(make, { databasePath: first.databasePath })
    await engine.idle()
    expect([bodies, asked.length]).toEqual([['at last'], 2])
  })
})
