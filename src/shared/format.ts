/** Numbers as the page, the menus and the notifications write them. */
const counts = new Intl.NumberFormat('en-US')

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
