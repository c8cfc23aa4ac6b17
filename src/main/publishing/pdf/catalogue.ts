import type { Artwork } from '../../../shared/artworks.ts'
import type { CatalogueLayout, PageSize } from '../../../shared/printing.ts'
import { saleLine } from '../caption.ts'
import type { PublishedWorks, WorkPicture } from '../works.ts'
import { factsOf, titleLine } from './caption.ts'
import { type Column, createFlow, type Flow, type Type } from './flow.ts'
import { paragraphsOf } from './letters.ts'
import type { Line } from './lines.ts'
import { openPaper, type Paper } from './paper.ts'
import { nameOf, type TellRemark, tellOfMissing } from './remarks.ts'
import { fitInto, mm, pageSizes, type Size } from './sizes.ts'
import { putTitlePage } from './title-page.ts'

export interface CatalogueOptions {
  title: string
  /** Empty: none is named. */
  artist: string
  now: Date
  pageSize: PageSize
  layout: CatalogueLayout
  showsStatus: boolean
  showsPrices: boolean
  showsStatement: boolean
  showsProvenance: boolean
  /** At the end, with the page of each. */
  listsWorks: boolean
}

const side = mm(22)
const top = mm(22)
const foot = mm(24)

/** Of a picture that is printed this long, at 300 dots an inch. */
const pixels = (points: number): number => Math.ceil((points / 72) * 300)

interface Types {
  title: Type
  fact: Type
  small: Type
  text: Type
}

const types: Record<CatalogueLayout, Types> = {
  one: {
    title: { size: 14, leading: 18 },
    fact: { size: 11, leading: 15 },
    small: { size: 9.5, leading: 14, grey: 'grey' },
    text: { size: 11, leading: 15.5 },
  },
  two: {
    title: { size: 12, leading: 15.5 },
    fact: { size: 10, leading: 13.5 },
    small: { size: 9, leading: 13, grey: 'grey' },
    text: { size: 9.5, leading: 13 },
  },
  list: {
    title: { size: 11.5, leading: 14.5 },
    fact: { size: 9.5, leading: 12.5 },
    small: { size: 9, leading: 12.5, grey: 'grey' },
    text: { size: 9.5, leading: 13 },
  },
}

/** Where a work stands on its page: its picture, and the column of what is said of it. */
interface Place {
  box: Size
  column: Column
  /** From the top of the picture's box down to the text. */
  textBelow: number
  height: number
  gap: number
}

function placeOf(layout: CatalogueLayout, page: Size): Place {
  const width = page.width - 2 * side
  const height = page.height - top - foot
  if (layout === 'one') {
    const box = { width, height: height * 0.71 }
    return { box, column: { x: side, width: mm(130) }, textBelow: box.height + mm(9), height, gap: 0 }
  }
  const gap = layout === 'two' ? mm(14) : mm(6)
  const box = layout === 'two' ? { width: width * 0.58, height: (height - gap) / 2 } : { width: mm(26), height: mm(26) }
  const x = side + box.width + mm(8)
  return { box, column: { x, width: side + width - x }, textBelow: 0, height: box.height, gap }
}

/** A catalogue as it is printed, of works as they come: no more than one page of it is ever held. */
export async function* catalogueBytes(
  works: PublishedWorks,
  picture: WorkPicture,
  options: CatalogueOptions,
  tell: TellRemark,
): AsyncGenerator<Uint8Array> {
  const { title, artist: author, now, layout } = options
  const page = pageSizes[options.pageSize]
  const paper = await openPaper({ page, title, author, now })
  putTitlePage(paper, options)
  tellOfMissing(paper, 'Title page', tell)
  yield* paper.taken()

  let pageNumber = 1
  const flow = createFlow(paper, { top, bottom: page.height - foot }, () => {
    pageNumber = paper.turn()
    putPageNumber(paper, pageNumber)
  })
  const place = placeOf(layout, page)
  const listed: { line: Line; page: number }[] = []
  for await (const some of works) {
    for (const work of some) {
      const shown = work.media.find(({ role }) => role === 'main') ?? work.media[0]
      const longest = pixels(Math.max(place.box.width, place.box.height))
      const jpeg = shown ? await picture(shown.media.id, longest) : null
      flow.need(place.height)
      const line = titleLine(work).map(({ text, style }) => paper.set(text, style))
      if (options.listsWorks) listed.push({ line, page: pageNumber })
      putWork(paper, flow, place, { work, line, jpeg }, options)
      tellOfMissing(paper, nameOf(work), tell)
      yield* paper.taken()
    }
  }
  if (listed.length > 0) putList(paper, flow, listed)
  yield* paper.end()
}

