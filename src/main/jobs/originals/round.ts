import type { CopyRow } from '../../library/index.ts'
import type { InUse } from './in-use.ts'
import { OriginalFault, type Trouble, troubleOf } from './trouble.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Requests to a store are mostly waiting. The store itself sends fewer bodies than this at once, and asks ahead for the others. */
const atOnce = 16

/** A round is one step of a job: what it has done is on disk, and a new program goes on after it. */
const roundMs = 20_000

const batchSize = 100

/** An original that fails so often, for a reason nobody knows, is told to be at fault. */
const attemptsMax = 3

/** A lane of work on many originals. */
export interface Lane {
  /** Those that are still to be worked on, in the order of their hashes and after this one. */
  batch(after: string, limit: number): CopyRow[]
  /** @returns false when it has to wait for a later round. */
  work(copy: CopyRow): Promise<boolean>
  /** Nobody has paused it or set it going anew. */
  mayGoOn(): boolean
  /** This one cannot be worked on, by its own fault. */
  fail(sha256: string, message: string): void
  /** Failures so far of each that nobody has understood. */
  attempts: Map<string, number>
  inUse: InUse
  /** The program ends: what is under way is left as it is. */
  signal: AbortSignal
}

export interface Round {
  /** Nothing is left but what is in use elsewhere or failed just now. */
  isThrough: boolean
  doneCount: number
  /** The gravest that was met. */
  trouble: Trouble | null
}

/** Works for a while, eight at once, on what a lane has to do. */
export async function workRound(lane: Lane): Promise<Round> {
  const endMs = performance.now() + roundMs
  const round: Round = { isThrough: false, doneCount: 0, trouble: null }
  let waiting: CopyRow[] = []
  let after = ''

  function next(): CopyRow | null {
    const isHalted = round.trouble !== null && round.trouble.of !== 'original'
    if (isHalted || lane.signal.aborted || performance.now() > endMs || !lane.mayGoOn()) return null
    if (waiting.length === 0 && !round.isThrough) {
      waiting = lane.batch(after, batchSize)
      after = waiting.at(-1)?.sha256 ?? after
      round.isThrough = waiting.length === 0
    }
    return waiting.shift() ?? null
  }

  async function work(copy: CopyRow): Promise<void> {
    try {
      if (await lane.work(copy)) round.doneCount += 1
    } catch (cause) {
      if (lane.signal.aborted) return
      round.trouble = graver(round.trouble, told(lane, copy.sha256, cause))
    }
  }

  async function workOneByOne(): Promise<void> {
    for (let copy = next(); copy; copy = next()) {
      if (!lane.inUse.tryHold(copy.sha256)) continue
      await work(copy).finally(() => lane.inUse.release(copy.sha256))
    }
  }

  const working = Promise.all(Array.from({ length: atOnce }, workOneByOne))
  await unlessAborted<unknown>(lane.signal, working, null)
  return round
}

/** @returns what is left of it for the lane, once the fault of an original is written down. */
function told(lane: Lane, sha256: string, cause: unknown): Trouble | null {
  if (cause instanceof OriginalFault) {
    lane.fail(sha256, cause.message)
    return null
  }
  const trouble = troubleOf(cause)
  if (trouble.of !== 'original') return trouble
  const failures = (lane.attempts.get(sha256) ?? 0) + 1
  lane.attempts.set(sha256, failures)
  if (failures < attemptsMax) return trouble
  lane.attempts.delete(sha256)
  lane.fail(sha256, trouble.message)
  return null
}

const gravity = { original: 0, passing: 1, store: 2 }

function graver(one: Trouble | null, other: Trouble | null): Trouble | null {
  if (!one || !other) return one ?? other
  return gravity[other.of] > gravity[one.of] ? other : one
}
