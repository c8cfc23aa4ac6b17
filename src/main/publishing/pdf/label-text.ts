import { type Line, linesOf, type Measure, withEllipsis } from './lines.ts'
import type { PartKind } from './paper.ts'
import type { Size } from './sizes.ts'

export interface LabelParagraph {
  kind: PartKind
  text: Line
  /** In points, where nothing has to be smaller. */
  size: number
  grey?: 'black' | 'grey'
  /** Above it, in points. */
  gap: number
}

export interface SetParagraph extends LabelParagraph {
  lines: Line[]
}

export interface SetLabel {
  paragraphs: SetParagraph[]
  isCut: boolean
}

/** From one line to the next, in parts of its size. */
export const leading = 1.25
const step = 0.05
/** Smaller than this part of its size no label is printed: nobody would read it on a wall. */
const smallest = 0.7

const heightOf = (paragraphs: readonly SetParagraph[]): number =>
  paragraphs.reduce((sum, { lines, size, gap }) => sum + gap + lines.length * size * leading, 0)

/** All text as large as goes into a box; below the smallest size the longest texts lose their ends. */
export function setLabel(
  paragraphs: readonly LabelParagraph[],
  box: Size,
  measureIn: (size: number) => Measure,
): SetLabel {
  const at = (scale: number): SetParagraph[] =>
    paragraphs.map(paragraph => {
      const size = paragraph.size * scale
      const lines = linesOf(paragraph.text, box.width, measureIn(size))
      return { ...paragraph, size, gap: paragraph.gap * scale, lines }
    })
  for (let scale = 1; scale > smallest; scale -= step) {
    const set = at(scale)
    if (heightOf(set) <= box.height) return { paragraphs: set, isCut: false }
  }
  const set = at(smallest)
  if (heightOf(set) <= box.height) return { paragraphs: set, isCut: false }
  return { paragraphs: cut(set, box, measureIn), isCut: true }
}

function cut(set: SetParagraph[], box: Size, measureIn: (size: number) => Measure): SetParagraph[] {
  const full = set.map(({ lines }) => lines.length)
  while (heightOf(set) > box.height) {
    const longest = set.reduce((a, b) => (b.lines.length > a.lines.length ? b : a))
    if (longest.lines.length === 1) break
    longest.lines.pop()
  }
  for (const [place, { lines, size }] of set.entries()) {
    const last = lines.at(-1)
    if (last && lines.length < (full[place] as number)) {
      lines.splice(-1, 1, withEllipsis(last, box.width, measureIn(size)))
    }
  }
  return set
}
