import { request } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ServerParts } from '../../src/main/server/index.ts'
import { startServer } from '../../src/main/server/index.ts'
import { type EventName, events } from '../../src/shared/contract.ts'
import { smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { requestRaw } from '../support/raw-http.ts'
import { importFolder, type ServedApp, serveAppForTest, token } from '../support/served-app.ts'

interface Heard {
  name: string
  data: unknown
}

interface Listening {
  heard: Heard[]
  status: number | undefined
  contentType: string | undefined
  hasEnded(): boolean
  leave(): void
}

/** Connects and stays; resolves when `ready` was said. */
function listen(port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const heard: Heard[] = []
    let text = ''
    let hasEnded = false
    const asked = request(
      { host: '127.0.0.1', port, path: '/api/events', headers: { authorization: `Bearer ${token}` } },
      answer => {
        const { statusCode: status, headers } = answer
        const listening = {
          heard,
          status,
          contentType: headers['content-type'],
          hasEnded: () => hasEnded,
          leave: () => void asked.destroy(),
        }
        answer.on('error', () => {})
        answer.on('close', () => {
          hasEnded = true
        })
        answer.setEncoding('utf8').on('data', chunk => {
          text += chunk
          const blocks = text.split('\n\n')
          text = blocks.pop() ?? ''
          for (const block of blocks) if (!block.startsWith(':')) heard.push(parse(block))
          if (heard.length > 0) resolve(listening)
        })
      },
    )
    onTestFinished(() => void asked.destroy())
    asked.on('error', cause => (heard.length === 0 ? reject(cause) : undefined))
    asked.end()
  })
}

function parse(block: string): Heard {
  const [, name = ''] = /^event: (.*)$/m.exec(block) ?? []
  const [, json = 'null'] = /^data: (.*)$/m.exec(block) ?? []
  return { name, data: JSON.parse(json) }
}

async function pictures({ folder }: ServedApp, count: number): Promise<string> {
  const path = join(folder, 'pictures')
  for (let i = 0; i < count; i += 1) await writeFiles(path, { [`${i}.jpg`]: await smallPicture(i) })
  return path
}

test('says ready first, and then what happens while it happens', async () => {
  const served = await serveAppForTest()
  const stream = await listen(served.server.port)
  expect({ status: stream.status, type: stream.contentType }).toEqual({ status: 200, type: 'text/event-stream' })
  expect(stream.heard[0]).toEqual({ name: 'ready', data: {} })
  const sync = await importFolder(served, await pictures(served, 40))
  const progress = () => stream.heard.filter(({ name }) => name === 'sync.progress').map(({ data }) => data)
  await expect.poll(() => progress().at(-1)).toMatchObject({ id: sync.id, state: 'completed', imported: 40 })
  // Not all at the end: an import of forty pictures is seen growing.
  expect(progress()[0]).toMatchObject({ state: 'running' })
  expect(stream.heard.filter(({ name }) => name === 'ready')).toHaveLength(1)
  for (const { name, data } of stream.heard.slice(1)) events[name as EventName].parse(data)
  const named = stream.heard.flatMap(({ name, data }) =>
    name === 'media.changed' ? (events['media.changed'].parse(data).mediaIds ?? []) : [],
  )
  const { items } = await served.call('media.page', { filter: {}, sort: 'oldest', after: null, limit: 100 })
  expect(new Set(named)).toEqual(new Set(items.map(({ id }) => id)))
})

test('tells every page the same, and one that leaves does not disturb the others', async () => {
  const served = await serveAppForTest()
  const streams = await Promise.all([1, 2, 3].map(() => listen(served.server.port)))
  const [first, ...others] = streams as [Listening, ...Listening[]]
  await served.call('settings.set', { copyOriginals: true })
  const settings = (stream: Listening) => stream.heard.filter(({ name }) => name === 'settings.changed')
  for (const stream of streams) await expect.poll(() => settings(stream)).toHaveLength(1)
  first.leave()
  await served.call('settings.set', { copyOriginals: false })
  for (const stream of others) {
    await expect.poll(() => settings(stream)).toHaveLength(2)
    expect(settings(stream).at(-1)?.data).toMatchObject({ copyOriginals: false })
  }
})

/** The server on parts whose listeners can be counted. */
async function countedServer() {
  const { app } = await serveAppForTest()
  const listeners = new Set<Parameters<ServerParts['subscribe']>[0]>()
  const parts: ServerParts = {
    ...app.serverParts,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const server = await startServer(parts, 0)
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await server.stop()
    isStopped = true
  }
  onTestFinished(stop)
  return { listeners, port: server.port, stop }
}

test('a page that goes away leaves nothing behind', async () => {
  const { listeners, port } = await countedServer()
  for (let round = 0; round < 3; round += 1) {
    const streams = await Promise.all([1, 2, 3, 4].map(() => listen(port)))
    expect(listeners.size).toBe(4)
    for (const stream of streams) stream.leave()
    await expect.poll(() => listeners.size).toBe(0)
  }
})

test('HEAD, and whoever is refused, subscribes to nothing', async () => {
  const { listeners, port } = await countedServer()
  const head = await requestRaw(port, '/api/events', { method: 'HEAD', headers: { authorization: `Bearer ${token}` } })
  expect({ status: head.status, type: head.headers.get('content-type') }).toEqual({
    status: 200,
    type: 'text/event-stream',
  })
  expect((await requestRaw(port, '/api/events')).status).toBe(401)
  expect(listeners.size).toBe(0)
})

test('a page that reads nothing is let go before what waits for it fills the memory', async () => {
  const { listeners, port } = await countedServer()
  const asked = request({ host: '127.0.0.1', port, path: '/api/events', headers: { authorization: `Bearer ${token}` } })
  onTestFinished(() => void asked.destroy())
  await new Promise<void>(resolve => {
    asked.on('response', answer => {
      answer.on('error', () => {})
      answer.pause()
      resolve()
    })
    asked.on('error', () => {})
    asked.end()
  })
  await expect.poll(() => listeners.size).toBe(1)
  const [listener] = listeners
  const mediaIds = Array.from({ length: 500 }, (_, i) => 1_000_000 + i)
  for (let i = 0; i < 5000 && listeners.size > 0; i += 1) {
    listener?.({ name: 'media.changed', data: { mediaIds, areListsChanged: true } })
    if (i % 100 === 0) await new Promise(resolve => setImmediate(resolve))
  }
  expect(listeners.size).toBe(0)
})

test('the server stops at once with streams open, which it ends', async () => {
  const { listeners, port, stop } = await countedServer()
  const streams = await Promise.all([1, 2, 3].map(() => listen(port)))
  await stop()
  await expect.poll(() => streams.map(stream => stream.hasEnded())).toEqual([true, true, true])
  await expect.poll(() => listeners.size).toBe(0)
  await expect(listen(port)).rejects.toThrow('ECONNREFUSED')
})
