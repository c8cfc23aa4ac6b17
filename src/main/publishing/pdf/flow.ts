import { type Line, linesOf } from './lines.ts'
import type { Ink, Paper, PartKind } from './paper.ts'

export interface Type extends Ink {
  /** From one line to the next. */
  leading: number
}

/** Of EB Garamond, in parts of its size. */
const capHeight = 0.65
const descent = 0.3

export interface Column {
  x: number
  width: number
}

export type Flow = ReturnType<typeof createFlow>

/** Text that goes down a page and on to the next one. `y` is where the capitals of the next line begin. */
export function createFlow(paper: Paper, { top, bottom }: { top: number; bottom: number }, onTurn: () => void) {
  let y = bottom
  let pages = 0

  function turn(): void {
    onTurn()
    pages += 1
    y = top
  }

  return {
    turn,
    /** How often it went on to another page. */
    pages: (): number => pages,
    y: (): number => y,
    moveTo: (place: number): void => {
      y = place
    },
    skip: (height: number): void => {
      y += height
    },
    /** Goes on to the next page where less than this is left. */
    need(height: number): void {
      if (y + height > bottom) turn()
    },
    put(kind: PartKind, text: Line, { x, width }: Column, type: Type): void {
      const part = paper.part(kind)
      for (const line of linesOf(text, width, paper.measure(type.size))) {
        if (y + type.size * (capHeight + descent) > bottom) turn()
        part.line(line, x, y + type.size * capHeight, type)
        y += type.leading
      }
      part.end()
    },
  }
}
