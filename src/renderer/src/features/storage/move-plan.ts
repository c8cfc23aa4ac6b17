import type { Move, StorageOverview } from '../../lib/contract.ts'
import { formatBulk, formatDuration, plural } from '../../lib/format.ts'

type Direction = Move['direction']

/** What a connection at home sends, for a first idea: 20 megabits a second. */
const usualBytesPerSecond = 2.5e6

export interface MovePlan {
  title: string
  isPossible: boolean
  /** What it is for; also why it is not possible. */
  summary: string
  /** What will happen, before somebody says yes. */
  steps: string[]
  confirm: string
}

export function planOf(direction: Direction, overview: StorageOverview): MovePlan {
  return direction === 'to-cloud' ? toCloud(overview) : toDisk(overview)
}

function toCloud({ disk, sending }: StorageOverview): MovePlan {
  const { left } = sending
  return {
    title: 'To the cloud',
    isPossible: disk.count > 0,
    summary:
      disk.count > 0
        ? `Frees ${formatBulk(disk.bytes)} on this computer.`
        : 'No original is on this computer that the library keeps.',
    steps: [
      left.count > 0
        ? `${plural(left.count, 'original')} that the store does not have yet, ${formatBulk(left.bytes)}, ${left.count === 1 ? 'is' : 'are'} sent. ${timeFor(left.bytes, sending.bytesPerSecond)}`
        : 'The store has all of them already.',
      `Each is read back from the store and compared, byte for byte, and only then removed from this computer: ${formatBulk(disk.bytes)} to fetch. ${timeFor(disk.bytes, null)}`,
      'Previews stay: browsing and searching need no network. Only looking at an original as a whole does.',
    ],
    confirm: `Move ${plural(disk.count, 'original')} to the cloud`,
  }
}

function toDisk({ cloud, cloudOnly, sending }: StorageOverview): MovePlan {
  return {
    title: 'Back to this computer',
    isPossible: cloud.count > 0,
    summary:
      cloud.count === 0
        ? 'Nothing of this library is in the cloud.'
        : cloudOnly.count > 0
          ? `Takes ${formatBulk(cloudOnly.bytes)} here, and nothing stays in the store.`
          : 'All of them are here already; nothing stays in the store.',
    steps: [
      cloudOnly.count > 0
        ? `${plural(cloudOnly.count, 'original')} that ${cloudOnly.count === 1 ? 'is' : 'are'} only in the cloud, ${formatBulk(cloudOnly.bytes)}, ${cloudOnly.count === 1 ? 'is' : 'are'} fetched. ${timeFor(cloudOnly.bytes, sending.bytesPerSecond)}`
        : 'All of them are on this computer already.',
      'Each is compared, byte for byte, and only then removed from the store. Links to it end.',
      'From then on originals are kept on this computer only.',
    ],
    confirm: `Move ${plural(cloud.count, 'original')} back`,
  }
}

function timeFor(bytes: number, measured: number | null): string {
  const time = formatDuration(bytes / (measured || usualBytesPerSecond))
  return measured ? `At the present pace that takes ${time}.` : `At 20 megabits a second that takes ${time}.`
}
