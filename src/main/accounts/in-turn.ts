/** Runs what is given for the same key one after the other, in the order it was asked for. */
export function createTurns<K>(): <T>(key: K, act: () => Promise<T>) => Promise<T> {
  const last = new Map<K, Promise<unknown>>()
  return (key, act) => {
    const before = last.get(key) ?? Promise.resolve()
    const running = before.then(act, act)
    last.set(key, running)
    const forget = () => {
      if (last.get(key) === running) last.delete(key)
    }
    running.then(forget, forget)
    return running
  }
}
