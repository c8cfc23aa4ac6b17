import type { CopyRow } from '../../library/index.ts'
import type { RemoteStore } from '../../storage/index.ts'
import type { OriginalsAtWork } from '../originals/at-work.ts'
import { evict } from '../originals/evicting.ts'
import { type Round, workRound } from '../originals/round.ts'
import { type Trouble, troubleOf } from '../originals/trouble.ts'
import { unlessAborted } from '../originals/unless-aborted.ts'
import type { JobRooms } from '../rooms.ts'
import type { StepAnswer } from './step-answer.ts'

/** One step of the lane that sends originals: it works for a while and says whether and when to go on. */
export async function sendOriginals(rooms: JobRooms, atWork: OriginalsAtWork, generation: number): Promise<StepAnswer> {
  const { library, cloud } = rooms
  const { sendings, copies } = library
  const place = cloud.place()
  const isCurrent = () => place !== null && cloud.place() === place && sendings.get(place)?.generation === generation
  const isAsked = () => cloud.keepsOriginals() && sendings.get(place ?? '')?.state !== 'paused'
  if (place === null || !isCurrent() || !isAsked()) return end()

  function end(): StepAnswer {
    atWork.sendingPace.end()
    if (place !== null && isCurrent() && !cloud.keepsOriginals()) sendings.setState(place, 'idle')
    return { next: 'end', hasDone: false }
  }

  function standStill({ of, message }: Trouble, hasDone: boolean): StepAnswer {
    if (!isCurrent() || !isAsked()) return end()
    atWork.sendingPace.end()
    sendings.setState(place as string, of === 'store' ? 'paused' : 'waiting', message)
    return of === 'store' ? { next: 'end', hasDone } : { next: 'wait', hasDone }
  }

  sendings.setState(place, 'running')
  atWork.sendingPace.begin()
  const mayGoOn = () => isCurrent() && isAsked()
  let round: Round = { isThrough: true, doneCount: 0, trouble: null }
  let hasRoom = true
  try {
    const remote = await cloud.open()
    await atWork.endStaleUploads(remote)
    round = await workRound(laneOf(rooms, atWork, remote, mayGoOn))
    const isMoving = library.moves.active() !== null
    if (!isMoving && !round.trouble) {
      hasRoom = await unlessAborted(atWork.signal, evict(rooms, atWork, remote, mayGoOn), true)
    }
  } catch (cause) {
    round.trouble ??= troubleOf(cause)
  }
  const hasDone = round.doneCount > 0
  // The next start of the program goes on.
  if (atWork.signal.aborted) return { next: 'go-on', hasDone }
  if (!mayGoOn()) return end()
  if (round.trouble) return standStill(round.trouble, hasDone)
  if (!round.isThrough || !hasRoom) return { next: 'go-on', hasDone }
  if (copies.left(place).count > 0) return { next: 'soon', hasDone }
  sendings.setState(place, 'idle')
  return end()
}

function laneOf(rooms: JobRooms, atWork: OriginalsAtWork, remote: RemoteStore, mayGoOn: () => boolean) {
  const { copies } = rooms.library
  const { place } = remote
  const isPublic = rooms.cloud.isPublic()
  return {
    batch: (after: string, limit: number) => copies.lacking(place, after, limit),
    async work(copy: CopyRow): Promise<boolean> {
      // A move may have brought it there meanwhile.
      if (copies.get(place, copy.sha256)) return true
      await atWork.carrying.send(copy, remote, isPublic)
      atWork.sendingPace.add(copy.sizeBytes)
      return true
    },
    mayGoOn,
    fail: (sha256: string, message: string) => copies.fail(place, sha256, message),
    attempts: atWork.attempts,
    inUse: atWork.inUse,
    signal: atWork.signal,
  }
}

/** A step has failed again and again, for a reason that nobody foresaw. */
export function giveUpSending({ library, cloud }: JobRooms, generation: number, why: string): void {
  const place = cloud.place()
  if (place === null || library.sendings.get(place)?.generation !== generation) return
  library.sendings.setState(place, 'paused', `Something went wrong inside Burg Ink (${why}). Go on to try again.`)
}
