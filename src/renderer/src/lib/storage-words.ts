import type { Move, StorageOverview, StorageSettings } from './contract.ts'
import { formatBulk, formatCount, formatDuration, formatSize, plural } from './format.ts'

export type Amount = StorageOverview['disk']
type Sending = StorageOverview['sending']
type Direction = Move['direction']

/** "1,204 originals, 8,100 MB". */
export function amountLine({ count, bytes }: Amount): string {
  return count === 0 ? 'None' : `${plural(count, 'original')}, ${formatBulk(bytes)}`
}

/** There is, or was, more than this computer: how much is where is worth telling. */
export const isConfigured = ({ settings, cloud, move }: StorageOverview): boolean =>
  settings.keepsIn === 'cloud' || cloud.count > 0 || move !== null

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

export const presetTitles: Record<StorageSettings['preset'], string> = {
  spaces: 'DigitalOcean Spaces',
  aws: 'Amazon S3',
  r2: 'Cloudflare R2',
  custom: 'Another S3 server',
}

/** "anna-originals in DigitalOcean Spaces (nyc3), in the folder burg-ink". */
export function placeLine({ preset, region, endpoint, bucket, prefix }: StorageSettings): string {
  const at = preset === 'custom' ? endpoint : preset === 'r2' ? presetTitles.r2 : `${presetTitles[preset]} (${region})`
  return `${bucket} in ${at}${prefix ? `, in the folder ${prefix}` : ''}`
}

interface Trouble {
  /** Two or three words. */
  title: string
  message: string
}

/** Nothing goes on, and no person wanted that. */
function standstill({ sending, move }: StorageOverview): Trouble | null {
  const isHeld = sending.state === 'waiting' || sending.state === 'paused'
  const message = (isUnderWay(move) && move.state !== 'running' && move.message) || (isHeld && sending.message) || null
  return message ? { title: 'Originals stand still', message } : null
}

function faulty({ faults: { count } }: StorageOverview): Trouble | null {
  return count > 0
    ? { title: 'Originals not copied', message: `${plural(count, 'original')} could not be copied.` }
    : null
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
