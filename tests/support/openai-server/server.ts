import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { Answers } from './answers.ts'
import { badRequest, missingKey, wrongKey } from './api-error.ts'
import type { Asked } from './asked.ts'
import { type BatchCourse, Batches } from './batches.ts'
import { isPaidPath, type Reply, type Shop, takeOrder } from './desk.ts'
import { type Fault, PlannedFaults } from './faults.ts'
import { Files } from './files.ts'
import { newId } from './ids.ts'
import { type AnswerWith, Model } from './model.ts'
import { usualModels } from './models.ts'
import { type Limits, RateLimits } from './rate-limits.ts'
import { answerFree } from './routes.ts'
import { send, sendError, sendPage } from './send.ts'

export interface OpenAiServerOptions extends Partial<Limits> {
  /** The one that is good; null for a server that asks for none, as on one's own computer. */
  key?: string | null
  /** Names of the models that there are. */
  models?: readonly string[]
  latencyMs?: number
  /** Tokens that are paid for; then `insufficient_quota`. */
  creditTokens?: number
  /** The clock of rate limits and of times in answers, in ms. */
  now?: () => number
}

// https://platform.openai.com/docs/guides/rate-limits: more than any test asks.
const generousLimits: Limits = { requestsPerMinute: 30_000, tokensPerMinute: 180_000_000 }

export type OpenAiServer = Awaited<ReturnType<typeof startOpenAiServer>>

/**
 * OpenAI's API (what describing pictures takes) on this machine: shapes follow the types of its SDK, what OpenAI refuses is
 * refused, and it fails on demand.
 */
export async function startOpenAiServer(options: OpenAiServerOptions = {}) {
  const { key = 'sk-test-0123456789abcdef', now = Date.now } = options
  const planned = new PlannedFaults()
  const asked: Asked[] = []
  const answers = new Answers()
  const model = new Model()
  const models = new Set(options.models ?? usualModels)
  const credit = { tokensLeft: options.creditTokens ?? Number.POSITIVE_INFINITY }
  const settings = { latencyMs: options.latencyMs ?? 0 }
  const limits = new RateLimits({ ...generousLimits, ...options }, now)
  // A server on one's own computer has none.
  const saysLimits = key !== null || options.requestsPerMinute !== undefined || options.tokensPerMinute !== undefined
  const shop: Shop = { models, model, answers, limits, credit, now }
  const files = new Files(now)
  const batches = new Batches(files, line => takeOrder(shop, line)(planned.take(line)), now)

  let answering = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('x-request-id', newId('req'))
    response.setHeader('openai-version', '2020-10-01')
    const what = await read(request, now)
    asked.push(what)
    assertKey(request)
    const work = workFor(what)
    if (settings.latencyMs > 0) await delay(settings.latencyMs)
    if (request.socket.destroyed) return
    const fault = planned.take(what)
    switch (fault?.kind) {
      case 'hang':
        return
      case 'drop':
        request.socket.resetAndDestroy()
        return
      case 'page':
        sendPage(response, fault.status)
        return
      case 'cut':
      case 'stall':
        return finish(work(fault, response), response, fault.kind)
      default:
        return finish(work(fault, response), response, null)
    }
  }

  async function finish(work: Promise<Reply>, response: ServerResponse, half: 'cut' | 'stall' | null): Promise<void> {
    answering += 1
    try {
      send(response, await work, half)
    } finally {
      answering -= 1
    }
  }

  function workFor(what: Asked): (fault: Fault | null, response: ServerResponse) => Promise<Reply> {
    if (what.method !== 'POST' || !isPaidPath(what.path)) {
      return async fault => {
        if (fault?.kind === 'error') throw fault.error
        return { body: await answerFree({ models, files, batches }, what) }
      }
    }
    const work = takeOrder(shop, what)
    return async (fault, response) => {
      try {
        return await work(fault)
      } finally {
        if (saysLimits) for (const [name, value] of Object.entries(limits.headers())) response.setHeader(name, value)
      }
    }
  }

  function assertKey({ headers }: IncomingMessage): void {
    if (key === null) return
    const given = headers.authorization?.replace(/^Bearer /, '') ?? ''
    if (given === '') throw missingKey()
    if (given !== key) throw wrongKey(given)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(cause => sendError(response, cause))
  })
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo

  return {
    /** What a client is given as its base address. */
    url: `http://127.0.0.1:${port}/v1`,
    /** The one that is good; any is where this is empty. */
    key: key ?? '',
    models,
    settings,
    credit,
    /** Every request, in order. */
    asked,
    /** What was answered completely. */
    answers,
    /** From now on a model says this of every picture: a value for JSON, or a text as it is. */
    answerWith: (given: AnswerWith | object | string) => {
      model.answerWith = typeof given === 'function' ? (given as AnswerWith) : () => given
    },
    /** Batches go on when they are told to: `advance` one status, `run` to the end. */
    batches,
    /** Runs all that have not ended. */
    runBatches: async (course?: BatchCourse) => {
      for (const { id } of batches.all) await batches.run(id, course)
    },
    files,
    /** Requests that no fault planned from now on reaches any more. */
    get answering() {
      return answering
    },
    failNext: planned.plan.bind(planned),
    failNoMore: () => planned.clear(),
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
    /** After `close`, at the same address, with all that was known. */
    reopen: () => listen(port),
  }
}

async function read(request: IncomingMessage, now: () => number): Promise<Asked> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const bytes = await buffer(request)
  const { headers, method = 'GET' } = request
  const isJson = headers['content-type']?.startsWith('application/json') === true && bytes.length > 0
  return {
    method,
    path: pathname,
    query: searchParams,
    headers,
    body: isJson ? parse(bytes) : undefined,
    // Kept once: what JSON says is in the body.
    bytes: isJson ? Buffer.alloc(0) : bytes,
    atMs: now(),
    isBatched: false,
    instructions: '',
    texts: [],
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw badRequest('We could not parse the JSON body of your request.', null, 'invalid_json')
  }
}
