import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** A minimal CDP client over --remote-debugging-pipe; Chromium ends by itself when the pipe closes. */
export class Chromium extends EventEmitter {
  readonly devtoolsUrl: Promise<string>
  readonly exited: Promise<void>
  #write: Writable
  #last = 0
  #pending = new Map<number, { resolve(v: any): void; reject(e: Error): void; method: string }>()

  constructor(executable: string, switches: string[]) {
    super()
    const child = spawn(executable, ['--remote-debugging-pipe', '--remote-debugging-port=0', ...switches], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: process.env['DBUS_SESSION_BUS_ADDRESS'] ?? 'disabled:' },
    })
    this.#write = child.stdio[3] as Writable
    this.#write.on('error', () => {})
    this.exited = new Promise(resolve => child.once('exit', () => resolve()))
    child.once('exit', () => {
      for (const { reject, method } of this.#pending.values()) reject(new Error(`${method}: Chromium has exited`))
      this.emit('exit')
    })
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    this.devtoolsUrl = promise
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`Chromium exited with ${code} before it was ready`)))
    createInterface({ input: child.stderr as Readable }).on('line', line => {
      const match = /^DevTools listening on (ws:.*)$/.exec(line)
      if (match) resolve(match[1]!)
      else if (process.env['HARNESS_DEBUG']) process.stderr.write(`[chromium] ${line}\n`)
    })
    let parts: Buffer[] = []
    ;(child.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      for (let start = 0; start < chunk.length; ) {
        const end = chunk.indexOf(0, start)
        parts.push(chunk.subarray(start, end < 0 ? undefined : end))
        if (end < 0) break
        const text = Buffer.concat(parts).toString()
        parts = []
        start = end + 1
        this.#receive(text)
      }
    })
  }

  #receive(text: string) {
    const message = JSON.parse(text)
    if (message.id === undefined) {
      this.emit(message.sessionId ?? 'browser', message.method, message.params)
      return
    }
    const call = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
    else call?.resolve(message.result)
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<any> {
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      this.#pending.set(id, { resolve, reject, method })
      this.#write.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }
}
