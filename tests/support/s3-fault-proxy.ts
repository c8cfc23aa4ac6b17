import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

export type Operation = 'head' | 'get' | 'put' | 'delete' | 'create' | 'part' | 'complete' | 'abort' | 'uploads'

/** What happens to a request instead of being passed on as it is. */
export type Fault =
  | { kind: 'answer'; status: number; body?: string; headers?: Record<string, string> }
  /** Takes the request and never says a word. */
  | { kind: 'silence' }
  /** Breaks the connection after so many bytes of what is sent, or at its end. */
  | { kind: 'reset'; afterBytes: number }
  | { kind: 'damage-up' }
  | { kind: 'damage-down' }
  /** The server does it, and the answer is lost. */
  | { kind: 'lose-answer' }
  /** Half of the answer, and then a broken connection, or nothing more. */
  | { kind: 'cut-answer' }
  | { kind: 'stall-answer' }

export interface SeenRequest {
  operation: Operation
  headers: IncomingMessage['headers']
}

export interface FaultProxy {
  url: string
  seen: SeenRequest[]
  count(operation: Operation): number
  /** For the next `times` requests of these kinds; the first rule that fits holds. */
  fault(fault: Fault, on?: Operation[], times?: number): void
  /** No more faults. */
  heal(): void
  stop(): Promise<void>
}

interface Rule {
  fault: Fault
  on: Operation[] | undefined
  times: number
}

/** In front of the S3 server at `target`, which it reaches under the name that it was asked by, so that signatures hold. */
export async function startFaultProxy(target: string, { latencyMs = 0 } = {}): Promise<FaultProxy> {
  const seen: SeenRequest[] = []
  let rules: Rule[] = []

  function take(operation: Operation): Fault | undefined {
    const rule = rules.find(({ on, times }) => times > 0 && (on?.includes(operation) ?? true))
    if (rule) rule.times -= 1
    return rule?.fault
  }

  const server = createServer({ requestTimeout: 0 }, async (asked, answer) => {
    // The mark of a library is no original: it is neither counted nor does it use up a fault.
    if (asked.url?.includes('/library.txt')) return passOn(target, asked, answer, undefined)
    const operation = operationOf(asked)
    seen.push({ operation, headers: asked.headers })
    asked.on('error', () => undefined)
    answer.on('error', () => undefined)
    if (latencyMs > 0) await delay(latencyMs)
    const fault = take(operation)
    if (fault?.kind === 'answer') await answerWith(asked, answer, fault)
    else if (fault?.kind === 'silence') asked.resume()
    else if (fault?.kind === 'reset') resetAfter(asked, fault.afterBytes)
    else passOn(target, asked, answer, fault)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    count: operation => seen.filter(one => one.operation === operation).length,
    fault: (fault, on, times = Number.POSITIVE_INFINITY) => void rules.push({ fault, on, times }),
    heal: () => {
      rules = []
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** An error as S3 says it. */
export function s3Error(
  code: string,
  status: number,
  more: { headers?: Record<string, string>; xml?: string } = {},
): Fault {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/xml', ...more.headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>As asked</Message>${more.xml ?? ''}</Error>`,
  }
}

function operationOf({ method, url = '' }: IncomingMessage): Operation {
  const query = new URL(url, 'http://s3').searchParams
  const inParts = query.has('uploadId')
  switch (method) {
    case 'HEAD':
      return 'head'
    case 'GET':
      return query.has('uploads') ? 'uploads' : 'get'
    case 'PUT':
      return inParts ? 'part' : 'put'
    case 'POST':
      return inParts ? 'complete' : 'create'
    default:
      return inParts ? 'abort' : 'delete'
  }
}

async function answerWith(
  asked: IncomingMessage,
  answer: ServerResponse,
  { status, body = '', headers = {} }: Extract<Fault, { kind: 'answer' }>,
): Promise<void> {
  await buffer(asked).catch(() => undefined)
  if (headers.date) answer.sendDate = false
  // As a real server: the answer to HEAD says how long the body would be.
  answer.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers })
  answer.end(body)
}

function resetAfter(asked: IncomingMessage, afterBytes: number): void {
  let count = 0
  asked.on('data', chunk => {
    count += chunk.length
    if (count >= afterBytes) asked.socket.resetAndDestroy()
  })
  asked.on('end', () => asked.socket.resetAndDestroy())
  if (afterBytes === 0) asked.socket.resetAndDestroy()
}

function passOn(target: string, asked: IncomingMessage, answer: ServerResponse, fault: Fault | undefined): void {
  const { method, headers, url } = asked
  const forward = request(new URL(url ?? '/', target), { method, headers, setHost: false }, got => {
    if (fault?.kind === 'lose-answer') {
      got.resume().on('end', () => asked.socket.resetAndDestroy())
      return
    }
    answer.writeHead(got.statusCode ?? 500, got.rawHeaders)
    if (fault?.kind === 'cut-answer' || fault?.kind === 'stall-answer') giveHalf(got, answer, fault.kind)
    else if (fault?.kind === 'damage-down') got.pipe(flippingFirstByte()).pipe(answer)
    else got.pipe(answer)
  })
  forward.on('error', () => asked.socket.destroy())
  // Who breaks off before it has sent everything must not reach the server as one who has.
  asked.on('close', () => {
    if (!asked.complete) forward.destroy()
  })
  if (fault?.kind === 'damage-up') asked.pipe(flippingFirstByte()).pipe(forward)
  else asked.pipe(forward)
}

function giveHalf(got: IncomingMessage, answer: ServerResponse, kind: 'cut-answer' | 'stall-answer'): void {
  const half = Math.floor(Number(got.headers['content-length'] ?? 0) / 2)
  let given = 0
  got.on('data', (chunk: Buffer) => {
    const rest = half - given
    if (rest <= 0) return
    given += Math.min(rest, chunk.length)
    answer.write(chunk.subarray(0, rest), () => {
      if (given >= half && kind === 'cut-answer') answer.socket?.resetAndDestroy()
    })
  })
}

function flippingFirstByte(): Transform {
  let isFirst = true
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const copy = Buffer.from(chunk)
      if (isFirst && copy.length > 0) copy[0] = (copy[0] ?? 0) ^ 1
      isFirst = false
      done(null, copy)
    },
  })
}
