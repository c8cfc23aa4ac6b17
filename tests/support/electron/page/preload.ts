import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import type { Session } from '../chromium/pipe.ts'
import { makeEvent } from '../events.ts'
import { ipcMain } from '../module/ipc-main.ts'
import { preloadParameters, worldScripts } from '../world/scripts.ts'
import { makeWire } from '../world/wire.ts'
import type { Frames } from './frames.ts'
import type { Owner } from './owner.ts'

const wire = makeWire()
const worldName = 'Electron Isolated Context'
const names = { post: '__electron_harness_post', receive: '__electron_harness_receive' }

/** What the preload's `ipcRenderer` says. */
type Message =
  | { op: 'preload-error'; error: Error }
  | { op: 'send'; channel: string; args: unknown[] }
  | { op: 'invoke'; id: number; channel: string; args: unknown[] }

interface Parts {
  session: Session
  frames: Frames
  owner: Owner
}

/** The program's script in a world of its own beside the page, and the messages between it and the program. */
export class Preload {
  readonly #parts: Parts
  readonly #path: string
  readonly #argv: readonly string[]
  /** Of the page that is shown now. */
  #contextId: number | undefined

  constructor(parts: Parts, { preload = '', additionalArguments = [] }: Electron.WebPreferences) {
    this.#parts = parts
    this.#path = preload
    this.#argv = additionalArguments
  }

  async install(): Promise<unknown> {
    const source = this.#read()
    if (source === undefined) return
    this.#follow()
    const { session } = this.#parts
    const settings = { ...names, path: this.#path, process: this.#process() }
    const { main, isolated } = worldScripts(`h${crypto.randomUUID()}`, settings, source)
    return Promise.all([
      session.send('Runtime.addBinding', { name: names.post, executionContextName: worldName }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: main }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName }),
    ])
  }

  /** @throws at once what cannot be cloned, as in Electron. */
  send(channel: string, args: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
    this.#post(this.#contextId, wire.encode({ op: 'message', channel, args }))
  }

  /** A sandbox takes one script in the old manner: neither imports nor a file that is not there. */
  #read(): string | undefined {
    if (this.#path === '') return undefined
    try {
      const source = readFileSync(this.#path, 'utf8')
      new Script(`(function (${preloadParameters}) {\n${source}\n})`, { filename: this.#path })
      return source
    } catch (error) {
      console.error(`Unable to load preload script: ${this.#path}\n`, error)
      setImmediate(() => this.#fail(error))
      return undefined
    }
  }

  #process() {
    const { platform, arch, pid, versions, env } = process
    const kind = { type: 'renderer', sandboxed: true, contextIsolated: true, isMainFrame: true }
    return { ...kind, platform, arch, pid, versions: { ...versions }, env: { ...env }, argv: this.#argv }
  }

  #follow(): void {
    const { session, frames } = this.#parts
    session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === worldName && frames.isMain(String(auxData?.frameId))) this.#contextId = id
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#contextId) this.#contextId = undefined
    })
    session.on('Runtime.executionContextsCleared', () => {
      this.#contextId = undefined
    })
    session.on('Inspector.targetCrashed', () => {
      this.#contextId = undefined
    })
    session.on('Runtime.bindingCalled', ({ name, executionContextId, payload }) => {
      if (name === names.post && executionContextId === this.#contextId) {
        this.#onMessage(wire.decode(payload) as Message, executionContextId)
      }
    })
  }

  #onMessage(message: Message, contextId: number): void {
    if (message.op === 'preload-error') {
      this.#fail(message.error)
      return
    }
    const { owner } = this.#parts
    const event = this.#event()
    if (message.op === 'send') {
      owner.emit('ipc-message', event, message.channel, ...message.args)
      ipcMain.emit(message.channel, event, ...message.args)
      return
    }
    const encode = (result: object) => wire.encode({ op: 'result', id: message.id, ...result })
    void ipcMain.answer(message.channel, event, message.args, encode).then(text => this.#post(contextId, text))
  }

  /** Frames in the page have no `ipcRenderer`, so that it is always the page itself that speaks. */
  #event() {
    const { owner, frames } = this.#parts
    const reply = (channel: string, ...args: unknown[]) => this.send(channel, args)
    return {
      type: 'frame',
      sender: owner.shown,
      senderFrame: frames.main.shown,
      frameId: 1,
      processId: 1,
      ports: [],
      reply,
    }
  }

  #fail(error: unknown): void {
    this.#parts.owner.emit('preload-error', makeEvent({}), this.#path, error)
  }

  /** A page that has gone hears nothing. */
  #post(executionContextId: number | undefined, text: string): void {
    if (executionContextId === undefined) return
    const functionDeclaration = `function (text) { ${names.receive}(text) }`
    const call = { functionDeclaration, executionContextId, arguments: [{ value: text }] }
    this.#parts.session.send('Runtime.callFunctionOn', call).catch(() => {})
  }
}
