/** Does not wait for `work` once `signal` is given; `instead` is then the answer. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>, instead: T): Promise<T> {
  let stop = () => {}
  const stopped = new Promise<T>(resolve => {
    stop = () => resolve(instead)
  })
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    return await Promise.race([work, stopped])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
