import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError, fileNotFound } from './api-error.ts'
import { type Fault, PlannedFaults, type RequestKind } from './faults.ts'
import { applyMask, assertFields, type Mask, parseMask } from './field-mask.ts'
import { Lists } from './lists.ts'
import { sendMedia } from './media.ts'
import { assertParameters } from './parameters.ts'
import { fileFields, fileResource } from './resources.ts'
import { DriveWorld } from './world.ts'

export interface SeenRequest {
  kind: RequestKind
  path: string
  parameters: URLSearchParams
  range: string | undefined
  resourceKeys: string | undefined
  /** The body of a file that was sent in answer. */
  sent?: { name: string; fromByte: number; sizeBytes: number; isWhole: boolean }
}

const defaultMasks: Partial<Record<RequestKind, string>> = {
  'files.get': 'kind,mimeType,id,name',
  'files.list': 'kind,incompleteSearch,nextPageToken,files(kind,mimeType,id,name)',
}

/**
 * A Google Drive (API v3, what reading takes) on this machine: answers follow Google's discovery document, parameters it
 * does not know are refused, and it fails on demand.
 */
export async function startDriveServer(world = new DriveWorld()) {
  const lists = new Lists(world)
  const planned = new PlannedFaults()
  const seen: SeenRequest[] = []
  const tokens = new Set(['valid-token'])
  const settings = {
    latencyMs: 0,
    acceptsToken: (token: string): boolean => tokens.has(token),
    ownerOf: (_token: string) => ({ name: 'A Person', email: 'a@example.com' }),
  }
  const watchers: ((request: SeenRequest) => unknown)[] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const kind = kindOf(pathname, searchParams)
    if (kind === null) throw new ApiError(404, 'notFound', 'Not Found')
    const { range } = request.headers
    const resourceKeys = request.headers['x-goog-drive-resource-keys'] as string | undefined
    const what: SeenRequest = { kind, path: pathname, parameters: searchParams, range, resourceKeys }
    seen.push(what)
    if (settings.latencyMs > 0) await delay(settings.latencyMs)
    await Promise.all(watchers.map(watch => watch(what)))
    if (request.socket.destroyed) return
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    assertToken(token)
    assertParameters(kind, searchParams)
    const fault = planned.take(kind, idIn(pathname))
    if (fault?.kind === 'error') throw fault.error
    if (fault?.kind === 'drop') request.socket.destroy()
    else if (kind === 'files.media') what.sent = sendMedia(request, response, fileAt(what), fault)
    else sendJson(response, kind, searchParams, kind === 'about.get' ? about(token) : resourceFor(what, fault))
  }

  function about(token: string): Record<string, unknown> {
    const { name, email } = settings.ownerOf(token)
    return { kind: 'drive#about', user: { kind: 'drive#user', displayName: name, emailAddress: email } }
  }

  function assertToken(token: string): void {
    if (settings.acceptsToken(token)) return
    throw new ApiError(401, 'authError', 'Request had invalid authentication credentials.', 'Authorization')
  }

  function fileAt({ path, parameters, resourceKeys }: SeenRequest) {
    const named = idIn(path)
    const id = named === 'root' ? world.rootId : named
    const file = world.files.get(id)
    const isReachable = file && (file.driveId === undefined || parameters.get('supportsAllDrives') === 'true')
    const hasKey = file?.resourceKey === undefined || resourceKeys === `${id}/${file.resourceKey}`
    if (!isReachable || !hasKey) throw fileNotFound(id)
    return file
  }

  function resourceFor(request: SeenRequest, fault: Fault | null): Record<string, unknown> {
    switch (request.kind) {
      case 'files.list':
        return {
          ...lists.files(request.parameters),
          ...(fault?.kind === 'incomplete-search' && { incompleteSearch: true }),
        }
      case 'changes.list':
        return lists.changes(request.parameters)
      case 'changes.getStartPageToken':
        return { kind: 'drive#startPageToken', startPageToken: String(world.nextSeq) }
      case 'drives.list':
        return lists.drives(request.parameters)
      case 'drives.get':
        return driveAt(request.path)
      default:
        return fileResource(world, fileAt(request))
    }
  }

  function driveAt(path: string): Record<string, unknown> {
    const id = idIn(path)
    const name = world.drives.get(id)
    if (name === undefined) throw new ApiError(404, 'notFound', `Shared drive not found: ${id}`, 'driveId')
    return { kind: 'drive#drive', id, name }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(cause => sendError(response, cause))
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    const closed = new Promise(resolve => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  return {
    world,
    url: `http://127.0.0.1:${port}/`,
    /** Every request, in order. */
    seen,
    /** Access tokens that are good. */
    tokens,
    settings,
    habits: lists.habits,
    expirePageTokens: () => lists.expireTokens(),
    failNext: planned.plan.bind(planned),
    failNoMore: () => planned.clear(),
    /** Called before a request is answered: the world may change while it waits, for as long as a promise says. */
    watch: (watcher: (request: SeenRequest) => unknown) => watchers.push(watcher),
    count: (kind: RequestKind) => seen.filter(request => request.kind === kind).length,
    close,
    /** After `close`, at the same address. */
    reopen: () => listen(port),
  }
}

const idIn = (path: string) => decodeURIComponent(path.split('/').at(-1) ?? '')

function kindOf(path: string, parameters: URLSearchParams): RequestKind | null {
  const [, rest] = /^\/drive\/v3\/(.*)$/.exec(path) ?? []
  switch (rest) {
    case 'about':
      return 'about.get'
    case 'files':
      return 'files.list'
    case 'changes':
      return 'changes.list'
    case 'changes/startPageToken':
      return 'changes.getStartPageToken'
    case 'drives':
      return 'drives.list'
    default:
      if (/^drives\/[^/]+$/.test(rest ?? '')) return 'drives.get'
      if (!/^files\/[^/]+$/.test(rest ?? '')) return null
      return parameters.get('alt') === 'media' ? 'files.media' : 'files.get'
  }
}

function sendJson(response: ServerResponse, kind: RequestKind, parameters: URLSearchParams, resource: unknown): void {
  const fields = parameters.get('fields') ?? defaultMasks[kind]
  if (kind === 'about.get' && fields === undefined) {
    throw new ApiError(400, 'required', "The 'fields' parameter is required for this method.", 'fields')
  }
  const mask = fields === undefined ? null : parseMask(fields)
  assertFields(maskOfFile(kind, mask), fileFields)
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(JSON.stringify(applyMask(resource, mask)))
}

function maskOfFile(kind: RequestKind, mask: Mask | null): Mask | null {
  if (kind === 'files.get') return mask
  return (kind === 'files.list' ? mask?.get('files') : mask?.get('changes')?.get('file')) ?? null
}

function sendError(response: ServerResponse, cause: unknown): void {
  const error = cause instanceof ApiError ? cause : new ApiError(500, 'internalError', String(cause))
  const { status, body, retryAfterSeconds } = error
  response.removeHeader('content-length')
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds))
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(body)
}
