import type { Bridge } from './bridge.ts'
import type { Emitter } from './emitter.ts'
import type { Wire } from './wire.ts'

export interface PreloadSettings {
  /** Of the functions by which the two sides post to each other. */
  post: string
  receive: string
  path: string
  process: object
}

type Preload = (
  require: (id: string) => unknown,
  process: object,
  exports: object,
  module: object,
  Buffer: undefined,
  global: object,
  setImmediate: unknown,
  clearImmediate: unknown,
) => void

interface Parts {
  bridge: Bridge
  wire: Wire
  makeEmitter: () => Emitter
  pathOf: (file: File) => string
}

type Message =
  | { op: 'message'; channel: string; args: unknown[] }
  | { op: 'result'; id: number; ok: true; value: unknown }
  | { op: 'result'; id: number; ok: false; error: string }

/**
 * What a preload in a sandbox has: the few modules it may require, and among them `electron` with a part of what it has
 * elsewhere. Runs beside the page, from its source text: it may use its parameters alone.
 */
export function runPreload(
  { bridge, wire, makeEmitter, pathOf }: Parts,
  settings: PreloadSettings,
  preload: Preload,
): void {
  const world = globalThis as unknown as Record<string, unknown>
  const post = world[settings.post] as (text: string) => void
  delete world[settings.post]
  const unsupported = (what: string) => () => {
    throw new Error(`electron harness: ${what} is not supported (it would be added in tests/support/electron)`)
  }
  const strict = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, property) {
        if (property in target || typeof property === 'symbol') return Reflect.get(target, property)
        return unsupported(`${name}.${property}`)()
      },
    })

  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let callCount = 0
  /** What cannot be cloned rejects. */
  const invoke = async (channel: string, ...args: unknown[]) => {
    callCount += 1
    const id = callCount
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    post(wire.encode({ op: 'invoke', id, channel, args }))
    calls.set(id, { resolve, reject })
    return promise
  }
  const send = (channel: string, ...args: unknown[]) => post(wire.encode({ op: 'send', channel, args }))
  const ipcRenderer = strict('ipcRenderer', Object.assign(makeEmitter(), { send, invoke }))

  world[settings.receive] = (text: string) => {
    const message = wire.decode(text) as Message
    if (message.op === 'message') {
      ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...message.args)
      return
    }
    const call = calls.get(message.id)
    calls.delete(message.id)
    if (message.ok) call?.resolve(message.value)
    else call?.reject(new Error(message.error))
  }

  const electron = strict('electron', {
    ipcRenderer,
    contextBridge: strict('contextBridge', { exposeInMainWorld: bridge.expose }),
    webUtils: strict('webUtils', { getPathForFile: pathOf }),
  })
  const setImmediate = (task: () => void) => setTimeout(task, 0)
  const timers = { setTimeout, setInterval, clearTimeout, clearInterval, setImmediate, clearImmediate: clearTimeout }
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(makeEmitter, { EventEmitter: makeEmitter }),
    timers,
    url: { URL, URLSearchParams },
  }
  const require = (id: string) => {
    const found = modules[id.replace(/^node:/, '')]
    if (found === undefined) throw new Error(`module not found: ${id}`)
    return found
  }
  const exports = {}
  const process = Object.assign(makeEmitter(), settings.process)
  try {
    preload(require, process, exports, { exports }, undefined, world, setImmediate, clearTimeout)
  } catch (error) {
    console.error(`Unable to load preload script: ${settings.path}`)
    console.error(error)
    post(wire.encode({ op: 'preload-error', error }))
  }
}
