export interface Progress {
  receivedBytes: number
  /** Undefined where the server does not say. */
  totalBytes: number | undefined
}

/** The same as `fetch`, saying what has come so far, and ending where nothing comes any more: others wait for minutes. */
export function watchDownloads(
  fetchFile: typeof fetch,
  say: (progress: Progress) => void,
  stalledMs: number,
): typeof fetch {
  return async (input, init) => {
    const ending = new AbortController()
    const stalled = new Error(`nothing came for ${Math.round(stalledMs / 1000)} s`)
    const timer = setTimeout(() => ending.abort(stalled), stalledMs)
    const response = await fetchFile(input, { ...init, signal: ending.signal }).finally(() => timer.refresh())
    if (!response.ok || !response.body) {
      clearTimeout(timer)
      return response
    }
    let receivedBytes = 0
    const totalBytes = Number(response.headers.get('content-length')) || undefined
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        receivedBytes += chunk.length
        timer.refresh()
        say({ receivedBytes, totalBytes })
        controller.enqueue(chunk)
      },
      flush: () => clearTimeout(timer),
    })
    return new Response(response.body.pipeThrough(counted), response)
  }
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6)

/** One line that is written over in a terminal; elsewhere one for each tenth of it. */
export function progressLines(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): (progress: Progress) => void {
  let last = ''
  return ({ receivedBytes, totalBytes = 0 }) => {
    const shownBytes = stream.isTTY ? receivedBytes : wholeTenths(receivedBytes, totalBytes)
    const line = `  ${megabytes(shownBytes)} of ${totalBytes ? megabytes(totalBytes) : '?'} MB`
    if (line === last) return
    last = line
    const isEnd = receivedBytes === totalBytes
    stream.write(stream.isTTY ? `\r${line}${isEnd ? '\n' : ''}` : `${line}\n`)
  }
}

const wholeTenths = (bytes: number, totalBytes: number) =>
  Math.floor((bytes / (totalBytes || bytes)) * 10) * (totalBytes / 10)
