import type { Packed, Packing } from './packing.ts'

export interface Bridge {
  expose(key: string, api: unknown): void
}

type Message =
  | { op: 'call'; id: number; args: Packed[] }
  | { op: 'settle'; id: number; isOk: boolean; value: Packed }
  | { op: 'expose'; key: string; value: Packed }

export type Reply = { isOk: true; value?: Packed } | { isOk: false; message: string }

/**
 * `contextBridge` between the two worlds of a document: the page's and the preload's. The detail of an event is cloned by Blink
 * when the other world reads it, and events are dispatched at once: so calls are answered at once too, as in Electron. Runs in
 * both worlds, from its source text: it may use its parameters alone.
 */
export function makeBridge(
  token: string,
  side: 'main' | 'isolated',
  makePacking: (send: (message: Message) => Reply) => Packing,
): Bridge {
  const dispatch = EventTarget.prototype.dispatchEvent
  const DetailEvent = CustomEvent
  const page = document
  const own = `${token}:${side}`
  const other = `${token}:${side === 'main' ? 'isolated' : 'main'}`
  let reply: Reply | null = null

  const send = (message: Message): Reply => {
    const before = reply
    reply = null
    dispatch.call(page, new DetailEvent(other, { detail: message }))
    const answer = reply as Reply | null
    reply = before
    if (!answer) throw new Error('An object could not be cloned.')
    return answer
  }
  const packing = makePacking(send)

  const deepFreeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value
    Object.freeze(value)
    for (const each of Object.values(value)) deepFreeze(each)
    return value
  }
  const expose = (key: string, value: Packed): Reply => {
    if (key in window) {
      return { isOk: false, message: 'Cannot bind an API on top of an existing property on the window object' }
    }
    Object.defineProperty(window, key, { value: deepFreeze(packing.unpack(value)), enumerable: true })
    return { isOk: true }
  }
  const answer = (message: Message): Reply => {
    if (message.op === 'expose') return expose(message.key, message.value)
    if (message.op === 'call') return packing.call(message.id, message.args)
    packing.settle(message.id, message.isOk, message.value)
    return { isOk: true }
  }

  const listen = (type: string, handle: (detail: unknown) => void) => {
    const take = (event: Event) => {
      event.stopImmediatePropagation()
      handle((event as CustomEvent).detail)
    }
    page.addEventListener(type, take, true)
  }
  listen(own, message => {
    const answered = message === null ? null : answer(message as Message)
    dispatch.call(page, new DetailEvent(`${other}:reply`, { detail: answered }))
  })
  listen(`${own}:reply`, answered => {
    reply = answered as Reply | null
  })

  return {
    expose(key, api) {
      const answered = send({ op: 'expose', key, value: packing.pack(api) })
      if (!answered.isOk) throw new Error(answered.message)
    },
  }
}
