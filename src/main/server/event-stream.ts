import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppEvent, ServerParts } from './parts.ts'

const keepAliveMs = 20_000
/** A page that reads nothing for minutes is let go: when it wakes up, it connects again and asks for what it shows. */
const queuedMax = 1000

/** Server-sent events: `ready` first, then every event of the contract as it happens. */
export function streamEvents(c: Context, subscribe: ServerParts['subscribe']): Response {
  // Nobody would ever read, or break off, the stream behind an answer to HEAD.
  if (c.req.raw.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
  return streamSSE(c, async stream => {
    const queue: AppEvent[] = []
    let wake = () => {}
    const unsubscribe = subscribe(event => {
      if (queue.push(event) > queuedMax) stream.abort()
      else wake()
    })
    stream.onAbort(() => {
      unsubscribe()
      wake()
    })
    await stream.writeSSE({ event: 'ready', data: '{}' })
    while (!stream.aborted) {
      const event = queue.shift()
      if (event) await stream.writeSSE({ event: event.name, data: JSON.stringify(event.data) })
      else if (!(await nextEvent())) await stream.write(': still here\n\n')
    }

    /** @returns false when nothing came for a while. */
    function nextEvent(): Promise<boolean> {
      return new Promise(resolve => {
        const timer = setTimeout(() => resolve(false), keepAliveMs)
        wake = () => {
          clearTimeout(timer)
          resolve(true)
        }
      })
    }
  })
}
