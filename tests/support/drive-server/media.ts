import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import type { Fault } from './faults.ts'
import type { SeenRequest } from './server.ts'
import type { WorldFile } from './world.ts'

/** Answers `alt=media`, with a range where one is asked for. @returns what was sent. @throws {ApiError} */
export function sendMedia(
  request: IncomingMessage,
  response: ServerResponse,
  file: WorldFile,
  fault: Fault | null,
): NonNullable<SeenRequest['sent']> {
  if (file.mimeType.startsWith('application/vnd.google-apps.')) {
    throw new ApiError(403, 'fileNotDownloadable', 'Only files with binary content can be downloaded.', 'alt')
  }
  if (file.canDownload === false) {
    throw new ApiError(403, 'cannotDownloadFile', 'This file cannot be downloaded by the user.')
  }
  const whole = file.bytes ?? Buffer.alloc(0)
  const range = fault?.kind === 'ignore-range' ? null : rangeOf(request.headers.range, whole.length)
  const part = range ? whole.subarray(range.from, range.to + 1) : whole
  const body = spoil(part, range?.from ?? 0, fault)
  response.setHeader('content-type', file.mimeType)
  if (range) response.setHeader('content-range', `bytes ${range.from}-${range.to}/${whole.length}`)
  // Without a length the body just ends, so that nobody can see it is not all.
  if (fault?.kind !== 'truncate')
    response.setHeader('content-length', fault?.kind === 'append' ? body.length : part.length)
  response.writeHead(range ? 206 : 200)
  if (fault?.kind === 'drop-after') response.write(body, () => response.socket?.destroy())
  else response.end(body)
  const fromByte = range?.from ?? 0
  return { name: file.name, fromByte, sizeBytes: body.length, isWhole: body.length === whole.length }
}

function spoil(part: Buffer, fromByte: number, fault: Fault | null): Buffer {
  switch (fault?.kind) {
    case 'drop-after':
    case 'truncate':
      return part.subarray(0, fault.bytes)
    case 'append':
      return Buffer.concat([part, Buffer.alloc(fault.bytes, 7)])
    case 'alter': {
      const at = fault.atByte - fromByte
      return Buffer.from(part.map((byte, index) => (index === at ? byte ^ 1 : byte)))
    }
    default:
      return part
  }
}

function rangeOf(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined) return null
  if (Number(from) >= size) throw new ApiError(416, 'requestedRangeNotSatisfiable', 'Requested range not satisfiable')
  return { from: Number(from), to: to ? Math.min(Number(to), size - 1) : size - 1 }
}
