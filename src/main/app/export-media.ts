import type { ExportOrder, PublishedChoice } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'
import {
  csvTexts,
  ExportFailed,
  fileTarget,
  folderNames,
  folderTarget,
  mediaColumns,
  mediaJsonTexts,
  type PublishedMedia,
  type PublishedPages,
  writeSidecars,
  writeWholeFile,
} from '../publishing/index.ts'
import type { ExportRun, ToWrite } from './export-run.ts'

/** Told within some twenty milliseconds, so that neither progress nor a cancel waits for long. */
const pageSize = 200
/** More than a library ever holds. */
const countedMax = 100_000_000
const refusalsMax = 100

interface PublishedPage {
  items: PublishedMedia[]
  nextAfter: string | null
}

/** What is known of pictures: a table, JSON, or sidecars. @throws {ExportFailed} where it cannot begin. */
export async function mediaToWrite(library: Library, chosen: PublishedChoice, order: ExportOrder): Promise<ToWrite> {
  const path = await pathOf(library, order)
  const total = 'mediaIds' in chosen ? chosen.mediaIds.length : await library.ask.countUpTo(chosen, countedMax)
  if (total === 0) throw new ExportFailed('There is no picture to export. Choose others.')
  return {
    path,
    total,
    write(run) {
      const pages = pagesOf(library, chosen, run)
      if (order.format === 'xmp') return writeAllSidecars(library, order, pages, run)
      const texts = order.format === 'csv' ? csvTexts(mediaColumns, pages, order) : mediaJsonTexts(pages, new Date())
      return writeWholeFile(path as string, texts)
    },
  }
}

async function pathOf(library: Library, order: ExportOrder): Promise<string | null> {
  const libraryFolder = library.layout.folder
  if (order.format !== 'xmp') return fileTarget(order.to, order.format, libraryFolder, new Date())
  return order.to === null ? null : folderTarget(order.to, libraryFolder)
}

async function* pagesOf(library: Library, chosen: PublishedChoice, { signal, change }: ExportRun): PublishedPages {
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

async function writeAllSidecars(
  library: Library,
  order: ExportOrder & { format: 'xmp' },
  pages: PublishedPages,
  { shown, change }: ExportRun,
): Promise<void> {
  const { to: folder, ...how } = order
  const options = { ...how, folder, folderNames: folderNames(library.folders.list()) }
  for await (const results of writeSidecars(pages, options)) {
    const { unchanged, refused, refusals } = shown()
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
