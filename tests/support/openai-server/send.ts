import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { Reply } from './desk.ts'

/** Sends it whole; or half, and then the connection breaks or nothing more comes. What does not arrive is taken from the books. */
export function send(response: ServerResponse, { body, undo }: Reply, half: 'cut' | 'stall' | null): void {
  if (response.socket?.destroyed !== false) {
    undo?.()
    return
  }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length })
  if (half !== null) {
    undo?.()
    const afterwards = half === 'cut' ? () => response.socket?.resetAndDestroy() : () => {}
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), afterwards)
    return
  }
  // Counted before it is sent, so that whoever has the answer finds it counted.
  response.once('close', () => response.writableFinished || undo?.())
  response.end(bytes)
}

export function sendError(response: ServerResponse, cause: unknown): void {
  if (response.socket?.destroyed !== false || response.headersSent) return
  const error = cause instanceof ApiError ? cause : new ApiError(500, { message: String(cause), type: 'server_error' })
  response.writeHead(error.status, { 'content-type': 'application/json', ...error.headers })
  response.end(JSON.stringify({ error: error.error }))
}

/** What something between client and server says, such as a proxy. */
export function sendPage(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' })
  response.end(`<html><head><title>${status}</title></head><body><center>cloudflare</center></body></html>`)
}
