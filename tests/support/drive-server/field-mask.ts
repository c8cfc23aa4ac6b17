import { ApiError } from './api-error.ts'

/** `null` is everything below. */
export type Mask = Map<string, Mask | null>

/** `a,b(c,d),e/f` of the parameter `fields`. @throws {ApiError} when it is none. */
export function parseMask(text: string): Mask {
  let at = 0
  const parseList = (): Mask => {
    const mask: Mask = new Map()
    do {
      const name = /^[A-Za-z0-9*]+/.exec(text.slice(at))?.[0]
      if (name === undefined) throw invalid(text)
      at += name.length
      mask.set(name, parseBelow())
    } while (text[at] === ',' && ++at)
    return mask
  }
  const parseBelow = (): Mask | null => {
    if (text[at] === '/') {
      at++
      const name = /^[A-Za-z0-9*]+/.exec(text.slice(at))?.[0]
      if (name === undefined) throw invalid(text)
      at += name.length
      return new Map([[name, parseBelow()]])
    }
    if (text[at] !== '(') return null
    at++
    const below = parseList()
    if (text[at++] !== ')') throw invalid(text)
    return below
  }
  const mask = parseList()
  if (at !== text.length) throw invalid(text)
  return mask
}

/** Only what the mask names. */
export function applyMask(value: unknown, mask: Mask | null): unknown {
  if (mask === null || mask.has('*')) return value
  if (Array.isArray(value)) return value.map(item => applyMask(item, mask))
  if (typeof value !== 'object' || value === null) return value
  const picked = Object.entries(value).flatMap(([key, part]) =>
    mask.has(key) ? [[key, applyMask(part, mask.get(key) ?? null)]] : [],
  )
  return Object.fromEntries(picked)
}

/** @throws {ApiError} naming what the resource does not have. */
export function assertFields(mask: Mask | null, known: ReadonlySet<string>): void {
  for (const name of mask?.keys() ?? []) if (name !== '*' && !known.has(name)) throw invalid(name)
}

function invalid(text: string): ApiError {
  return new ApiError(400, 'invalidParameter', `Invalid field selection ${text}`, 'fields')
}
