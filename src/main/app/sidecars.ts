import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { PublishedChoice, SidecarReading } from '../../shared/contract.ts'
import type { SidecarConflicts, SidecarDifference, SidecarField, SidecarOfMedia } from '../../shared/sidecars.ts'
import type { Library } from '../library/index.ts'
import type { FoundSidecar, PictureOnDisk, PublishedMedia, SidecarReader } from '../publishing/index.ts'

/** Read and compared within some tens of milliseconds, so that neither progress nor a cancel waits for long. */
const pageSize = 100
/** More than a moment allows to be written. */
const takenAtOnce = 200
const sayMs = 250
/** More than a library ever holds. */
const countedMax = 100_000_000
const shownMax = 100

/** What was asked for cannot be done now; the message is for a person. */
export class SidecarsRefused extends Error {}

interface Beside {
  media: PublishedMedia
  picture: PictureOnDisk
}

export type SidecarReadings = ReturnType<typeof createSidecarReading>

/**
 * Reads what other programs wrote beside the originals, in two steps: it looks, and says what would change; and it takes that
 * over once a person wants it. One at a time, beside all other work. What was looked at is kept in memory until then.
 */
export function createSidecarReading(
  library: Library,
  reader: SidecarReader,
  say: () => void,
  report: (error: unknown) => void,
) {
  let shown: SidecarReading | null = null
  /** What has something new to say, as it was looked at. */
  let looked: SidecarOfMedia[] = []
  let control = new AbortController()
  let underWay: Promise<void> = Promise.resolve()
  let isBeginning = false
  let saidAtMs = 0

  const isRunning = () => isBeginning || shown?.state === 'looking' || shown?.state === 'taking'

  function change(changes: Partial<SidecarReading>): void {
    if (shown) shown = { ...shown, ...changes }
    const nowMs = performance.now()
    const isUnderWay = shown?.state === 'looking' || shown?.state === 'taking'
    if (isUnderWay && nowMs - saidAtMs < sayMs) return
    saidAtMs = nowMs
    say()
  }

  /** Runs to its end, whichever that is. */
  async function run(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work()
    } catch (cause) {
      looked = []
      if (signal.aborted) return change({ state: 'cancelled' })
      report(cause)
      change({ state: 'failed', message: unexpected })
    }
  }

  async function lookAtAll(chosen: PublishedChoice, signal: AbortSignal): Promise<void> {
    const isReachable = createReachable()
    let after: string | null = null
    do {
      signal.throwIfAborted()
      const page: Awaited<ReturnType<Library['ask']['publishedPage']>> = await library.ask.publishedPage(
        chosen,
        after,
        pageSize,
      )
      await lookAtPage(page.items, isReachable)
      change({ done: (shown?.done ?? 0) + page.items.length })
      after = page.nextAfter
    } while (after !== null)
    signal.throwIfAborted()
    change({ state: 'looked' })
  }

  async function lookAtPage(items: readonly PublishedMedia[], isReachable: (folder: string) => Promise<boolean>) {
    const all = items.map(media => besideOriginal(media)).filter(place => place !== null)
    const places: Beside[] = []
    for (const place of all) {
      const root = place.media.folder?.path ?? ''
      if (await isReachable(root)) places.push(place)
      else
        refuse(
          [{ file: root, reason: 'This folder cannot be reached. Connect its disk, then read sidecars again.' }],
          1,
        )
    }
    const found = await reader.read(places.map(({ picture }) => picture))
    refuse(places.flatMap((place, i) => refusalOf(place, found[i])))
    const sidecars = places.flatMap((place, i) => sidecarOf(place, found[i]))
    const differences = await library.ask.sidecarDifferences(sidecars.map(({ sidecar }) => sidecar))
    for (const [i, { sidecar, file }] of sidecars.entries()) note(sidecar, file, differences[i] ?? [])
  }

  /** A folder that cannot be reached is named once, and counts as often as it has pictures. */
  function refuse(refusals: SidecarReading['refusals'], count = refusals.length): void {
    if (!shown || refusals.length === 0) return
    const known = shown.refusals
    const fresh = refusals.filter(({ file }) => !known.some(each => each.file === file))
    shown = { ...shown, refused: shown.refused + count, refusals: [...known, ...fresh].slice(0, shownMax) }
  }

  function note(sidecar: SidecarOfMedia, file: string, differences: readonly SidecarDifference[]): void {
    if (!shown) return
    const fresh = differences.filter(({ mine }) => mine === null)
    const against = differences.filter(({ mine }) => mine !== null)
    if (differences.length > 0) looked.push(sidecar)
    const room = Math.max(shownMax - shown.examples.length, 0)
    const examples = [...against, ...fresh].slice(0, room).map(({ field, mine, theirs }) => {
      return { mediaId: sidecar.mediaId, file, field, mine: mine && cut(mine), theirs: cut(theirs) }
    })
    shown = {
      ...shown,
      found: shown.found + 1,
      changed: shown.changed + Number(fresh.length > 0),
      conflicting: shown.conflicting + Number(against.length > 0),
      differing: shown.differing + Number(differences.length > 0),
      changes: counted(shown.changes, fresh),
      conflicts: counted(shown.conflicts, against),
      examples: [...shown.examples, ...examples],
    }
  }

  /** Cancelled, or where it fails, all of it is taken back. */
  async function takeAll(conflicts: SidecarConflicts, signal: AbortSignal): Promise<void> {
    const taking = library.sidecars.begin(conflicts)
    try {
      for (let at = 0; at < looked.length; ) {
        signal.throwIfAborted()
        at += taking.add(looked.slice(at, at + takenAtOnce))
        change({ done: at, taken: taking.pictures() })
        await turn()
      }
      change({ state: 'taken', commandId: taking.end() })
      looked = []
    } catch (cause) {
      while (taking.giveUp()) await turn()
      change({ taken: 0 })
      throw cause
    }
  }

  async function begin(chosen: PublishedChoice): Promise<SidecarReading> {
    const total = 'mediaIds' in chosen ? chosen.mediaIds.length : await library.ask.countUpTo(chosen, countedMax)
    if (total === 0) throw new SidecarsRefused('There is no picture whose sidecars could be read. Choose others.')
    const nothingYet = {
      done: 0,
      found: 0,
      changed: 0,
      conflicting: 0,
      differing: 0,
      changes: {},
      conflicts: {},
      examples: [],
    }
    const nothingTaken = { refused: 0, refusals: [], taken: 0, commandId: null, message: null }
    const begun: SidecarReading = { id: (shown?.id ?? 0) + 1, state: 'looking', total, ...nothingYet, ...nothingTaken }
    looked = []
    start(begun, signal => lookAtAll(chosen, signal))
    return begun
  }

  function start(begun: SidecarReading, work: (signal: AbortSignal) => Promise<void>): void {
    shown = begun
    saidAtMs = 0
    control = new AbortController()
    const { signal } = control
    underWay = run(() => work(signal), signal)
    change({})
  }

  return {
    state: (): SidecarReading | null => shown,

    /** @throws {SidecarsRefused} where it cannot begin. */
    async look(chosen: PublishedChoice): Promise<SidecarReading> {
      if (isRunning())
        throw new SidecarsRefused('Sidecars are being read already. Wait until that is done, or cancel it.')
      isBeginning = true
      try {
        return await begin(chosen)
      } finally {
        isBeginning = false
      }
    },

    /** @throws {SidecarsRefused} where it is not what was looked at last. */
    take(id: number, conflicts: SidecarConflicts): SidecarReading {
      if (shown?.state !== 'looked' || shown.id !== id) {
        throw new SidecarsRefused(
          'These sidecars were not looked at, or something else came since. Look at them again.',
        )
      }
      if (library.sidecars.isBusy())
        throw new SidecarsRefused('Something else is being brought in. Wait until that is done.')
      const begun: SidecarReading = { ...shown, state: 'taking', total: looked.length, done: 0 }
      start(begun, signal => takeAll(conflicts, signal))
      return begun
    },

    /** Resolves when it has ended. What was only looked at is forgotten. */
    async cancel(): Promise<void> {
      control.abort()
      await underWay
      if (shown?.state !== 'looked') return
      looked = []
      change({ state: 'cancelled' })
    },
  }
}

