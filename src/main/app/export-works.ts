import type { Artwork } from '../../shared/artworks.ts'
import type { WorksChoice, WorksOrder } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'
import {
  catalogueBytes,
  csvTexts,
  ExportFailed,
  fileTarget,
  folderTarget,
  labelBytes,
  type PublishedWorks,
  type Remark,
  type WorkPicture,
  workColumns,
  worksJsonTexts,
  writeWholeFile,
} from '../publishing/index.ts'
import { portfolioOf, writeWorksPortfolio } from './export-portfolio.ts'
import type { ExportRun, ToWrite } from './export-run.ts'

/** Read between two turns of everything else: each takes a third of a millisecond, and to print one a good deal more. */
const pageSizes = { 'works-csv': 20, 'works-json': 20, catalogue: 1, labels: 1, portfolio: 20 } as const

const remarksMost = 100

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
      writeWorksPortfolio(
        pagesOf(library, chosen, pageSizes[order.format], { ...run, change() {} }),
        picture,
        options,
        run,
      )
    return { path: options.folder, total, write }
  }
  const path = await fileTarget(order.to, endings[order.format], library.layout.folder, new Date())
  return {
    path,
    total,
    write(run) {
      const works = pagesOf(library, chosen, pageSizes[order.format], run)
      return writeWholeFile(path, partsOf(works, picture, order, run))
    },
  }
}

const endings = { 'works-csv': 'csv', 'works-json': 'json', catalogue: 'pdf', labels: 'pdf' } as const

function partsOf(
  works: PublishedWorks,
  picture: WorkPicture,
  order: Exclude<WorksOrder, { format: 'portfolio' }>,
  { shown, change }: ExportRun,
): AsyncIterable<string | Uint8Array> {
  const now = new Date()
  if (order.format === 'works-csv') return csvTexts(workColumns, works, order)
  if (order.format === 'works-json') return worksJsonTexts(works, now)
  const tell = (remark: Remark): void => {
    const { remarks, remarked } = shown()
    change({ remarked: remarked + 1, remarks: [...remarks, remark].slice(0, remarksMost) })
  }
  if (order.format === 'labels') return labelBytes(works, { ...order, now }, tell)
  return catalogueBytes(works, picture, { ...order, now }, tell)
}

/** A work that was deleted meanwhile is passed over. */
async function* pagesOf(
  library: Library,
  chosen: WorksChoice,
  pageSize: number,
  { signal, change }: ExportRun,
): PublishedWorks {
  let done = 0
  for (const ids of idPages(library, chosen, pageSize)) {
    await new Promise(resolve => setImmediate(resolve))
    signal.throwIfAborted()
    yield ids.map(id => library.artworkLists.get(id)).filter((work): work is Artwork => work !== null)
    done += ids.length
    change({ done })
  }
  signal.throwIfAborted()
}

function* idPages(library: Library, chosen: WorksChoice, pageSize: number): Generator<number[]> {
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
