import type { Export, ExportOrder, PublishedChoice } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'
import {
  csvTexts,
  ExportFailed,
  fileTarget,
  folderNames,
  folderTarget,
  jsonTexts,
  type PublishedMedia,
  type PublishedPages,
  writeSidecars,
  writeWholeFile,
} from '../publishing/index.ts'

/** Told within some twenty milliseconds, so that neither progress nor a cancel waits for long. */
const pageSize = 200
/** How often it is said how far an export is. */
const sayMs = 250
/** More than a library ever holds. */
const countedMax = 100_000_000
const refusalsMax = 100

type Place = Export['path']
interface PublishedPage {
  items: PublishedMedia[]
  nextAfter: string | null
}

export type Exports = ReturnType<typeof createExports>

/**
 * One export at a time, beside all other work. It is no job of the engine: a file that is not whole is never left and sidecars
 * that are up to date are passed over, so there is nothing to go on from after a kill. Whoever wanted it asks again.
 */
export function createExports(library: Library, say: () => void, report: (error: unknown) => void) {
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

  async function* pagesOf(chosen: PublishedChoice, signal: AbortSignal): PublishedPages {
    let after: string | null = null
    let done = 0
    do {
      signal.throwIfAborted()
      const page: PublishedPage = await library.ask.publishedPage(chosen, after, pageSize)
      yield page.items
      done += page.items.length
      change({ done })
      after = page.nextAfter
    } while (after !== null)
    signal.throwIfAborted()
  }

  async function writeAllSidecars(order: ExportOrder & { format: 'xmp' }, pages: PublishedPages): Promise<void> {
    const { to: folder, ...how } = order
    const options = { ...how, folder, folderNames: folderNames(library.folders.list()) }
    for await (const results of writeSidecars(pages, options)) {
      if (!shown) return
      const { unchanged, refused, refusals } = shown
      const refusedNow = results.flatMap(({ file, end }) =>
        typeof end === 'object' ? [{ file, reason: end.reason }] : [],
      )
      change({
        unchanged: unchanged + results.filter(({ end }) => end === 'unchanged').length,
        refused: refused + refusedNow.length,
        refusals: [...refusals, ...refusedNow].slice(0, refusalsMax),
      })
    }
  }

  async function write(order: ExportOrder, path: Place, pages: PublishedPages): Promise<void> {
    if (order.format === 'xmp') return writeAllSidecars(order, pages)
    const texts = order.format === 'csv' ? csvTexts(pages, order) : jsonTexts(pages, new Date())
    return writeWholeFile(path as string, texts)
  }

  async function run(chosen: PublishedChoice, order: ExportOrder, path: Place, signal: AbortSignal): Promise<void> {
    try {
      await write(order, path, pagesOf(chosen, signal))
      change({ state: 'completed' })
    } catch (cause) {
      if (signal.aborted) return change({ state: 'cancelled' })
      const isExpected = cause instanceof ExportFailed
      if (!isExpected) report(cause)
      change({ state: 'failed', message: isExpected ? cause.message : unexpected })
    }
  }

  async function placeOf(order: ExportOrder): Promise<Place> {
    const libraryFolder = library.layout.folder
    if (order.format !== 'xmp') return fileTarget(order.to, order.format, libraryFolder, new Date())
    return order.to === null ? null : folderTarget(order.to, libraryFolder)
  }

  async function countOf(chosen: PublishedChoice): Promise<number> {
    return 'mediaIds' in chosen ? chosen.mediaIds.length : library.ask.countUpTo(chosen, countedMax)
  }

  async function begin(chosen: PublishedChoice, order: ExportOrder): Promise<Export> {
    const path = await placeOf(order)
    const total = await countOf(chosen)
    if (total === 0) throw new ExportFailed('There is no picture to export. Choose others.')
    const { format } = order
    const nothingYet = { done: 0, unchanged: 0, refused: 0, refusals: [], message: null }
    const begun: Export = { id: (shown?.id ?? 0) + 1, format, state: 'running', total, path, ...nothingYet }
    shown = begun
    saidAtMs = 0
    control = new AbortController()
    underWay = run(chosen, order, path, control.signal)
    change({})
    return begun
  }

  return {
    state: (): Export | null => shown,

    /** @throws {ExportFailed} where it cannot begin. */
    async start(chosen: PublishedChoice, order: ExportOrder): Promise<Export> {
      if (isBeginning || shown?.state === 'running') {
        throw new ExportFailed('An export is under way. Wait until it is done, or cancel it.')
      }
      isBeginning = true
      try {
        return await begin(chosen, order)
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
