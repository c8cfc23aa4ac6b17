/**
 * Structured-clone over JSON text, for IPC arguments. Self-contained on purpose: its source text
 * (Function.prototype.toString) is injected into the page, where it must not refer to anything outside.
 */
export function makeWire() {
  const g = globalThis as any
  const toB64 = (u: Uint8Array): string => {
    if (g.Buffer) return g.Buffer.from(u.buffer, u.byteOffset, u.byteLength).toString('base64')
    return (u as any).toBase64()
  }
  const fromB64 = (s: string): Uint8Array =>
    g.Buffer ? new Uint8Array(g.Buffer.from(s, 'base64')) : (Uint8Array as any).fromBase64(s)
  const errors: Record<string, ErrorConstructor> = {
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  } as never
  const fail = (): never => {
    throw new Error('An object could not be cloned.')
  }

  function encode(root: unknown): string {
    const seen = new Map<object, number>()
    const table: unknown[] = []
    const val = (x: any): unknown => {
      if (x === null || typeof x === 'string' || typeof x === 'boolean') return x
      if (typeof x === 'number')
        return Number.isFinite(x) && !Object.is(x, -0) ? x : { n: Object.is(x, -0) ? '-0' : String(x) }
      if (x === undefined) return { u: 1 }
      if (typeof x === 'bigint') return { b: String(x) }
      if (typeof x !== 'object') return fail()
      let index = seen.get(x)
      if (index === undefined) {
        index = table.length
        seen.set(x, index)
        table.push(null)
        table[index] = obj(x)
      }
      return { r: index }
    }
    const obj = (x: any): unknown => {
      const tag = Object.prototype.toString.call(x).slice(8, -1)
      if (Array.isArray(x)) return ['A', Array.from(x, val)]
      if (x instanceof Date || tag === 'Date') return ['D', Number.isNaN(+x) ? null : +x]
      if (x instanceof RegExp) return ['R', x.source, x.flags]
      if (x instanceof Map) return ['M', [...x].map(([k, v]) => [val(k), val(v)])]
      if (x instanceof Set) return ['S', [...x].map(val)]
      if (x instanceof ArrayBuffer) return ['B', toB64(new Uint8Array(x))]
      if (ArrayBuffer.isView(x)) return ['V', tag, toB64(new Uint8Array(x.buffer, x.byteOffset, x.byteLength))]
      if (x instanceof Error)
        return [
          'E',
          x.name in errors ? x.name : 'Error',
          val(x.message),
          val(x.stack),
          'cause' in x ? val(x.cause) : { u: 1 },
        ]
      if (['Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'Blob', 'File', 'MessagePort'].includes(tag)) return fail()
      return ['O', Object.keys(x).map(k => [k, val(x[k])])]
    }
    return JSON.stringify([val(root), table])
  }

  function decode(text: string): any {
    const [root, table] = JSON.parse(text)
    const made: any[] = []
    const val = (x: any): any => {
      if (x === null || typeof x !== 'object') return x
      if ('u' in x) return undefined
      if ('n' in x) return Number(x.n)
      if ('b' in x) return BigInt(x.b)
      if (x.r in made) return made[x.r]
      const [kind, a, b, c, d] = table[x.r]
      const put = (y: any) => (made[x.r] = y)
      switch (kind) {
        case 'A': {
          const y = put([])
          for (const e of a) y.push(val(e))
          return y
        }
        case 'D':
          return put(new Date(a ?? NaN))
        case 'R':
          return put(new RegExp(a, b))
        case 'M': {
          const y = put(new Map())
          for (const [k, v] of a) y.set(val(k), val(v))
          return y
        }
        case 'S': {
          const y = put(new Set())
          for (const e of a) y.add(val(e))
          return y
        }
        case 'B':
          return put(fromB64(a).buffer)
        case 'V': {
          const u = fromB64(b)
          return put(a === 'Uint8Array' ? u : new g[a](u.buffer))
        }
        case 'E': {
          const y = put(new (errors[a] ?? Error)(val(b)))
          const s = val(c)
          if (s) y.stack = s
          const cause = val(d)
          if (cause !== undefined) y.cause = cause
          return y
        }
        default: {
          const y = put({})
          for (const [k, v] of a)
            Object.defineProperty(y, k, { value: val(v), enumerable: true, writable: true, configurable: true })
          return y
        }
      }
    }
    return val(root)
  }
  return { encode, decode }
}
