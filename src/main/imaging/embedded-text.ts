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
