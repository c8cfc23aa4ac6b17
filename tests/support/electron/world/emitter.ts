type Listener = (...args: unknown[]) => void

export interface Emitter {
  on(name: string, listener: Listener): Emitter
  once(name: string, listener: Listener): Emitter
  off(name: string, listener: Listener): Emitter
  addListener(name: string, listener: Listener): Emitter
  removeListener(name: string, listener: Listener): Emitter
  removeAllListeners(name?: string): Emitter
  listenerCount(name: string): number
  emit(name: string, ...args: unknown[]): boolean
}

/** Node's EventEmitter, as far as a preload uses it. Runs beside the page, from its source text. */
export function makeEmitter(): Emitter {
  const listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>()
  const listOf = (name: string) => listeners.get(name) ?? []
  const add = (name: string, listener: Listener, isOnce: boolean) => {
    listeners.set(name, [...listOf(name), { listener, isOnce }])
    return emitter
  }
  const remove = (name: string, listener: Listener) => {
    const at = listOf(name).findLastIndex(each => each.listener === listener)
    if (at >= 0) listeners.set(name, listOf(name).toSpliced(at, 1))
    return emitter
  }
  const on = (name: string, listener: Listener) => add(name, listener, false)
  const emitter: Emitter = {
    on,
    addListener: on,
    once: (name, listener) => add(name, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners(name) {
      if (name === undefined) listeners.clear()
      else listeners.delete(name)
      return emitter
    },
    listenerCount: name => listOf(name).length,
    emit(name, ...args) {
      const list = listOf(name)
      for (const { listener, isOnce } of list) {
        if (isOnce) remove(name, listener)
        listener.apply(emitter, args)
      }
      return list.length > 0
    },
  }
  return emitter
}
