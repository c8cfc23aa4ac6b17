import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Move, StorageOverview, StorageSettings } from '../../shared/storage.ts'
import { SecretStoreFailed } from '../accounts/index.ts'
import type { createJobs } from '../jobs/index.ts'
import { diskPlace, type Library, type MoveRow } from '../library/index.ts'
import { StoreFailed, testConnection } from '../storage/index.ts'
import { configOf, type createCloud, placeOf } from './cloud.ts'
import { whyNotSaved } from './storage-conflicts.ts'

type Jobs = ReturnType<typeof createJobs>

export interface StorageHandlerParts extends Pick<Jobs, 'sending' | 'moves' | 'paces'> {
  library: Library
  cloud: ReturnType<typeof createCloud>
}

type StorageCalls = `storage.${string}` | 'media.link'

const faultsShown = 100
const nothing = { count: 0, bytes: 0 }

/** What the app answers about where originals are kept. */
export function createStorageHandlers(
  parts: StorageHandlerParts,
): Pick<Handlers, Extract<keyof Handlers, StorageCalls>> {
  const { library, cloud, sending, moves, paces } = parts
  const { copies, settings } = library

  function sendingNow(): StorageOverview['sending'] {
    const place = cloud.place()
    if (place === null || !cloud.keepsOriginals()) {
      return { state: 'off', message: null, left: nothing, bytesPerSecond: null, secondsLeft: null }
    }
    const { state = 'idle', message = null } = library.sendings.get(place) ?? {}
    const left = copies.left(place)
    const bytesPerSecond = state === 'running' ? paces.sending() : null
    return { state, message, left, bytesPerSecond, secondsLeft: timeFor(left.bytes, bytesPerSecond) }
  }

  function moveNow(): Move | null {
    const row = library.moves.latest()
    return row && shownMove(row, row.state === 'running' ? paces.moving() : null)
  }

  async function save(saved: StorageSettings, secret: string | undefined): Promise<void> {
    const place = whereabouts(saved)
    if (saved.keepsIn === 'cloud' && place === null) {
      throw new CallFailed('bad-input', 'Enter the name of the bucket that originals are to be kept in.')
    }
    const conflict = whyNotSaved(library, saved, place)
    if (conflict) throw new CallFailed('conflict', conflict)
    if (secret !== undefined) await cloud.saveSecret(secret)
    cloud.save(saved, place)
    await moves.startAnew()
    await sending.startAnew()
    library.changes.emit('storage')
  }

  async function startMove(direction: Move['direction']): Promise<{ moveId: number }> {
    const place = cloud.place()
    if (library.moves.active()) {
      throw new CallFailed('conflict', 'Originals are being moved already. Wait for the end of it, or cancel it.')
    }
    if (place === null) throw new CallFailed('conflict', 'There is no store in the cloud. Set one up first.')
    if (direction === 'to-cloud' && !cloud.keepsOriginals()) {
      throw new CallFailed('conflict', 'Choose to keep originals in the cloud and save that, then move them there.')
    }
    // What comes in from now on stays here alone.
    if (direction === 'to-disk') settings.setStorage({ ...settings.storage(), keepsIn: 'disk' }, settings.storePlace())
    return { moveId: await moves.start(direction, place) }
  }

  async function link(id: number, seconds: number): Promise<{ url: string; expiresAt: string | null }> {
    const media = library.media.get(id)
    if (!media) throw new CallFailed('not-found', 'This picture is not in the library.')
    const copy = media.sha256 === null ? null : copies.get(cloud.place() ?? '', media.sha256)
    if (!copy) {
      throw new CallFailed('conflict', 'Its original is not in the cloud. Keep originals there, and send it first.')
    }
    const publicUrl = copy.isPublic ? cloud.urlOf(copy.key) : null
    if (publicUrl !== null) return { url: publicUrl, expiresAt: null }
    const remote = await cloud.open()
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString()
    return { url: await remote.presignedUrl(copy.key, seconds), expiresAt }
  }

  return {
    'storage.overview': () =>
      explained(async () => {
        const place = cloud.place()
        return {
          settings: settings.storage(),
          // Whoever has no store is not asked to unlock a keychain for it.
          ...(place === null ? { hasSecret: false, notice: null } : await cloud.aboutSecret()),
          disk: copies.total(diskPlace),
          cloud: place === null ? nothing : copies.total(place),
          cloudOnly: place === null ? nothing : copies.onlyAt(place),
          sending: sendingNow(),
          move: moveNow(),
          faults: copies.faults(place ?? diskPlace, faultsShown),
        }
      }),
    'media.link': ({ id, seconds }) => explained(() => link(id, seconds)),
    'storage.save': ({ settings: saved, secretAccessKey }) =>
      explained(async () => {
        await save(saved, secretAccessKey)
        return {}
      }),
    'storage.test': ({ settings: draft, secretAccessKey }) =>
      explained(async () => {
        const secret = secretAccessKey?.trim() || (await cloud.secret()) || ''
        const report = await testConnection(configOf(draft, secret))
        return report.ok ? { ok: true, notice: report.notice ?? null } : report
      }),
    'storage.pause': () => {
      sending.pause()
      return {}
    },
    'storage.resume': async () => {
      await sending.resume()
      return {}
    },
    'storage.move': ({ direction }) => startMove(direction),
    'storage.pauseMove': () => {
      moves.pause()
      return {}
    },
    'storage.resumeMove': async () => {
      await moves.resume()
      return {}
    },
    'storage.cancelMove': async () => {
      moves.cancel()
      await sending.wake()
      return {}
    },
  }
}

/** @throws {CallFailed} for settings that cannot be right. */
function whereabouts(settings: StorageSettings) {
  try {
    return placeOf(settings)
  } catch (cause) {
    if (cause instanceof StoreFailed) throw new CallFailed('bad-input', cause.message, { cause })
    throw cause
  }
}

function shownMove(row: MoveRow, bytesPerSecond: number | null): Move {
  const { place: _place, generation: _generation, left, ...move } = row
  const total = { count: move.done.count + left.count, bytes: move.done.bytes + left.bytes }
  return { ...move, total, secondsLeft: timeFor(left.bytes, bytesPerSecond) }
}

function timeFor(bytes: number, bytesPerSecond: number | null): number | null {
  return bytesPerSecond === null || bytesPerSecond === 0 ? null : bytes / bytesPerSecond
}

/** What the store or the keychain would not do, as a failed call with what to do about it. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof StoreFailed || cause instanceof SecretStoreFailed) {
      throw new CallFailed('store-unavailable', cause.message, { cause })
    }
    throw cause
  }
}
