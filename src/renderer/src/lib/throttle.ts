/**
 * Runs at once, then at most every `intervalMs`, and a last time after the last call. What takes longer than the interval
 * is waited for: a question that is asked anew before its answer came would never be answered.
 */
export function throttle(run: () => unknown, intervalMs: number): { (): void; cancel: () => void } {
  let waiting: { timer: ReturnType<typeof setTimeout> } | null = null
  let isDue = false
  const start = (): void => {
    isDue = false
    let ended: unknown
    const own = { timer: setTimeout(() => void Promise.resolve(ended).then(goOn, goOn), intervalMs) }
    const goOn = (): void => {
      if (waiting !== own) return
      waiting = null
      if (isDue) start()
    }
    waiting = own
    ended = run()
  }
  const throttled = (): void => {
    if (waiting) isDue = true
    else start()
  }
  throttled.cancel = () => {
    clearTimeout(waiting?.timer)
    waiting = null
    isDue = false
  }
  return throttled
}