const unexpected = 'Something went wrong inside Burg Ink while sidecars were read. Nothing was taken over. Try again.'

/** @returns null where the original is in no folder of this computer. */
function besideOriginal(media: PublishedMedia): Beside | null {
  const { source, sourceId, folder, path, hasNamesake } = media
  const names = path?.split('/') ?? []
  if (source !== 'folder' || folder === null || path !== sourceId || names.includes('..')) return null
  const original = join(folder.path, ...names)
  return {
    media,
    picture: { folder: join(folder.path, ...names.slice(0, -1)), filename: basename(original), hasNamesake },
  }
}

function refusalOf({ media }: Beside, found: FoundSidecar | null | undefined): SidecarReading['refusals'] {
  if (!found || !('reason' in found)) return []
  return [{ file: [...(media.path ?? '').split('/').slice(0, -1), found.file].join('/'), reason: found.reason }]
}

function sidecarOf(
  { media }: Beside,
  found: FoundSidecar | null | undefined,
): { sidecar: SidecarOfMedia; file: string }[] {
  if (!found || 'reason' in found) return []
  const { words, isOwn } = found
  return [{ sidecar: { mediaId: media.id, words, isOwn }, file: media.path ?? media.filename }]
}

/** Each folder is looked for once. */
function createReachable() {
  const known = new Map<string, boolean>()
  return async function isReachable(folder: string): Promise<boolean> {
    if (!known.has(folder)) {
      const isThere = await stat(folder).then(
        found => found.isDirectory(),
        () => false,
      )
      known.set(folder, isThere)
    }
    return known.get(folder) as boolean
  }
}

function counted(
  before: SidecarReading['changes'],
  differences: readonly SidecarDifference[],
): SidecarReading['changes'] {
  const counts: Partial<Record<SidecarField, number>> = { ...before }
  for (const { field } of differences) counts[field] = (counts[field] ?? 0) + 1
  return counts
}

const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text)
