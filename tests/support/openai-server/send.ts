import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { Reply } from './desk.ts'
import type { Fault } from './faults.ts'

/** Sends it whole, or half and then nothing more. What does not arrive is taken from the books. */
export function send(response: ServerResponse, { body, undo }: Reply, isCut: boolean): void {
  if (response.socket?.destroyed !== false) {
    undo?.()
    return
  }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length })
  if (isCut) {
    undo?.()
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.resetAndDestroy())
    return
  }
  // Counted before it is sent, so that whoever has the answer finds it counted.
  response.once('close', () => response.writableFinished || undo?.())
  response.end(bytes)
}

type Page = Extract<Fault, { kind: 'page' }>

export function sendError(response: ServerResponse, cause: unknown): void {
  if (response.socket?.destroyed !== false || response.headersSent) return
  if (isPage(cause)) {
    response.writeHead(cause.status, { 'content-type': 'text/html' })
    response.end(`<html><head><title>${cause.status}</title></head><body><center>cloudflare</center></body></html>`)
    return
  }
  const error = cause instanceof ApiError ? cause : new ApiError(500, { message: String(cause), type: 'server_error' })
  response.writeHead(error.status, { 'content-type': 'application/json', ...error.headers })
  response.end(JSON.stringify({ error: error.error }))
}

const isPage = (cause: unknown): cause is Page =>
  typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'page'
