import type { WorksOrder } from '../../shared/contract.ts'
import { ExportFailed, type PublishedWorks, type WorkPicture, writePortfolio } from '../publishing/index.ts'
import type { ExportRun } from './export-run.ts'

const refusalsMax = 100

export type PortfolioOrder = WorksOrder & { format: 'portfolio' }

/** What of an order cannot be done is told before anything is begun. @throws {ExportFailed} */
export function portfolioOf({ artist, about, contact, address, isIndexed, ...order }: PortfolioOrder) {
  if (artist.trim() === '')
    throw new ExportFailed('Say whose works they are: the portfolio needs the name of the artist.')
  return {
    artist: artist.trim(),
    about: about.trim() || null,
    contact: contact.trim() || null,
    address: address.trim() === '' ? null : siteAddress(address.trim()),
    isIndexed,
    shows: { status: order.showsStatus, prices: order.showsPrices, provenance: order.showsProvenance },
  }
}

export async function writeWorksPortfolio(
  works: PublishedWorks,
  picture: WorkPicture,
  options: ReturnType<typeof portfolioOf> & { folder: string },
  { signal, shown, change }: ExportRun,
): Promise<void> {
  const untilAborted: WorkPicture = (id, longestEdge) => {
    signal.throwIfAborted()
    return picture(id, longestEdge)
  }
  for await (const progress of writePortfolio(works, untilAborted, options)) {
    const { done, unchanged, refused, refusals } = shown()
    change({
      done: done + progress.works,
      unchanged: unchanged + progress.unchanged,
      refused: refused + progress.refusals.length,
      refusals: [...refusals, ...progress.refusals].slice(0, refusalsMax),
    })
    signal.throwIfAborted()
  }
}

/** With a slash at its end, so that names of files can follow. */
function siteAddress(typed: string): string {
  const url = URL.parse(typed)
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password
  if (isPlain) return url.href.replace(/(?:\/index\.html)?\/?$/, '/')
  throw new ExportFailed(
    `${typed} is no address of a site. Write it such as https://example.com/works, or leave it out.`,
  )
}
