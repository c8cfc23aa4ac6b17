export { formatBulk, formatCount, formatDuration, formatRate, formatSize, plural } from '../../../shared/format.ts'

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const datesWithTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

const isoMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/

/** The system's form of a moment or a day. What is neither, such as a year alone, is shown as it is written. */
export function formatMoment(iso: string): string {
  const [, time] = isoMoment.exec(iso) ?? []
  // A day has no time zone: read as midnight here, or it would be the day before in the west.
  const moment = new Date(time ? iso : `${iso}T00:00`)
  if (!isoMoment.test(iso) || Number.isNaN(moment.valueOf())) return iso
  return time ? datesWithTime.format(moment) : dates.format(moment)
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
  'video/mp4': 'MP4',
  'video/quicktime': 'QuickTime',
  'video/webm': 'WebM',
  'video/matroska': 'Matroska',
  'video/x-msvideo': 'AVI',
  'video/mp2t': 'MPEG transport stream',
}
export const formatType = (mimeType: string): string => typeNames[mimeType] ?? mimeType
