import type { StorageOverview } from '../../shared/storage.ts'
import { durationText } from './progress-line.ts'

const barWidth = 24
const numbers = new Intl.NumberFormat()
const megabyte = 1e6
const sizes = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

type Amount = StorageOverview['disk']

const sizeText = (bytes: number): string => `${sizes.format(bytes / megabyte)} MB`

/** "1,204 originals, 8,100 MB". */
export function amountText({ count, bytes }: Amount): string {
  return `${numbers.format(count)} ${count === 1 ? 'original' : 'originals'}, ${sizeText(bytes)}`
}

export interface Work {
  done: Amount
  total: Amount
  bytesPerSecond: number | null
  secondsLeft: number | null
  /** Why it stands still for now. */
  message: string | null
}

/** One line that says how far originals are on their way, at most `columns` wide. */
export function workLine({ done, total, bytesPerSecond, secondsLeft, message }: Work, columns: number): string {
  const share = total.bytes > 0 ? Math.min(1, done.bytes / total.bytes) : 0
  const filled = Math.round(share * barWidth)
  const parts = [
    `[${'='.repeat(filled)}${' '.repeat(barWidth - filled)}]`,
    `${numbers.format(done.count)} of ${numbers.format(total.count)}`,
  ]
  if (message !== null) parts.push(`waiting: ${message}`)
  else {
    if (bytesPerSecond) parts.push(`${sizeText(bytesPerSecond)} a second`)
    if (secondsLeft !== null) parts.push(`${durationText(secondsLeft)} left`)
  }
  return parts.join('  ').slice(0, Math.max(0, columns - 1))
}
