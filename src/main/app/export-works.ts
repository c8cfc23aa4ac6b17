import type { Artwork } from '../../shared/artworks.ts'
import type { WorksChoice, WorksOrder } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'
import {
  csvTexts,
  ExportFailed,
  fileTarget,
  folderTarget,
  type PublishedWorks,
  type WorkPicture,
  workColumns,
  worksJsonTexts,
  writeWholeFile,
} from '../publishing/index.ts'
import { portfolioOf, writeWorksPortfolio } from './export-portfolio.ts'
import type { ExportRun, ToWrite } from './export-run.ts'

/** Read between two turns of everything else: each takes a third of a millisecond. */
const pageSize = 20

/** Works, for other programs and for people. @throws {ExportFailed} where it cannot begin. */
export async function worksToWrite(
  library: Library,
  picture: WorkPicture,
  chosen: WorksChoice,
  order: WorksOrder,
): Promise<ToWrite> {
  const total = 'artworkIds' in chosen ? chosen.artworkIds.length : library.artworkLists.count(chosen.filter)
  if (total === 0)
    throw new ExportFailed('There is no artwork to export. Choose others, or make one of pictures first.')
  if (order.format === 'portfolio') {
    const options = { ...portfolioOf(order), folder: await folderTarget(order.to, library.layout.folder) }
    // It says itself how far it is: a work is done with once its page is there.
    const write = (run: ExportRun): Promise<void> =>
      writeWorksPortfolio(pagesOf(library, chosen, { ...run, change() {} }), picture, options, run)
    return { path: options.folder, total, write }
  }
  const ending = order.format === 'works-csv' ? 'csv' : 'json'
  const path = await fileTarget(order.to, ending, library.layout.folder, new Date())
  return {
    path,
    total,
    write(run) {
      const pages = pagesOf(library, chosen, run)
      const texts =
        order.format === 'works-csv' ? csvTexts(workColumns, pages, order) : worksJsonTexts(pages, new Date())
      return writeWholeFile(path, texts)
    },
  }
}

/** A work that was deleted meanwhile is passed over. */
async function* pagesOf(library: Library, chosen: WorksChoice, { signal, change }: ExportRun): PublishedWorks {
  let done = 0
  for (const ids of idPages(library, chosen)) {
    await new Promise(resolve => setImmediate(resolve))
    signal.throwIfAborted()
    yield ids.map(id => library.artworkLists.get(id)).filter((work): work is Artwork => work !== null)
    done += ids.length
    change({ done })
  }
  signal.throwIfAborted()
}

function* idPages(library: Library, chosen: WorksChoice): Generator<number[]> {
  if ('artworkIds' in chosen) {
    for (let at = 0; at < chosen.artworkIds.length; at += pageSize) yield chosen.artworkIds.slice(at, at + pageSize)
    return
  }
  let after: string | null = null
  do {
    const page: ReturnType<Library['artworkLists']['page']> = library.artworkLists.page(chosen, after, pageSize)
    yield page.items.map(({ id }) => id)
    after = page.nextCursor
  } while (after !== null)
}
