import type { Artwork } from '../../../shared/artworks.ts'
import type { PublishedWorks, WorkPicture } from '../works.ts'
import { aboutPage } from './about-page.ts'
import { openPortfolioFolder, type Put } from './folder.ts'
import { seriesFile, workFile } from './names.ts'
import { pageText, type Site } from './page.ts'
import { createPictures } from './pictures.ts'
import { keys, style } from './style.ts'
import type { Hung } from './wall.ts'
import { type ShownWork, type WorkShows, workPage } from './work-page.ts'
import { type HungSeries, indexPage, seriesPage } from './works-pages.ts'

export interface PortfolioOptions {
  /** Empty, or one that a portfolio was written into. */
  folder: string
  artist: string
  /** Paragraphs, as they were typed; null: none. */
  about: string | null
  /** Lines; those that are addresses of mail or of the web become links. */
  contact: string | null
  /** Where the folder will be on the web; null: not known. */
  address: string | null
  /** Search engines may list it. */
  isIndexed: boolean
  shows: WorkShows
}

/** What was done since it was told of last. */
export interface PortfolioProgress {
  works: number
  written: number
  unchanged: number
  removed: number
  refusals: { file: string; reason: string }[]
}

/**
 * A site in one folder, of the works in their order. One work is held at a time, and of the others what a wall shows of them.
 * The page that leads to all of them is written last. What was changed since, or is another's, stays as it is and is told.
 * @throws {ExportFailed} where the folder is another's or cannot be written.
 */
export async function* writePortfolio(
  works: PublishedWorks,
  picture: WorkPicture,
  { folder: path, about, contact, shows, ...options }: PortfolioOptions,
): AsyncGenerator<PortfolioProgress> {
  const site: Site = { ...options, hasAbout: about !== null || contact !== null }
  const folder = await openPortfolioFolder(path)
  let progress = noProgress()
  const tell = (file: string, put: Put): void => {
    if (put === 'foreign') progress.refusals.push({ file, reason: reasons.foreign })
    else progress[put] += 1
  }
  const told = (): PortfolioProgress => {
    const now = progress
    progress = noProgress()
    return now
  }
  const write = async (file: string, text: string): Promise<void> => tell(file, await folder.put(file, text))
  const pictureOf = createPictures(folder, picture, tell)
  const hung: Hung[] = []
  const series = createSeries()

  try {
    await write('style.css', style)
    await write('keys.js', keys)
    for await (const { before, one, after } of neighbours(shownWorks(works, pictureOf))) {
      hung.push(one.hung)
      series.add(one)
      const turns = { before: before?.hung ?? null, after: after?.hung ?? null }
      await write(one.hung.file, pageText(site, workPage(site, one, turns, shows)))
      progress.works += 1
      yield told()
    }
    for (const one of series.all()) await write(one.file, pageText(site, seriesPage(site, one)))
    if (site.hasAbout) await write('about.html', pageText(site, aboutPage(site, about, contact)))
    await write('index.html', pageText(site, indexPage(site, hung, series.all(), about)))
    for await (const { file, end } of folder.finish()) {
      if (end === 'removed') progress.removed += 1
      else progress.refusals.push({ file, reason: reasons.leftOver })
    }
    yield told()
  } finally {
    await folder.close()
  }
}

const reasons = {
  foreign:
    'It is not as Burg Ink wrote it, and was left as it is. Remove or rename it, then export again, to have it anew.',
  leftOver: 'It is not part of the portfolio any more, but was changed since it was written. Remove it if it may go.',
}

const noProgress = (): PortfolioProgress => ({ works: 0, written: 0, unchanged: 0, removed: 0, refusals: [] })

async function* shownWorks(
  works: PublishedWorks,
  pictureOf: ReturnType<typeof createPictures>,
): AsyncGenerator<ShownWork> {
  for await (const page of works) {
    for (const work of page) yield await shownWork(work, pictureOf)
  }
}

async function shownWork(work: Artwork, pictureOf: ReturnType<typeof createPictures>): Promise<ShownWork> {
  const main = work.media.find(({ role }) => role === 'main') ?? work.media[0]
  const further = []
  for (const one of work.media) {
    const picture = one === main ? null : await pictureOf(one.media)
    if (picture) further.push({ role: one.role, picture })
  }
  const { title, year, series, seriesId } = work
  const hung = { file: workFile(work), title, year, picture: main ? await pictureOf(main.media) : null }
  return { work, hung, further, seriesFile: series === null || seriesId === null ? null : seriesFile(series, seriesId) }
}

function createSeries() {
  const byFile = new Map<string, HungSeries>()
  return {
    add({ work, hung, seriesFile: file }: ShownWork): void {
      if (file === null || work.series === null) return
      const one = byFile.get(file) ?? { file, name: work.series, works: [] }
      one.works.push(hung)
      byFile.set(file, one)
    },
    all: (): HungSeries[] =>
      [...byFile.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })),
  }
}

/** Each with those beside it, once it is known which comes after it. */
async function* neighbours<T>(all: AsyncIterable<T>): AsyncGenerator<{ before: T | null; one: T; after: T | null }> {
  let before: T | null = null
  let one: T | null = null
  for await (const after of all) {
    if (one !== null) yield { before, one, after }
    before = one
    one = after
  }
  if (one !== null) yield { before, one, after: null }
}
