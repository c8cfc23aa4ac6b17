export interface Wire {
  /** @throws where structured clone would. */
  encode(value: unknown): string
  decode(text: string): unknown
}

type Encoded = string | number | boolean | null | Record<string, unknown>
type Node = [kind: string, ...parts: unknown[]]

/**
 * Structured clone over JSON text, for what is said between page and program. Runs on both sides; in the page from its source
 * text, so that it may use nothing outside of itself. Objects are numbered nodes: shared and cyclic ones survive.
 */
export function makeWire(): Wire {
  const globals = globalThis as unknown as Record<string, unknown>
  type Base64Bytes = Uint8Array & { toBase64(): string }
  type Base64Class = typeof Uint8Array & { fromBase64(text: string): Uint8Array }
  const NodeBuffer = globals.Buffer as typeof Buffer | undefined
  const errorClasses = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error]
  const uncloneable = ['Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'Blob', 'File', 'MessagePort']

  const toBase64 = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => {
    const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
    return NodeBuffer ? NodeBuffer.from(bytes).toString('base64') : (bytes as Base64Bytes).toBase64()
  }
  const fromBase64 = (text: string) =>
    NodeBuffer ? new Uint8Array(NodeBuffer.from(text, 'base64')) : (Uint8Array as Base64Class).fromBase64(text)
  const fail = (): never => {
    throw new Error('An object could not be cloned.')
  }

  function encode(root: unknown): string {
    const numbers = new Map<object, number>()
    const nodes: (Node | null)[] = []

    const encodeNumber = (value: number): Encoded => {
      if (Object.is(value, -0)) return { number: '-0' }
      return Number.isFinite(value) ? value : { number: String(value) }
    }
    const encodeValue = (value: unknown): Encoded => {
      if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
      if (typeof value === 'number') return encodeNumber(value)
      if (value === undefined) return { undefined: 1 }
      if (typeof value === 'bigint') return { bigint: String(value) }
      return typeof value === 'object' ? { node: numberOf(value) } : fail()
    }
    const numberOf = (value: object): number => {
      const known = numbers.get(value)
      if (known !== undefined) return known
      const number = nodes.push(null) - 1
      numbers.set(value, number)
      nodes[number] = encodeObject(value)
      return number
    }
    const encodeError = (error: Error): Node => {
      const name = errorClasses.some(each => each.name === error.name) ? error.name : 'Error'
      return ['error', name, error.message, error.stack ?? '', encodeValue(error.cause)]
    }
    const encodeObject = (value: object): Node => {
      const kind = Object.prototype.toString.call(value).slice(8, -1)
      if (Array.isArray(value)) return ['array', Array.from(value, encodeValue)]
      if (kind === 'Date') return ['date', encodeValue(Number(value))]
      if (value instanceof RegExp) return ['regexp', value.source, value.flags]
      if (value instanceof Map) return ['map', [...value].map(pair => pair.map(encodeValue))]
      if (value instanceof Set) return ['set', [...value].map(encodeValue)]
      if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))]
      if (ArrayBuffer.isView(value)) return ['view', kind, toBase64(value)]
      if (value instanceof Error) return encodeError(value)
      if (uncloneable.includes(kind)) return fail()
      return ['object', Object.entries(value).map(([key, each]) => [key, encodeValue(each)])]
    }
    return JSON.stringify([encodeValue(root), nodes])
  }

  function decode(text: string): unknown {
    const [root, nodes] = JSON.parse(text) as [Encoded, Node[]]
    const made = new Map<number, unknown>()

    const decodeValue = (value: unknown): unknown => {
      if (value === null || typeof value !== 'object') return value
      const given = value as { number?: string; bigint?: string; node?: number }
      if (given.number !== undefined) return Number(given.number)
      if (given.bigint !== undefined) return BigInt(given.bigint)
      if (given.node === undefined) return undefined
      if (!made.has(given.node)) decodeNode(given.node, nodes[given.node] as Node)
      return made.get(given.node)
    }
    const fill = <T>(number: number, value: T): T => {
      made.set(number, value)
      return value
    }
    const decodeError = (number: number, [name, message, stack, cause]: unknown[]) => {
      const ErrorClass = errorClasses.find(each => each.name === name) ?? Error
      const error = fill(number, new ErrorClass(String(message)))
      if (stack) error.stack = String(stack)
      const reason = decodeValue(cause)
      if (reason !== undefined) error.cause = reason
    }
    const decodeObject = (number: number, entries: [string, unknown][]) => {
      const object = fill(number, {})
      for (const [key, value] of entries) {
        const property = { value: decodeValue(value), enumerable: true, writable: true, configurable: true }
        Object.defineProperty(object, key, property)
      }
    }
    const decodeNode = (number: number, [kind, ...parts]: Node): void => {
      const [first, second] = parts as [never, never]
      if (kind === 'array') {
        const array = fill(number, [] as unknown[])
        for (const each of first as unknown[]) array.push(decodeValue(each))
      } else if (kind === 'map') {
        const map = fill(number, new Map())
        for (const [key, value] of first as [unknown, unknown][]) map.set(decodeValue(key), decodeValue(value))
      } else if (kind === 'set') {
        const set = fill(number, new Set())
        for (const each of first as unknown[]) set.add(decodeValue(each))
      } else if (kind === 'date') fill(number, new Date(decodeValue(first) as number))
      else if (kind === 'regexp') fill(number, new RegExp(first, second))
      else if (kind === 'buffer') fill(number, fromBase64(first).buffer)
      else if (kind === 'view') fill(number, viewOf(first, fromBase64(second)))
      else if (kind === 'error') decodeError(number, parts)
      else decodeObject(number, first)
    }
    const viewOf = (kind: string, bytes: Uint8Array) => {
      const View = globals[kind] as new (buffer: ArrayBufferLike) => unknown
      return kind === 'Uint8Array' ? bytes : new View(bytes.buffer)
    }
    return decodeValue(root)
  }

  return { encode, decode }
}
