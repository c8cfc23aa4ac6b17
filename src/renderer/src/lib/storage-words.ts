import type { Move, StorageOverview } from './contract.ts'
import { formatBulk, formatCount, formatDuration, formatSize, plural } from './format.ts'

export type Amount = StorageOverview['disk']
type Sending = StorageOverview['sending']
type Direction = Move['direction']

/** "1,204 originals, 8,100 MB". */
export function amountLine({ count, bytes }: Amount): string {
  return count === 0 ? 'None' : `${plural(count, 'original')}, ${formatBulk(bytes)}`
}

export const isConfigured = ({ settings, cloud }: StorageOverview): boolean =>
  settings.keepsIn === 'cloud' || cloud.count > 0

export const isUnderWay = (move: Move | null): move is Move =>
  move !== null && move.state !== 'completed' && move.state !== 'cancelled'

const targets: Record<Direction, string> = { 'to-cloud': 'to the cloud', 'to-disk': 'to this computer' }
export const targetOf = (direction: Direction): string => targets[direction]

const joined = (parts: readonly (string | false)[]): string => parts.filter(Boolean).join(' · ')
const timeLeft = (seconds: number | null): string | false => seconds !== null && `${formatDuration(seconds)} left`

/** "Sending 312 originals, 2,100 MB · 12 MB a second · 4 min left". */
export function sendingLine({ state, left, bytesPerSecond, secondsLeft }: Sending): string {
  if (state === 'idle' || left.count === 0) return 'Every original that the library keeps is in the cloud.'
  const rest = amountLine(left)
  if (state === 'paused') return `Paused: ${rest} left to send`
  if (state === 'waiting') return `Waiting: ${rest} left to send`
  return joined([
    `Sending ${rest}`,
    Boolean(bytesPerSecond) && `${formatSize(bytesPerSecond ?? 0)} a second`,
    timeLeft(secondsLeft),
  ])
}

/** "Moving to the cloud: 312 of 1,204 · 4 min left". */
export function moveLine({ direction, state, total, done, secondsLeft, startedAt, finishedAt }: Move): string {
  const counts = `${formatCount(done.count)} of ${formatCount(total.count)}`
  const target = targetOf(direction)
  if (state === 'completed') return `Moved ${plural(done.count, 'original')} ${target}${within(startedAt, finishedAt)}.`
  if (state === 'cancelled') return `Stopped at ${counts}. What had been moved ${target} stayed there.`
  if (state === 'paused') return `Move ${target} paused at ${counts}`
  if (state === 'waiting') return `Move ${target} waits at ${counts}`
  return joined([`Moving ${target}: ${counts}`, timeLeft(secondsLeft)])
}

function within(startedAt: string, finishedAt: string | null): string {
  return finishedAt ? ` in ${formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}` : ''
}

/** What a person has to know or do about: nothing goes on, or not all of it. Null when all is well. */
export function storageTrouble({ sending, move, faults }: StorageOverview): string | null {
  if (isUnderWay(move) && move.state !== 'running' && move.message) return move.message
  if (sending.state === 'waiting' || sending.state === 'paused') {
    if (sending.message) return sending.message
  }
  return faults.count > 0 ? `${plural(faults.count, 'original')} could not be sent.` : null
}

export interface StorageStatus {
  icon: 'working' | 'pause' | 'failed'
  text: string
  /** Of what runs: 0 to 1. */
  share: number | null
}

const shareOf = (part: Amount, whole: Amount): number => (whole.bytes > 0 ? part.bytes / whole.bytes : 0)

/** What the foot of the window says of it; null when there is nothing to say. */
export function storageStatus(overview: StorageOverview): StorageStatus | null {
  const { sending, move, cloud } = overview
  if (isUnderWay(move) && move.state === 'running') {
    return { icon: 'working', text: moveLine(move), share: shareOf(move.done, move.total) }
  }
  const trouble = storageTrouble(overview)
  if (trouble) return { icon: 'failed', text: trouble, share: null }
  if (isUnderWay(move)) return { icon: 'pause', text: moveLine(move), share: null }
  if (sending.state === 'running' && sending.left.count > 0) {
    const all = { count: cloud.count + sending.left.count, bytes: cloud.bytes + sending.left.bytes }
    return { icon: 'working', text: sendingLine(sending), share: shareOf(cloud, all) }
  }
  return sending.state === 'paused' && sending.left.count > 0
    ? { icon: 'pause', text: sendingLine(sending), share: null }
    : null
}
