import { setTimeout as sleep } from 'node:timers/promises'
import { ulid } from 'ulid'
import { refuses } from './api.ts'

/** A request that sends events. */
interface Letter {
  url: URL
  init: RequestInit
  eventIds: string[]
  /** It has an event that Inngest does not take: said here, since who sent it may be gone when Inngest is there. */
  isReserved: boolean
}

export interface OutboxOptions {
  isUp(): boolean
  onRefused(): void
  onTaken(): void
}

const timeoutMs = 30_000
const againAfterMs = 5_000
const tooMany = 429
const reserved = 'Names of events that begin with “inngest/” are Inngest’s own.'

export const isEvents = (path: string): boolean => path.startsWith('/e/')

/**
 * What is sent while Inngest is away waits here, in order, and whoever sent it goes on: the library knows what it asked for, and asks
 * again at the next start if the program ends before.
 */
export function createOutbox({ isUp, onRefused, onTaken }: OutboxOptions) {
  const stopping = new AbortController()
  const held: Letter[] = []
  let isEmptying = false

  /** @returns null when it has to be sent again. */
  async function deliver({ url, init }: Letter): Promise<Response | null> {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === tooMany) return null
    if (refuses(answer.status)) {
      onRefused()
      return null
    }
    onTaken()
    return answer
  }

  async function empty(): Promise<void> {
    if (isEmptying) return
    isEmptying = true
    while (held[0] && isUp() && !stopping.signal.aborted) {
      if (await deliver(held[0])) held.shift()
      else await sleep(againAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
    isEmptying = false
  }

  return {
    get isEmpty() {
      return held.length === 0
    },

    async post(url: URL, init: RequestInit): Promise<Response> {
      const letter = address(url, init)
      if (letter.isReserved) return Response.json({ ids: [''], status: 400, error: reserved }, { status: 400 })
      const answer = isUp() && held.length === 0 ? await deliver(letter) : null
      if (answer) return answer
      held.push(letter)
      void empty()
      return Response.json({ ids: letter.eventIds, status: 200 })
    },

    empty,

    stop(): void {
      stopping.abort()
    },
  }
}

/** Each event has an id from here on: one that is sent twice, since an answer was lost, is one. */
function address(url: URL, init: RequestInit): Letter {
  const events = [JSON.parse(String(init.body))].flat() as { id?: string; name: string }[]
  const named = events.map(event => ({ ...event, id: event.id ?? ulid() }))
  return {
    url,
    init: { ...init, body: JSON.stringify(named) },
    eventIds: named.map(({ id }) => id),
    isReserved: named.some(({ name }) => name.startsWith('inngest/')),
  }
}
