/** A stretch of the text: from `start` up to and without `end`. */
export interface Span {
  start: number
  end: number
}

export interface ScannedValue extends Span {
  text: string
  isQuoted: boolean
  /** A quotation that has no end yet. */
  isUnfinished: boolean
}

/** One term as it is written, not yet understood. */
export interface Scanned extends Span {
  isNot: boolean
  /** Before the colon; null: words without a key. */
  key: string | null
  /** One where there is no key. */
  values: ScannedValue[]
}

// Full text reads no further than a NUL.
const space = /[\s\0]/
// A scheme is no key.
const keyPattern = /(\p{L}+):(?!\/\/)/uy

/** Takes the text apart at its spaces, outside of quotations. Any text can be read; nothing is lost but spaces. */
export function scan(text: string): Scanned[] {
  const found: Scanned[] = []
  let at = 0
  while (at < text.length) {
    if (space.test(text.charAt(at))) at += 1
    else {
      const term = scanTerm(text, at)
      found.push(term)
      at = term.end
    }
  }
  return found
}

function scanTerm(text: string, start: number): Scanned {
  const isNot = text.charAt(start) === '-' && start + 1 < text.length && !space.test(text.charAt(start + 1))
  const first = isNot ? start + 1 : start
  keyPattern.lastIndex = first
  const key = keyPattern.exec(text)?.[1] ?? null
  const values = key === null ? [scanWord(text, first)] : scanValues(text, first + key.length + 1)
  const end = values.at(-1)?.end ?? first
  return { start, end, isNot, key, values }
}

function scanWord(text: string, start: number): ScannedValue {
  return text.charAt(start) === '"' ? scanQuoted(text, start) : scanPlain(text, start, space)
}

function scanValues(text: string, start: number): ScannedValue[] {
  const values: ScannedValue[] = []
  let at = start
  for (;;) {
    const value = text.charAt(at) === '"' ? scanQuoted(text, at) : scanPlain(text, at, /[\s\0,]/)
    values.push(value)
    if (text.charAt(value.end) !== ',') return values
    at = value.end + 1
  }
}

function scanPlain(text: string, start: number, until: RegExp): ScannedValue {
  let end = start
  while (end < text.length && !until.test(text.charAt(end))) end += 1
  return { start, end, text: text.slice(start, end), isQuoted: false, isUnfinished: false }
}

/** From a quotation mark to the next; two of them stand for one that is meant. */
function scanQuoted(text: string, start: number): ScannedValue {
  let quoted = ''
  let at = start + 1
  while (at < text.length) {
    if (text.charAt(at) !== '"') quoted += text.charAt(at)
    else if (text.charAt(at + 1) === '"') {
      quoted += '"'
      at += 1
    } else return { start, end: at + 1, text: quoted, isQuoted: true, isUnfinished: false }
    at += 1
  }
  return { start, end: at, text: quoted, isQuoted: true, isUnfinished: true }
}
