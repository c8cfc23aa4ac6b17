import { addAbortSignal } from 'node:stream'
import { type CopyRow, diskPlace, endsOf, type MoveRow } from '../../library/index.ts'
import type { RemoteStore } from '../../storage/index.ts'
import type { OriginalsAtWork } from '../originals/at-work.ts'
import { isMismatch, isNotFound } from '../originals/bytes.ts'
import { type Round, workRound } from '../originals/round.ts'
import { OriginalFault, type Trouble, troubleOf } from '../originals/trouble.ts'
import type { JobRooms } from '../rooms.ts'
import type { StepAnswer } from './step-answer.ts'

const goneFromCloud =
  'Its original is not in the store any more, and there is no other copy. Bring it back there, then go on.'
const damagedInCloud = 'Its original in the store is damaged. Bring a sound one back there, then go on.'
const changesInCloud = 'The store gives back other bytes than it was given. The original stays on this computer.'

/** One step of a move: it works for a while and says whether and when to go on. */
export async function moveOriginals(
  rooms: JobRooms,
  atWork: OriginalsAtWork,
  moveId: number,
  generation: number,
): Promise<StepAnswer> {
  const { moves, copies } = rooms.library
  const mayGoOn = () => {
    const move = moves.get(moveId)
    return move?.generation === generation && (move.state === 'running' || move.state === 'waiting')
  }
  const move = moves.get(moveId)
  if (!move || !mayGoOn()) return end()

  function end(): StepAnswer {
    atWork.movingPace.end()
    return { next: 'end', hasDone: false }
  }

  function standStill({ of, message }: Trouble, hasDone: boolean): StepAnswer {
    atWork.movingPace.end()
    moves.setState(moveId, of === 'store' ? 'paused' : 'waiting', message)
    return of === 'store' ? { next: 'end', hasDone } : { next: 'wait', hasDone }
  }

  moves.setState(moveId, 'running')
  atWork.movingPace.begin()
  let round: Round = { isThrough: true, doneCount: 0, trouble: null }
  try {
    const remote = await rooms.cloud.open()
    await atWork.endStaleUploads(remote)
    const { from, to } = endsOf(move)
    const moveOne = move.direction === 'to-cloud' ? toCloud(rooms, atWork, remote) : toDisk(rooms, atWork, remote)
    round = await workRound({
      batch: (after, limit) => copies.at(from, to, after, limit),
      async work(copy) {
        if (!(await moveOne(copy, move)) || atWork.signal.aborted) return false
        moves.addDone(moveId, copy.sizeBytes)
        atWork.movingPace.add(copy.sizeBytes)
        return true
      },
      mayGoOn,
      fail: (sha256, message) => copies.fail(to, sha256, message),
      attempts: atWork.attempts,
      inUse: atWork.inUse,
      signal: atWork.signal,
    })
  } catch (cause) {
    round.trouble ??= troubleOf(cause)
  }
  const hasDone = round.doneCount > 0
  if (atWork.signal.aborted) return { next: 'go-on', hasDone }
  if (!mayGoOn()) return end()
  if (round.trouble) return standStill(round.trouble, hasDone)
  if (!round.isThrough) return { next: 'go-on', hasDone }
  if ((moves.get(moveId)?.left.count ?? 0) > 0) return { next: 'soon', hasDone }
  moves.finish(moveId, 'completed', restOf(copies.total(endsOf(move).from).count))
  return end()
}

function restOf(count: number): string | null {
  if (count === 0) return null
  if (count === 1) return 'One original could not be moved and stayed where it was. See why below.'
  return `${count} originals could not be moved and stayed where they were. See why below.`
}

/** @returns false when it has to wait for a later round. */
type MoveOne = (copy: CopyRow, move: MoveRow) => Promise<boolean>

/** In the store, read back from there and compared; only then it leaves the disk. */
function toCloud({ library, store, cloud }: JobRooms, atWork: OriginalsAtWork, remote: RemoteStore): MoveOne {
  const { copies } = library
  const { carrying, inUse, signal } = atWork
  const { place } = remote
  const isPublic = cloud.isPublic()

  async function isSoundThere({ key, sha256 }: CopyRow): Promise<boolean> {
    try {
      return (await carrying.hashOf(await remote.get(key))) === sha256
    } catch (cause) {
      if (isNotFound(cause) || isMismatch(cause)) return false
      throw cause
    }
  }

  /** What is there is not what it should be: away with it, where the disk has what it should be. */
  async function sendAnew(copy: CopyRow): Promise<void> {
    if (!(await carrying.isSoundOnDisk(copy))) {
      throw new OriginalFault(
        'Its original is damaged, on this computer and in the store. Bring back a sound one, then go on.',
      )
    }
    await remote.delete(copy.key)
    copies.drop(place, copy.sha256)
    await carrying.send(copy, remote, isPublic)
    if (!(await isSoundThere(copy))) throw new OriginalFault(changesInCloud)
  }

  return async (copy, { startedAt }) => {
    const { key, sha256 } = copy
    if (!copies.get(place, sha256)) await carrying.send(copy, remote, isPublic)
    const verifiedAt = copies.get(place, sha256)?.verifiedAt ?? ''
    // What was read back before this move began may have been damaged since.
    if (verifiedAt < startedAt) {
      if (!(await isSoundThere(copy))) await sendAnew(copy)
      if (signal.aborted) return false
      copies.noteVerified(place, sha256)
    }
    if (inUse.isRead(sha256)) return false
    await store.delete(key)
    if (signal.aborted) return false
    copies.drop(diskPlace, sha256)
    return true
  }
}

/** On the disk and compared there; only then it leaves the store. */
function toDisk({ library, store }: JobRooms, atWork: OriginalsAtWork, remote: RemoteStore): MoveOne {
  const { copies } = library
  const { carrying, signal } = atWork

  async function fetchOnce({ key, sha256, sizeBytes }: CopyRow): Promise<void> {
    await store.put(key, addAbortSignal(signal, await remote.get(key)), sha256, sizeBytes)
  }

  async function fetch(copy: CopyRow): Promise<void> {
    try {
      // Damaged twice is damaged there, and not on its way.
      await fetchOnce(copy).catch(cause => (isMismatch(cause) ? fetchOnce(copy) : Promise.reject(cause)))
    } catch (cause) {
      if (isNotFound(cause)) throw new OriginalFault(goneFromCloud, { cause })
      throw isMismatch(cause) ? new OriginalFault(damagedInCloud, { cause }) : cause
    }
  }

  return async copy => {
    const { key, sha256, sizeBytes } = copy
    if (!(await carrying.isSoundOnDisk(copy))) {
      await store.delete(key)
      await fetch(copy)
    }
    if (signal.aborted) return false
    copies.note(diskPlace, { sha256, key, sizeBytes })
    copies.noteVerified(diskPlace, sha256)
    await remote.delete(key)
    if (signal.aborted) return false
    copies.drop(remote.place, sha256)
    return true
  }
}

/** A step has failed again and again, for a reason that nobody foresaw. */
export function giveUpMove({ library }: JobRooms, moveId: number, generation: number, why: string): void {
  if (library.moves.get(moveId)?.generation !== generation) return
  library.moves.setState(moveId, 'paused', `Something went wrong inside Burg Ink (${why}). Go on to try again.`)
}
