import type { Export, Input } from '../../shared/contract.ts'
import type { Imaging } from '../imaging/index.ts'
import type { Library } from '../library/index.ts'
import { ExportFailed } from '../publishing/index.ts'
import { mediaToWrite } from './export-media.ts'
import type { ToWrite } from './export-run.ts'
import { worksToWrite } from './export-works.ts'
import { createWorkPicture } from './work-picture.ts'

/** How often it is said how far an export is. */
const sayMs = 250

export type Exports = ReturnType<typeof createExports>

/**
 * One export at a time, beside all other work. It is no job of the engine: a file that is not whole is never left and sidecars
 * that are up to date are passed over, so there is nothing to go on from after a kill. Whoever wanted it asks again.
 */
export function createExports(
  library: Library,
  imaging: Pick<Imaging, 'reduce'>,
  say: () => void,
  report: (error: unknown) => void,
) {
  const picture = createWorkPicture(library, imaging)
  let shown: Export | null = null
  let control = new AbortController()
  let underWay: Promise<void> = Promise.resolve()
  let isBeginning = false
  let saidAtMs = 0

  function change(changes: Partial<Export>): void {
    if (shown) shown = { ...shown, ...changes }
    const nowMs = performance.now()
    if (shown?.state === 'running' && nowMs - saidAtMs < sayMs) return
    saidAtMs = nowMs
    say()
  }

  async function run({ write }: ToWrite, signal: AbortSignal): Promise<void> {
    try {
      await write({ signal, change, shown: () => shown as Export })
      change({ state: 'completed' })
    } catch (cause) {
      if (signal.aborted) return change({ state: 'cancelled' })
      const isExpected = cause instanceof ExportFailed
      if (!isExpected) report(cause)
      change({ state: 'failed', message: isExpected ? cause.message : unexpected })
    }
  }

  async function begin(asked: Input<'export.start'>): Promise<Export> {
    const toWrite =
      'works' in asked
        ? await worksToWrite(library, picture, asked.works, asked.order)
        : await mediaToWrite(library, asked.chosen, asked.order)
    const { path, total } = toWrite
    const nothingYet = { done: 0, unchanged: 0, refused: 0, refusals: [], remarks: [], remarked: 0, message: null }
    const { format } = asked.order
    const begun: Export = { id: (shown?.id ?? 0) + 1, format, state: 'running', total, path, ...nothingYet }
    shown = begun
    saidAtMs = 0
    control = new AbortController()
    underWay = run(toWrite, control.signal)
    change({})
    return begun
  }

  return {
    state: (): Export | null => shown,

    /** @throws {ExportFailed} where it cannot begin. */
    async start(asked: Input<'export.start'>): Promise<Export> {
      if (isBeginning || shown?.state === 'running') {
        throw new ExportFailed('An export is under way. Wait until it is done, or cancel it.')
      }
      isBeginning = true
      try {
        return await begin(asked)
      } finally {
        isBeginning = false
      }
    },

    /** Resolves when it has ended. */
    async cancel(): Promise<void> {
      control.abort()
      await underWay
    },
  }
}

const unexpected = 'Something went wrong inside Burg Ink, and the export is not whole. Try again.'
