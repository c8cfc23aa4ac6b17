import type { Artwork } from '../../../shared/artworks.ts'
import type { LabelSize, PageSize } from '../../../shared/printing.ts'
import { saleLine } from '../caption.ts'
import type { PublishedWorks } from '../works.ts'
import { factsOf, titleLine } from './caption.ts'
import { type LabelGrid, labelGridOf } from './label-grid.ts'
import { type LabelParagraph, leading, setLabel } from './label-text.ts'
import { type Hairline, openPaper, type Paper } from './paper.ts'
import { nameOf, type TellRemark, tellOfMissing } from './remarks.ts'
import { mm } from './sizes.ts'

export interface LabelOptions {
  /** Empty: none is named. */
  artist: string
  now: Date
  pageSize: PageSize
  labelSize: LabelSize
  showsPrices: boolean
}

/** Of a label that is 50 mm high. */
const sizes = { artist: 11, title: 14.5, fact: 10.5, small: 8.5 }
/** One is read from about as far as another, so that on larger labels text grows less than they do. */
const growth = (height: number): number => Math.sqrt(height / mm(50))
const capHeight = 0.65

/** Sheets of labels that stand beside works on a wall, with marks to cut them along. */
export async function* labelBytes(
  works: PublishedWorks,
  options: LabelOptions,
  tell: TellRemark,
): AsyncGenerator<Uint8Array> {
  const grid = labelGridOf(options.labelSize, options.pageSize)
  const { artist: author, now } = options
  const paper = await openPaper({ page: grid.page, title: 'Wall labels', author, now })
  const onSheet = grid.columns * grid.rows
  let count = 0
  for await (const some of works) {
    for (const work of some) {
      if (count % onSheet === 0) {
        const sheet = paper.turn()
        paper.begin(`Sheet ${sheet}`)
        paper.hairlines(cropMarks(grid))
      }
      putLabel(paper, grid, count % onSheet, work, options, tell)
      count += 1
      yield* paper.taken()
    }
  }
  // A file without a page is none.
  if (count === 0) paper.turn()
  yield* paper.end()
}

function putLabel(
  paper: Paper,
  { label, columns, ...grid }: LabelGrid,
  place: number,
  work: Artwork,
  options: LabelOptions,
  tell: TellRemark,
): void {
  const inset = label.height * 0.14
  const box = { width: label.width - 2 * inset, height: label.height - 2 * inset }
  const x = grid.x + (place % columns) * label.width + inset
  let y = grid.y + Math.floor(place / columns) * label.height + inset
  const { paragraphs, isCut } = setLabel(labelParagraphs(paper, work, options, label.height), box, paper.measure)
  if (isCut) tell({ work: nameOf(work), text: 'Its label is too small for all of its text, which ends with ….' })
  tellOfMissing(paper, nameOf(work), tell)
  for (const { lines, size, gap, grey = 'black', kind } of paragraphs) {
    const part = paper.part(kind)
    y += gap
    for (const line of lines) {
      part.line(line, x, y + size * capHeight, { size, grey })
      y += size * leading
    }
    part.end()
  }
}

function labelParagraphs(paper: Paper, work: Artwork, options: LabelOptions, height: number): LabelParagraph[] {
  const scale = growth(height)
  const say = (text: string | null, size: number, gap: number, grey: 'black' | 'grey' = 'black'): LabelParagraph[] =>
    text ? [{ kind: 'P', text: [paper.set(text)], size: size * scale, gap: gap * scale, grey }] : []
  const title = titleLine(work).map(({ text, style }) => paper.set(text, style))
  const facts = [...factsOf(work), saleLine(work, { status: false, prices: options.showsPrices })].filter(
    fact => fact !== null,
  )
  return [
    ...say(options.artist, sizes.artist, 0),
    { kind: 'H2', text: title, size: sizes.title * scale, gap: options.artist === '' ? 0 : 3 * scale },
    ...facts.flatMap((fact, place) => say(fact, sizes.fact, place === 0 ? 5 : 0)),
    ...say(work.inventoryNumber, sizes.small, 5, 'grey'),
  ]
}

const markLength = mm(4)
const markGap = mm(1)

/** Beside the outermost labels, where they end: nothing is printed on a label itself. */
function cropMarks({ x, y, label, columns, rows }: LabelGrid): Hairline[] {
  const [right, below] = [x + columns * label.width, y + rows * label.height]
  const marks: Hairline[] = []
  for (let column = 0; column <= columns; column += 1) {
    const at = x + column * label.width
    marks.push({ from: [at, y - markGap], to: [at, y - markGap - markLength] })
    marks.push({ from: [at, below + markGap], to: [at, below + markGap + markLength] })
  }
  for (let row = 0; row <= rows; row += 1) {
    const at = y + row * label.height
    marks.push({ from: [x - markGap, at], to: [x - markGap - markLength, at] })
    marks.push({ from: [right + markGap, at], to: [right + markGap + markLength, at] })
  }
  return marks
}
