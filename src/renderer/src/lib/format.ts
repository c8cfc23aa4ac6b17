const counts = new Intl.NumberFormat('en-US')
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const datesWithTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

export const formatCount = (value: number): string => counts.format(value)

/** `plural(1, 'picture')` is "1 picture", `plural(1204, 'picture')` "1,204 pictures". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** Megabytes (10^6 bytes) with as many digits as say something. */
export function formatSize(sizeBytes: number): string {
  const megabytes = sizeBytes / 1e6
  if (sizeBytes > 0 && megabytes < 0.01) return '< 0.01 MB'
  const digits = megabytes < 1 ? 2 : megabytes < 100 ? 1 : 0
  return `${megabytes.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: digits })} MB`
}

/** Much at once: from ten thousand megabytes on in gigabytes (10^9 bytes), as the room that originals may take is set. */
export function formatBulk(sizeBytes: number): string {
  const gigabytes = sizeBytes / 1e9
  if (gigabytes < 10) return formatSize(sizeBytes)
  return `${gigabytes.toLocaleString('en-US', { maximumFractionDigits: gigabytes < 100 ? 1 : 0 })} GB`
}

const isoMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/

/** The system's form of a moment or a day. What is neither, such as a year alone, is shown as it is written. */
export function formatMoment(iso: string): string {
  const [, time] = isoMoment.exec(iso) ?? []
  // A day has no time zone: read as midnight here, or it would be the day before in the west.
  const moment = new Date(time ? iso : `${iso}T00:00`)
  if (!isoMoment.test(iso) || Number.isNaN(moment.valueOf())) return iso
  return time ? datesWithTime.format(moment) : dates.format(moment)
}

export function formatDuration(seconds: number): string {
  if (seconds < 1) return 'under a second'
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return `${hours} h ${minutes % 60} min`
}

export function formatRate(filesPerSecond: number): string {
  const digits = filesPerSecond < 10 ? 1 : 0
  return `${filesPerSecond.toLocaleString('en-US', { maximumFractionDigits: digits })} a second`
}

export const formatShare = (share: number): string => `${Math.round(share * 100)} %`

const typeNames: Record<string, string> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
  'image/gif': 'GIF',
  'image/tiff': 'TIFF',
  'image/svg+xml': 'SVG',
}
export const formatType = (mimeType: string): string => typeNames[mimeType] ?? mimeType