interface Shown {
  work: Artwork
  line: Line
  jpeg: Awaited<ReturnType<WorkPicture>>
}

function putWork(paper: Paper, flow: Flow, place: Place, shown: Shown, options: CatalogueOptions): void {
  const { work, line } = shown
  const { title, fact, small, text } = types[options.layout]
  const { column } = place
  const [y, pages] = [flow.y(), flow.pages()]
  paper.begin(work.title)
  putPicture(paper, place, y, shown, options.layout === 'one')
  flow.moveTo(y + place.textBelow)
  const put = (words: string | null, type: Type): void => {
    if (words !== null) flow.put('P', [paper.set(words)], column, type)
  }
  flow.put('H2', line, column, title)
  for (const words of factsOf(work)) put(words, fact)
  put(saleLine(work, { status: options.showsStatus, prices: options.showsPrices }), fact)
  put(`Inv. ${work.inventoryNumber}`, small)
  const putText = (words: string | null, heading: string | null): void => {
    for (const [number, paragraph] of paragraphsOf(words ?? '').entries()) {
      flow.skip(text.leading * (number === 0 ? 0.6 : 0.35))
      if (number === 0 && heading !== null) {
        // Not alone at the foot of a page.
        flow.need(small.leading + text.leading)
        put(heading, small)
      }
      put(paragraph, text)
    }
  }
  if (options.showsStatement) putText(work.statement, null)
  if (options.showsProvenance) putText(work.provenance, 'Provenance')
  // Beside a short text the picture says where the next work begins.
  const end = flow.pages() === pages ? Math.max(flow.y(), y + place.height) : flow.y()
  flow.moveTo(end + place.gap)
}

/** Where there is no picture, an empty frame holds its place, with the work's own proportions. */
function putPicture(paper: Paper, { box }: Place, y: number, { work, jpeg }: Shown, isCentred: boolean): void {
  const size = fitInto(box, jpeg ?? proportionsOf(work))
  const x = isCentred ? side + (box.width - size.width) / 2 : side
  const from = isCentred ? y + (box.height - size.height) / 2 : y
  if (!jpeg) {
    paper.frame(x, from, size)
    return
  }
  const figure = paper.part('Figure', work.title)
  figure.picture(jpeg.jpeg, x, from, size)
  figure.end()
}

const proportionsOf = ({ dimensions }: Artwork): Size =>
  dimensions?.widthMm ? { width: dimensions.widthMm, height: dimensions.heightMm } : { width: 4, height: 3 }

function putPageNumber(paper: Paper, number: number): void {
  const line = [paper.set(String(number))]
  paper.asideLine(line, side, paper.page.height - mm(12), { size: 9, grey: 'grey' })
}

/** Last, as a page is known once the works are placed. */
function putList(paper: Paper, flow: Flow, listed: readonly { line: Line; page: number }[]): void {
  flow.turn()
  paper.begin('List of works')
  const column = { x: side + mm(12), width: paper.page.width - 2 * side - mm(12) }
  flow.put('H2', [paper.set('List of works')], column, { size: 20, leading: 40 })
  const type = { size: 11, leading: 16 }
  for (const { line, page } of listed) {
    flow.need(type.leading)
    const y = flow.y()
    flow.put('P', [paper.set(String(page))], { x: side, width: mm(12) }, { ...type, grey: 'grey' })
    flow.moveTo(y)
    flow.put('P', line, column, type)
  }
}
