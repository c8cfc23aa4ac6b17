import type { Reply } from './bridge.ts'

type Call = (...args: unknown[]) => unknown

/** A value on its way to the other world. Objects are numbered nodes, so that shared and cyclic ones survive. */
type Part = { kind: 'plain'; value: unknown } | { kind: 'function'; id: number } | { kind: 'node'; at: number }
type Node =
  | { kind: 'error'; message: string }
  | { kind: 'promise'; id: number }
  | { kind: 'array'; parts: Part[] }
  | { kind: 'object'; entries: [string, Part][] }
  /** Cloned by Blink on its way. */
  | { kind: 'cloned'; value: unknown }

export interface Packed {
  root: Part
  nodes: (Node | null)[]
}

export interface Packing {
  pack(value: unknown): Packed
  unpack(packed: Packed): unknown
  /** The other world calls a function of this one. */
  call(id: number, args: Packed[]): Reply
  /** A promise of the other world is settled. */
  settle(id: number, isOk: boolean, value: Packed): void
}

type Message = { op: 'call'; id: number; args: Packed[] } | { op: 'settle'; id: number; isOk: boolean; value: Packed }

/** What crosses `contextBridge`, and how. Runs in both worlds, from its source text: it may use its parameter alone. */
export function makePacking(send: (message: Message) => Reply): Packing {
  const functions: Call[] = []
  const idOf = new Map<Call, number>()
  const callers = new Map<number, Call>()
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  let promiseCount = 0
  const strangeError =
    'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'

  const packFunction = (call: Call): Part => {
    const id = idOf.get(call) ?? functions.push(call) - 1
    idOf.set(call, id)
    return { kind: 'function', id }
  }
  const packPromise = (promise: PromiseLike<unknown>): Node => {
    promiseCount += 1
    const id = promiseCount
    promise.then(
      value => send({ op: 'settle', id, isOk: true, value: pack(value) }),
      reason => send({ op: 'settle', id, isOk: false, value: pack(reason) }),
    )
    return { kind: 'promise', id }
  }
  const isPromise = (value: object): value is PromiseLike<unknown> =>
    'then' in value && typeof value.then === 'function'

  function pack(root: unknown): Packed {
    const places = new Map<object, number>()
    const nodes: (Node | null)[] = []
    const packObject = (value: object): Node => {
      // Of an error Electron keeps the message alone.
      if (value instanceof Error) return { kind: 'error', message: String(value.message) }
      if (isPromise(value)) return packPromise(value)
      if (Array.isArray(value)) return { kind: 'array', parts: Array.from(value, packPart) }
      if (Object.prototype.toString.call(value) !== '[object Object]') return { kind: 'cloned', value }
      return { kind: 'object', entries: Object.entries(value).map(([key, each]) => [key, packPart(each)]) }
    }
    const packPart = (value: unknown): Part => {
      if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
      if (typeof value === 'function') return packFunction(value as Call)
      if (value === null || typeof value !== 'object') return { kind: 'plain', value }
      const known = places.get(value)
      if (known !== undefined) return { kind: 'node', at: known }
      const at = nodes.push(null) - 1
      places.set(value, at)
      nodes[at] = packObject(value)
      return { kind: 'node', at }
    }
    const packed = packPart(root)
    return { root: packed, nodes }
  }

  const callerOf = (id: number): Call => {
    const known = callers.get(id)
    if (known) return known
    const caller: Call = (...args) => {
      const answer = send({ op: 'call', id, args: args.map(pack) })
      if (!answer.isOk) throw new Error(answer.message)
      return answer.value && unpack(answer.value)
    }
    callers.set(id, caller)
    return caller
  }

  function unpack({ root, nodes }: Packed): unknown {
    const made = new Map<number, unknown>()
    const unpackNode = (at: number, node: Node): void => {
      if (node.kind === 'error') made.set(at, new Error(node.message))
      else if (node.kind === 'cloned') made.set(at, node.value)
      else if (node.kind === 'promise') {
        made.set(at, new Promise((resolve, reject) => waiting.set(node.id, { resolve, reject })))
      } else if (node.kind === 'array') {
        const array: unknown[] = []
        made.set(at, array)
        for (const part of node.parts) array.push(unpackPart(part))
      } else {
        const object = {}
        made.set(at, object)
        for (const [key, part] of node.entries) {
          const property = { value: unpackPart(part), enumerable: true, writable: true, configurable: true }
          Object.defineProperty(object, key, property)
        }
      }
    }
    const unpackPart = (part: Part): unknown => {
      if (part.kind === 'plain') return part.value
      if (part.kind === 'function') return callerOf(part.id)
      if (!made.has(part.at)) unpackNode(part.at, nodes[part.at] as Node)
      return made.get(part.at)
    }
    return unpackPart(root)
  }

  return {
    pack,
    unpack,
    call(id, args) {
      try {
        return { isOk: true, value: pack(functions[id]?.(...args.map(unpack))) }
      } catch (error) {
        const message = (error as Error | null)?.message
        return { isOk: false, message: typeof message === 'string' ? message : strangeError }
      }
    },
    settle(id, isOk, value) {
      const promise = waiting.get(id)
      waiting.delete(id)
      if (isOk) promise?.resolve(unpack(value))
      else promise?.reject(unpack(value))
    },
  }
}
