/** What a file says is never trusted to be short, printable or well formed. */
export function cleanLine(value: unknown, longest: number): string | undefined {
  return clean(value, longest, /[\p{Cc}\u2028\u2029]+/gu)
}

/** Keeps line breaks. */
export function cleanText(value: unknown, longest: number): string | undefined {
  return clean(typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value, longest, /[^\P{Cc}\n]+/gu)
}

function clean(value: unknown, longest: number, controls: RegExp): string | undefined {
  if (typeof value !== 'string') return undefined
  // Cut first, so that a text of megabytes costs nothing; four code units of room for each that may be removed.
  const text = value
    .slice(0, longest * 4)
    .toWellFormed()
    .replace(controls, ' ')
    .trim()
  return text === '' ? undefined : [...text.slice(0, longest * 2)].slice(0, longest).join('').trim()
}

/** Keywords in the order found, each once, whatever its case. */
export function uniqueKeywords(values: unknown[], mostKeywords: number, longest: number): string[] {
  const byKey = new Map<string, string>()
  for (const value of values) {
    if (byKey.size >= mostKeywords) break
    const keyword = cleanLine(value, longest)
    const key = keyword?.normalize('NFC').toLowerCase()
    if (keyword && key && !byKey.has(key)) byKey.set(key, keyword)
  }
  return [...byKey.values()]
}
