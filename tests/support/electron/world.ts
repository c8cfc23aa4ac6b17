import { makeWire } from './wire.ts'

// The functions here run in the page, from their source text: they may use only their parameters.

interface Bridge {
  expose(key: string, api: any): void
}

/**
 * contextBridge between the two JS worlds of one document. A CustomEvent's detail is structured-cloned
 * by Blink when another world reads it, and dispatch is synchronous: so calls are too, as in Electron.
 */
function makeBridge(token: string, side: 'main' | 'isolated'): Bridge {
  const doc = document
  const dispatch = EventTarget.prototype.dispatchEvent
  const Custom = CustomEvent
  const mine = `${token}:${side}`
  const theirs = `${token}:${side === 'main' ? 'isolated' : 'main'}`
  const functions: Function[] = []
  const ids = new Map<Function, number>()
  const proxies = new Map<number, Function>()
  const waiting = new Map<number, { resolve(v: any): void; reject(e: any): void }>()
  let promises = 0
  let reply: any

  const send = (message: any): any => {
    const saved = reply
    reply = undefined
    dispatch.call(doc, new Custom(theirs, { detail: message }))
    const result = reply
    reply = saved
    if (!result) throw new Error('An object could not be cloned.')
    return result
  }
  // One pass over a value: objects become numbered nodes, so that shared and cyclic references survive.
  const wrap = (root: any): any => {
    const seen = new Map<object, number>()
    const nodes: any[] = []
    const visit = (x: any): any => {
      if (typeof x === 'symbol') throw new Error('An object could not be cloned.')
      if (typeof x === 'function') {
        let id = ids.get(x)
        if (id === undefined) {
          id = functions.push(x) - 1
          ids.set(x, id)
        }
        return { k: 'f', id }
      }
      if (x === null || typeof x !== 'object') return { k: 'v', v: x }
      const at = seen.get(x)
      if (at !== undefined) return { k: 'r', at }
      const index = nodes.push(null) - 1
      seen.set(x, index)
      if (x instanceof Error)
        nodes[index] = { k: 'e', v: String(x.message) } // Electron keeps the message only
      else if (typeof x.then === 'function') {
        const id = ++promises
        x.then(
          (v: any) => send({ op: 'settle', id, ok: true, v: wrap(v) }),
          (e: any) => send({ op: 'settle', id, ok: false, v: wrap(e) }),
        )
        nodes[index] = { k: 'p', id }
      } else if (Array.isArray(x)) nodes[index] = { k: 'a', v: Array.from(x, visit) }
      else if (Object.prototype.toString.call(x) === '[object Object]')
        nodes[index] = { k: 'o', v: Object.keys(x).map(key => [key, visit(x[key])]) }
      else nodes[index] = { k: 'c', v: x }
      return { k: 'r', at: index }
    }
    const value = visit(root)
    return { value, nodes }
  }
  const unwrap = ({ value, nodes }: any): any => {
    const made: any[] = []
    const visit = (w: any): any => {
      if (w.k === 'v') return w.v
      if (w.k === 'f') {
        let proxy = proxies.get(w.id)
        if (!proxy) {
          proxy = (...args: any[]) => {
            const result = send({ op: 'call', id: w.id, args: args.map(wrap) })
            if (result.ok) return unwrap(result.v)
            throw new Error(result.message)
          }
          proxies.set(w.id, proxy)
        }
        return proxy
      }
      if (w.at in made) return made[w.at]
      const node = nodes[w.at]
      if (node.k === 'p')
        return (made[w.at] = new Promise((resolve, reject) => waiting.set(node.id, { resolve, reject })))
      if (node.k === 'e') return (made[w.at] = new Error(node.v))
      if (node.k === 'c') return (made[w.at] = node.v)
      const target: any = (made[w.at] = node.k === 'a' ? [] : {})
      if (node.k === 'a') for (const e of node.v) target.push(visit(e))
      else
        for (const [key, e] of node.v)
          Object.defineProperty(target, key, { value: visit(e), enumerable: true, writable: true, configurable: true })
      return target
    }
    return visit(value)
  }
  const freeze = (x: any): any => {
    if (typeof x === 'object' && x !== null && !Object.isFrozen(x) && !ArrayBuffer.isView(x)) {
      Object.freeze(x)
      Object.values(x).forEach(freeze)
    }
    return x
  }
  const answer = (message: any): any => {
    if (message.op === 'call') {
      try {
        return { ok: true, v: wrap(functions[message.id]!(...message.args.map(unwrap))) }
      } catch (e: any) {
        return {
          ok: false,
          message:
            typeof e?.message === 'string'
              ? e.message
              : 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.',
        }
      }
    }
    if (message.op === 'settle') {
      const w = waiting.get(message.id)
      waiting.delete(message.id)
      const v = unwrap(message.v)
      if (message.ok) w?.resolve(v)
      else w?.reject(v)
      return { ok: true }
    }
    if (message.key in window)
      return { ok: false, message: 'Cannot bind an API on top of an existing property on the window object' }
    Object.defineProperty(window, message.key, { value: freeze(unwrap(message.v)), enumerable: true })
    return { ok: true }
  }
  const listen = (type: string, handler: (detail: any) => void) =>
    doc.addEventListener(
      type,
      event => {
        event.stopImmediatePropagation()
        handler((event as CustomEvent).detail)
      },
      true,
    )
  listen(mine, message => {
    const result = message === null ? null : answer(message)
    dispatch.call(doc, new Custom(`${theirs}:reply`, { detail: result }))
  })
  listen(`${mine}:reply`, result => {
    reply = result
  })

  return {
    expose(key, api) {
      const result = send({ op: 'expose', key, v: wrap(api) })
      if (!result.ok) throw new Error(result.message)
    },
  }
}

