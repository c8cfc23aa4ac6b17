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

/**
 * EXIF (`2024:05:01 10:20:30`), XMP (ISO 8601, with or without time and zone) and IPTC dates, as local time without zone.
 * A year alone says less than this field promises, and zeros are what cameras write when they do not know.
 */
export function parseTakenAt(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const parts = /^\s*(\d{4})[:\-/](\d\d)[:\-/](\d\d)(?:[T\s](\d\d):(\d\d)(?::(\d\d))?)?/.exec(value)
  if (!parts) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = new Date(`${local}Z`)
  const isReal = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(local) && Number(year) >= 1800
  return isReal ? local : undefined
}

/** `Canon` and `Canon EOS R5` are one name, `FUJIFILM` and `X-T4` are two. */
export function nameCamera(make: string | undefined, model: string | undefined): string | undefined {
  if (!make || !model) return model ?? make
  const firstWord = make.split(/[\s,.]/)[0]?.toLowerCase() ?? ''
  return model.toLowerCase().startsWith(firstWord) ? model : `${make} ${model}`
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
