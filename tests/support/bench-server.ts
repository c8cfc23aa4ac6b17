import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { colourNames } from '../../src/shared/colours.ts'
import {
  CallFailed,
  type CallName,
  calls,
  type EventName,
  type Handlers,
  type Settings,
} from '../../src/shared/contract.ts'
import type { MediaFilter, MediaSort, MediaTile } from '../../src/shared/media.ts'
import { squareShape, stepsPerDoubling } from '../../src/shared/shapes.ts'
import type { BenchLibrary } from './bench-library.ts'

/** The page's server without an app behind it: contract, events and pictures from memory, under the app's content policy. */
export interface BenchServer {
  url: string
  send: (name: EventName, data: unknown) => void
  close: () => Promise<void>
}

const policy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'"

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

const shapeOf = ({ width, height }: MediaTile): number =>
  width && height ? Math.round(Math.log2(width / height) * stepsPerDoubling) + squareShape : 0

type BenchHandlers = { [N in CallName]?: Handlers[N] }

function createHandlers(library: BenchLibrary): BenchHandlers {
  const lists = new Map<string, ReturnType<BenchLibrary['find']>>()
  const listOf = (filter: MediaFilter, sort: MediaSort) => {
    const key = JSON.stringify([filter, sort])
    const list = lists.get(key) ?? library.find(filter, sort)
    lists.set(key, list)
    return list
  }
  const failed = library.items.filter(tile => tile.status === 'failed').length
  const total = library.items.length
  const counted = (value: string, i: number) => ({ value, count: Math.ceil(total / (i + 2)) })
  const settings: Settings = {
    copyOriginals: false,
    googleClientId: '',
    inventoryPattern: '{number}',
    sizeUnit: 'cm',
    artistName: '',
    pageSize: 'a4',
    currency: 'EUR',
    runsKeptDays: 7,
  }
  return {
    'host.get': () => ({
      version: '0.1.0',
      canChooseFolder: false,
      canShowInFolder: false,
      preferences: null,
      update: null,
    }),
    'host.theme': () => ({}),
    'library.overview': () => ({
      name: 'Burg Ink',
      problem: null,
      path: '/home/ada/Burg Ink',
      counts: {
        shown: total,
        byStatus: { pending: 0, processing: 0, completed: total - failed, failed },
        missing: library.items.filter(tile => tile.isMissing).length,
        toReview: total - failed,
        recent: total,
      },
      folders: total
        ? [
            {
              id: 1,
              name: 'Pictures',
              path: '/home/ada/Pictures',
              source: 'folder',
              mediaCount: total,
              keepsCopies: false,
              account: null,
              isWatched: false,
              lastSyncedAt: null,
            },
          ]
        : [],
      activeSyncs: total ? library.syncs.filter(sync => sync.state === 'running') : [],
      accounts: [],
      hasSamples: true,
    }),
    'media.index': ({ filter, sort, pageSize, hasShapes, hasFirst }) => {
      const list = listOf(filter, sort)
      const { length } = list
      const pages = Math.ceil(length / pageSize)
      return {
        total: length,
        cursors: Array.from({ length: pages }, (_, i) => (i === 0 ? null : String(i * pageSize))),
        sections: [],
        shapes: hasShapes ? Buffer.from(list.map(shapeOf)).toString('base64') : null,
        first: hasFirst ? list.slice(0, pageSize) : null,
      }
    },
    'media.page': ({ filter, sort, after, limit }) => {
      const start = Number(after ?? 0)
      return { items: listOf(filter, sort).slice(start, start + limit), nextCursor: String(start + limit) }
    },
    'collections.list': () => [],
    'views.list': () => [],
    'media.get': ({ id }) => library.detailOf(library.items[total - id] as (typeof library.items)[number]),
    'media.facets': () => ({
      isSampled: total > 10_000,
      tags: ['harbour', 'portrait', 'study', 'night', 'ink', 'sketch', 'market', 'rain', 'window'].map(counted),
      colours: colourNames.map((value, i) => ({ value, count: Math.ceil(total / (i + 3)) })),
      years: Array.from({ length: 13 }, (_, i) => counted(String(2024 - i), i)),
      statuses: [
        { value: 'completed', count: total - failed },
        { value: 'failed', count: failed },
      ],
      sources: [counted('folder', 0)],
      types: [counted('jpeg', 0)],
      kinds: [counted('image', 0)],
      ratings: ['5', '4', '3'].map(counted),
      flags: [],
      labels: [],
      style: [],
      mood: [],
      subject: [],
      medium: [],
      series: [],
    }),
    'tags.suggest': ({ prefix }) => ['harbour', 'hands'].filter(tag => tag.startsWith(prefix)).map(counted),
    'sync.list': () => (total ? library.syncs : []),
    'sync.files': ({ syncId, outcome, after, limit }) => {
      const sync = library.syncs.find(each => each.id === syncId)
      const all = sync ? library.ledgerOf(sync).filter(entry => entry.fileId > after) : []
      const items = all.filter(entry => !outcome || entry.outcome === outcome).slice(0, limit)
      return { items, nextAfter: items.length === limit ? (items.at(-1)?.fileId ?? null) : null }
    },
    'folder.browse': ({ path }) => ({
      path: path ?? '/home/ada',
      parent: '/home',
      folders: ['Desktop', 'Documents', 'Pictures', 'Scans', 'Work'].map(name => ({ name, path: `/home/ada/${name}` })),
      pictureCount: 12,
    }),
    'settings.get': () => settings,
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let body = ''
  for await (const chunk of request) body += chunk
  return JSON.parse(body || '{}')
}

async function answerCall(handlers: BenchHandlers, name: CallName, request: IncomingMessage): Promise<unknown> {
  try {
    const handler = handlers[name] as ((input: unknown) => unknown) | undefined
    if (!handler) throw new CallFailed('not-found', 'There is no app behind this page.')
    return { ok: true, value: await handler(calls[name].input.parse(await readBody(request))) }
  } catch (error) {
    const { code, message } = error instanceof CallFailed ? error : new CallFailed('internal', String(error))
    return { ok: false, error: { code, message } }
  }
}

/** @param delayMs How long a call takes to be answered, as from a library on a slow disk. */
export async function startBenchServer(library: BenchLibrary, pageDir: string, delayMs = 0): Promise<BenchServer> {
  const handlers = createHandlers(library)
  const streams = new Set<ServerResponse>()

  const openStream = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write('event: ready\ndata: {}\n\n')
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }
  const sendPicture = (response: ServerResponse, id: number, kind: string): void => {
    const motif = library.motifOf(id)
    response.writeHead(200, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=31536000, immutable' })
    response.end(kind === 'thumbnail' ? motif.thumbnail : motif.preview)
  }
  const sendFile = async (response: ServerResponse, path: string): Promise<void> => {
    const file = join(pageDir, normalize(path === '/' ? '/index.html' : path))
    const content = await readFile(file).catch(() => null)
    if (!content) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(content)
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const [, first, second, third] = pathname.split('/')
    if (pathname === '/api/events') return openStream(response)
    if (pathname === '/api/session') return response.writeHead(204).end()
    if (first === 'media') return sendPicture(response, Number(second), third ?? '')
    if (first !== 'api') return sendFile(response, pathname)
    const reply = await answerCall(handlers, third as CallName, request)
    if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    send: (name, data) => {
      for (const stream of streams) stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    close: () => closeServer(server),
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve))
  server.closeAllConnections()
  await closed
}
