/** Runs at once, then at most every `intervalMs`, and a last time after the last call. */
export function throttle(run: () => void, intervalMs: number): { (): void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isDue = false
  const tick = (): void => {
    timer = undefined
    if (isDue) start()
  }
  const start = (): void => {
    isDue = false
    timer = setTimeout(tick, intervalMs)
    run()
  }
  const throttled = (): void => {
    if (timer) isDue = true
    else start()
  }
  throttled.cancel = () => {
    clearTimeout(timer)
    timer = undefined
    isDue = false
  }
  return throttled
}
