import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const types = { html: 'text/html; charset=utf-8', js: 'text/javascript' }

/** The page, and addresses that answer in a certain manner. */
export async function answerApp(request) {
  const { host, pathname } = new URL(request.url)
  if (host !== 'tiny') return new Response('no', { status: 404 })
  if (pathname === '/asked') {
    const body = await request.text()
    return Response.json({ method: request.method, body, origin: request.headers.get('origin'), url: request.url })
  }
  if (pathname === '/stream') return new Response(untilAsked())
  if (pathname === '/go-on') globalThis.tiny.goOn?.()
  if (pathname === '/throws') throw new Error('tiny: it does not answer')
  if (!/^\/[\w-]+\.(html|js)$/.test(pathname)) return new Response('not found', { status: 404 })
  const body = await readFile(join(import.meta.dirname, pathname))
  return new Response(body, { headers: { 'content-type': types[pathname.split('.')[1]] } })
}

/** Its second half comes when it is asked for. */
function untilAsked() {
  const bytes = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.encode('first,'))
      globalThis.tiny.goOn = () => {
        controller.enqueue(bytes.encode('second'))
        controller.close()
      }
    },
  })
}

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAD0lEQVQImWNgWFUORXAWAEEGBsdY/OvdAAAAAElFTkSuQmCC',
  'base64',
)
const secondCount = 1200
const bytesPerSecond = 8000

/** Twenty minutes of silence: far more than a browser fetches before somebody listens. */
function silence() {
  const length = secondCount * bytesPerSecond
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(bytesPerSecond, 24)
  head.writeUInt32LE(bytesPerSecond, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(length, 40)
  return Buffer.concat([head, Buffer.alloc(length, 128)])
}

/** A picture and a sound, of which any part can be asked for. */
export async function answerMedia(request) {
  const { pathname } = new URL(request.url)
  if (pathname === '/dot') return new Response(dot, { headers: { 'content-type': 'image/png' } })
  if (pathname === '/page') return new Response('<h1>media</h1>', { headers: { 'content-type': 'text/html' } })
  if (pathname !== '/sound') return new Response('not found', { status: 404 })
  const all = silence()
  const [, from] = /^bytes=(\d+)-/.exec(request.headers.get('range') ?? '') ?? []
  globalThis.tiny.seen.push(`range ${from}`)
  const start = Number(from ?? 0)
  const headers = {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'content-length': String(all.length - start),
    ...(from !== undefined && { 'content-range': `bytes ${start}-${all.length - 1}/${all.length}` }),
  }
  return new Response(all.subarray(start), { status: from === undefined ? 200 : 206, headers })
}
