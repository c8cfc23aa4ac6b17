import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from './protocol.ts'

type Commands = Protocol.CommandParameters
type Answers = Protocol.CommandReturnValues
type Events = Protocol.Events

/** One side of the conversation with a target of Chromium: a page, or the browser itself. */
export interface Session {
  send<M extends keyof Commands>(method: M, parameters?: Commands[M]): Promise<Answers[M]>
  on<E extends keyof Events>(event: E, listener: (parameters: Events[E]) => void): void
}

interface Message {
  id?: number
  sessionId?: string
  method: string
  params: unknown
  result?: unknown
  error?: { message: string }
}

interface PendingCall {
  method: string
  resolve(result: unknown): void
  reject(error: Error): void
}

const browserSession = ''

/** Speaks Chromium's protocol over a pipe. Chromium ends by itself when the pipe closes. */
export class Chromium {
  /** For whoever else wants to speak to it: Playwright. */
  readonly devtoolsUrl: Promise<string>
  readonly exited: Promise<void>
  readonly browser: Session
  readonly #write: Writable
  readonly #listeners = new Map<string, EventEmitter>()
  readonly #pending = new Map<number, PendingCall>()
  #lastId = 0
  #hasExited = false

  constructor(executable: string, switches: string[]) {
    const child = spawn(executable, ['--remote-debugging-pipe', '--remote-debugging-port=0', ...switches], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? 'disabled:' },
    })
    this.#write = child.stdio[3] as Writable
    this.#write.on('error', () => {})
    this.exited = new Promise(resolve => child.once('exit', () => resolve()))
    this.exited.then(() => this.#end())
    this.devtoolsUrl = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', code => reject(new Error(`Chromium exited with ${code} before it was ready`)))
      readLines(child.stderr as Readable, resolve)
    })
    readMessages(child.stdio[4] as Readable, message => this.#receive(message))
    this.browser = this.session(browserSession)
  }

  session(sessionId: string): Session {
    const emitter = new EventEmitter().setMaxListeners(0)
    this.#listeners.set(sessionId, emitter)
    return {
      send: (method, parameters) => this.#send(sessionId, method, parameters) as Promise<never>,
      on: (event, listener) => void emitter.on(event, listener),
    }
  }

  #send(sessionId: string, method: string, params: unknown): Promise<unknown> {
    if (this.#hasExited) return Promise.reject(new ChromiumGone(method))
    this.#lastId += 1
    const id = this.#lastId
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#pending.set(id, { method, resolve, reject })
    this.#write.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
    return promise
  }

  #receive({ id, sessionId = browserSession, method, params, result, error }: Message): void {
    if (id === undefined) {
      this.#listeners.get(sessionId)?.emit(method, params)
      return
    }
    const call = this.#pending.get(id)
    this.#pending.delete(id)
    if (error) call?.reject(new Error(`${call.method}: ${error.message}`))
    else call?.resolve(result)
  }

  #end(): void {
    this.#hasExited = true
    for (const { method, reject } of this.#pending.values()) reject(new ChromiumGone(method))
    this.#pending.clear()
  }
}

class ChromiumGone extends Error {
  constructor(method: string) {
    super(`${method}: Chromium has exited`)
  }
}

function readLines(stderr: Readable, found: (devtoolsUrl: string) => void): void {
  createInterface({ input: stderr }).on('line', line => {
    const [, url] = /^DevTools listening on (ws:.*)$/.exec(line) ?? []
    if (url) found(url)
    else if (process.env.HARNESS_DEBUG) process.stderr.write(`[chromium] ${line}\n`)
  })
}

/** Each message is JSON, and ends with a zero byte. */
function readMessages(pipe: Readable, receive: (message: Message) => void): void {
  let parts: Buffer[] = []
  pipe.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      const text = Buffer.concat([...parts, chunk.subarray(start, end)]).toString()
      parts = []
      start = end + 1
      receive(JSON.parse(text))
    }
    parts.push(chunk.subarray(start))
  })
}
