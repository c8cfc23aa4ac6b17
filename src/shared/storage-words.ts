import { formatBulk, formatCount, formatDuration, formatSize, plural } from './format.ts'
import type { Move, StorageOverview } from './storage.ts'

type Amount = StorageOverview['disk']
type Sending = StorageOverview['sending']
type Direction = Move['direction']

/** "1,204 originals, 8,100 MB". */
export function amountLine({ count, bytes }: Amount): string {
  return count === 0 ? 'None' : `${plural(count, 'original')}, ${formatBulk(bytes)}`
}

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

interface Trouble {
  /** Two or three words. */
  title: string
  message: string
  /** Nobody has to do anything: it is tried again. */
  goesOnByItself: boolean
}

/** Nothing goes on, and no person wanted that. */
function standstill({ sending, move }: StorageOverview): Trouble | null {
  for (const { state, message } of isUnderWay(move) ? [move, sending] : [sending]) {
    if (message === null || (state !== 'waiting' && state !== 'paused')) continue
    return { title: 'Originals stand still', message, goesOnByItself: state === 'waiting' }
  }
  return null
}

function faulty({ faults: { count } }: StorageOverview): Trouble | null {
  if (count === 0) return null
  const message = `${plural(count, 'original')} could not be copied.`
  return { title: 'Originals not copied', message, goesOnByItself: false }
}

/** What a person has to know or do about; null when all is well. */
export const storageTrouble = (overview: StorageOverview): Trouble | null => standstill(overview) ?? faulty(overview)

export interface StorageStatus {
  icon: 'working' | 'pause' | 'failed'
  text: string
  /** Of what runs: 0 to 1. */
  share: number | null
}

const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
const troubled = ({ message }: Trouble): StorageStatus => ({ icon: 'failed', text: message, share: null })

/** What the foot of the window says of it; null when there is nothing to say. */
export function storageStatus(overview: StorageOverview): StorageStatus | null {
  const { sending, move, cloud } = overview
  const stands = standstill(overview)
  const faults = faulty(overview)
  const isSending = sending.state === 'running' && sending.left.count > 0
  if (isUnderWay(move) && move.state === 'running') {
    return { icon: 'working', text: moveLine(move), share: shareOf(move.done.bytes, move.total.bytes) }
  }
  if (stands) return troubled(stands)
  if (isSending) {
    const share = shareOf(cloud.bytes, cloud.bytes + sending.left.bytes)
    return { icon: 'working', text: sendingLine(sending), share }
  }
  if (isUnderWay(move)) return { icon: 'pause', text: moveLine(move), share: null }
  if (sending.state === 'paused' && sending.left.count > 0) {
    return { icon: 'pause', text: sendingLine(sending), share: null }
  }
  return faults && troubled(faults)
}
