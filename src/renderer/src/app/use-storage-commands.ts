import { transport, useCall } from '../lib/api.ts'
import { type Command, useCommands } from '../lib/commands.ts'
import type { CommandName, StorageOverview } from '../lib/contract.ts'
import { tellFailure } from '../lib/notice.ts'
import { goToSettings } from '../lib/route.ts'
import { isUnderWay } from '../lib/storage-words.ts'

type Act = Extract<CommandName, `storage.${'pause' | 'resume'}${string}`>

const act = (name: Act): void => void transport.call(name, {}).catch(tellFailure)

/** Commands about the originals on their way, on every screen. */
export function useStorageCommands(): void {
  const { data } = useCall('storage.overview', {})
  const command = (name: Act, title: string, isAvailable: (overview: StorageOverview) => boolean): Command => ({
    id: `${name}: ${title}`,
    title,
    group: 'Originals',
    isAvailable: () => data !== undefined && isAvailable(data),
    run: () => act(name),
  })
  useCommands([
    { id: 'go.storage', title: 'Where originals are kept', group: 'Go to', run: () => goToSettings('storage') },
    command('storage.pause', 'Pause sending originals', ({ sending }) => sending.state === 'running'),
    command('storage.resume', 'Go on sending originals', isHeld),
    command('storage.resume', 'Try again to send what could not be copied', hasFaults),
    command('storage.pauseMove', 'Pause the move of originals', ({ move }) => move?.state === 'running'),
    command('storage.resumeMove', 'Go on moving originals', ({ move }) => isUnderWay(move) && move.state !== 'running'),
  ])
}

const isHeld = ({ sending: { state } }: StorageOverview): boolean => state === 'paused' || state === 'waiting'
const hasFaults = ({ sending: { state }, faults }: StorageOverview): boolean => state !== 'off' && faults.count > 0
