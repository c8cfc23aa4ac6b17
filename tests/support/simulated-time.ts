/** A clock that goes on when everybody waits: hours in no time. */
export class SimulatedTime {
  nowMs = 0
  #sleepers: { atMs: number; wake: () => void }[] = []

  readonly now = (): number => this.nowMs

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const sleeper = { atMs: this.nowMs + ms, wake: resolve }
    this.#sleepers.push(sleeper)
    signal?.addEventListener('abort', () => {
      this.#sleepers = this.#sleepers.filter(one => one !== sleeper)
      reject(signal.reason)
    })
    return promise
  }

  /** Until `endMs`, or until nobody sleeps any more. */
  async run(endMs = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await settled()
      const next = this.#sleepers.reduce<{ atMs: number; wake: () => void } | null>(
        (first, one) => (first === null || one.atMs < first.atMs ? one : first),
        null,
      )
      if (!next || next.atMs > endMs) return
      this.#sleepers = this.#sleepers.filter(one => one !== next)
      this.nowMs = Math.max(this.nowMs, next.atMs)
      next.wake()
    }
  }
}

/** Everything that can go on without time passing has gone on. */
const settled = () => new Promise(resolve => setImmediate(resolve))
