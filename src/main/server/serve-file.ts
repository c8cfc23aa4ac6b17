import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

/** Up to here a file is read at once: previews are, and one read is several times quicker than a stream. */
const wholeReadBytes = 2 * 1024 * 1024

/** Answers with a file, or the one range of it that was asked for. 404 when it is not there. */
export async function serveFile(request: Request, path: string, headers: Record<string, string>): Promise<Response> {
  const info = await stat(path).catch(() => null)
  if (!info?.isFile()) return new Response('Not found', { status: 404 })
  if (headers.etag && request.headers.get('if-none-match') === headers.etag) {
    return new Response(null, { status: 304, headers })
  }
  const range = parseRange(wantedRange(request, headers.etag), info.size)
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${info.size}` } })
  }
  const { start, end } = range ?? { start: 0, end: info.size - 1 }
  const sent = {
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': String(end - start + 1),
    ...(range && { 'content-range': `bytes ${start}-${end}/${info.size}` }),
  }
  const status = range ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers: sent })
  if (!range && info.size <= wholeReadBytes) return new Response(await readFile(path), { status, headers: sent })
  const stream = Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream
  return new Response(stream, { status, headers: sent })
}

/** A part is of no use to who holds another part of other bytes: RFC 9110, 13.1.5. */
function wantedRange(request: Request, etag: string | undefined): string | null {
  const condition = request.headers.get('if-range')
  return condition === null || condition === etag ? request.headers.get('range') : null
}

/** One range of RFC 9110, 14.1.2. Several ranges, and what is no range, are answered with the whole file. */
function parseRange(header: string | null, sizeBytes: number): { start: number; end: number } | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first !== '' && last !== '' && Number(first) > Number(last)) return null
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}