interface PreloadSettings {
  bindingName: string
  receiverName: string
  pathsName: string
  process: object
  path: string
}
type Preload = (
  require: (id: string) => unknown,
  process: object,
  exports: object,
  module: object,
  Buffer: unknown,
  global: object,
  setImmediate: unknown,
  clearImmediate: unknown,
) => void

/** What lib/sandboxed_renderer does: the few modules a sandboxed preload may require, and ipcRenderer. */
function runPreload(bridge: Bridge, wire: ReturnType<typeof makeWire>, settings: PreloadSettings, preload: Preload) {
  const g = globalThis as any
  const post: (text: string) => void = g[settings.bindingName]
  delete g[settings.bindingName]
  const makeEmitter = () => {
    const table = new Map<string, { listener: Function; once: boolean }[]>()
    const add = (name: string, listener: Function, once: boolean) => {
      table.set(name, [...(table.get(name) ?? []), { listener, once }])
    }
    const emitter: any = {
      on(name: string, f: Function) {
        add(name, f, false)
        return emitter
      },
      once(name: string, f: Function) {
        add(name, f, true)
        return emitter
      },
      off(name: string, f: Function) {
        const list = table.get(name) ?? []
        const at = list.findLastIndex(entry => entry.listener === f)
        if (at >= 0) table.set(name, list.toSpliced(at, 1))
        return emitter
      },
      removeAllListeners(name?: string) {
        if (name === undefined) table.clear()
        else table.delete(name)
        return emitter
      },
      listenerCount: (name: string) => table.get(name)?.length ?? 0,
      emit(name: string, ...args: any[]) {
        const list = table.get(name) ?? []
        for (const entry of list) {
          if (entry.once) emitter.off(name, entry.listener)
          entry.listener.apply(emitter, args)
        }
        return list.length > 0
      },
    }
    emitter.addListener = emitter.on
    emitter.removeListener = emitter.off
    return emitter
  }
  const unsupported = (what: string) => () => {
    throw new Error(`electron harness: ${what} is not supported`)
  }
  const calls = new Map<number, { resolve(v: any): void; reject(e: Error): void }>()
  let lastCall = 0
  const ipcRenderer = Object.assign(makeEmitter(), {
    send(channel: string, ...args: any[]) {
      post(wire.encode({ op: 'send', channel, args }))
    },
    invoke(channel: string, ...args: any[]) {
      return new Promise((resolve, reject) => {
        const id = ++lastCall
        post(wire.encode({ op: 'invoke', id, channel, args }))
        calls.set(id, { resolve, reject })
      })
    },
    sendSync: unsupported('ipcRenderer.sendSync'),
    postMessage: unsupported('ipcRenderer.postMessage'),
    sendToHost: unsupported('ipcRenderer.sendToHost'),
  })
  g[settings.receiverName] = (text: string) => {
    const message = wire.decode(text)
    if (message.op === 'message') ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...message.args)
    else {
      const call = calls.get(message.id)
      calls.delete(message.id)
      if (message.ok) call?.resolve(message.value)
      else call?.reject(new Error(message.error))
    }
  }
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: bridge.expose,
      exposeInIsolatedWorld: unsupported('contextBridge.exposeInIsolatedWorld'),
    },
    webFrame: new Proxy({}, { get: (_t, name) => unsupported(`webFrame.${String(name)}`) }),
    webUtils: {
      // Chromium's protocol tells no script where a file is: who drops it says so before, by `knowPaths`.
      getPathForFile: (file: File) => g[settings.pathsName]?.[file.name] ?? '',
    },
  }
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(makeEmitter, { EventEmitter: makeEmitter }),
    timers: {
      setImmediate: (f: () => void) => setTimeout(f, 0),
      clearImmediate: clearTimeout,
      setTimeout,
      setInterval,
      clearTimeout,
      clearInterval,
    },
    url: { URL, URLSearchParams },
  }
  const require = (id: string) => {
    const found = modules[id.replace(/^node:/, '')]
    if (!found) throw new Error(`module not found: ${id}`)
    return found
  }
  const exports = {}
  try {
    const process = Object.assign(makeEmitter(), settings.process)
    preload(require, process, exports, { exports }, undefined, g, (f: () => void) => setTimeout(f, 0), clearTimeout)
  } catch (error) {
    console.error(`Unable to load preload script: ${settings.path}`)
    console.error(error)
    post(wire.encode({ op: 'preload-error', error }))
  }
}

export const preloadParameters = 'require, process, exports, module, Buffer, global, setImmediate, clearImmediate'

/** The two scripts for Page.addScriptToEvaluateOnNewDocument: first for the main world, then for the preload's. */
export function worldScripts(token: string, settings: PreloadSettings, preloadSource: string) {
  const topFrameOnly = (body: string) => `if (window === window.top) {\n${body}\n}`
  return {
    main: topFrameOnly(`(${makeBridge})(${JSON.stringify(token)}, 'main')`),
    isolated: topFrameOnly(
      `(${runPreload})((${makeBridge})(${JSON.stringify(token)}, 'isolated'), (${makeWire})(), ${JSON.stringify(settings)}, ` +
        `function (${preloadParameters}) {\n${preloadSource}\n})`,
    ),
  }
}
