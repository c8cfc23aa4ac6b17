import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

/** Up to here a file is read at once: previews are, and one read is several times quicker than a stream. */
const wholeReadBytes = 2 * 1024 * 1024

/** Both ends are inside. */
interface Range {
  start: number
  end: number
}

/** Answers with a file, or the one range of it that was asked for. 404 when it is not there. */
export async function serveFile(request: Request, path: string, headers: Record<string, string>): Promise<Response> {
  const info = await stat(path).catch(() => null)
  if (!info?.isFile()) return new Response('Not found', { status: 404 })
  return answer(request, info.size, headers, async range => {
    if (!range && info.size <= wholeReadBytes) return readFile(path)
    return Readable.toWeb(createReadStream(path, range ?? {})) as ReadableStream
  })
}

/** The same for what is somewhere else and is read through. */
export function serveStream(
  request: Request,
  { sizeBytes, read }: { sizeBytes: number; read(range?: Range): Promise<Readable> },
  headers: Record<string, string>,
): Promise<Response> {
  return answer(request, sizeBytes, headers, async range => Readable.toWeb(await read(range)) as ReadableStream)
}

async function answer(
  request: Request,
  sizeBytes: number,
  headers: Record<string, string>,
  read: (range?: Range) => Promise<ReadableStream | Buffer<ArrayBuffer>>,
): Promise<Response> {
  if (headers.etag && request.headers.get('if-none-match') === headers.etag) {
    return new Response(null, { status: 304, headers })
  }
  const range = parseRange(wantedRange(request, headers.etag), sizeBytes)
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${sizeBytes}` } })
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 }
  const sent = {
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': String(end - start + 1),
    ...(range && { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }),
  }
  const status = range ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers: sent })
  return new Response(await read(range ?? undefined), { status, headers: sent })
}

/** A part is of no use to who holds another part of other bytes: RFC 9110, 13.1.5. */
function wantedRange(request: Request, etag: string | undefined): string | null {
  const condition = request.headers.get('if-range')
  return condition === null || condition === etag ? request.headers.get('range') : null
}

/** One range of RFC 9110, 14.1.2. Several ranges, and what is no range, are answered with the whole file. */
function parseRange(header: string | null, sizeBytes: number): Range | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first !== '' && last !== '' && Number(first) > Number(last)) return null
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}
