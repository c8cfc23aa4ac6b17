import { oklabToHex, toOklab } from '../../shared/oklab.ts'

/**
 * The colours of a palette are filed by the cube of OKLab that each is in, so that those near a swatch are some terms more
 * and no second look at each picture: `p`, three digits for a cube, and a fourth for the eighth of it. Far from the swatch
 * whole cubes do, by their beginning, which full text has an index for. A tolerance is met to half an edge.
 */
const edge = 0.1
/** Up to this tolerance, in hundredths, eighths are looked for. */
const fineUpTo = 10
/** No index of a or b is below it. */
const least = -5

type Lab = readonly [lightness: number, a: number, b: number]

/** @param hex `#rrggbb` */
export function colourCell(hex: string): string {
  return termOf(cellOf(labOf(hex), edge / 2))
}

/** The cubes whose middles are within the tolerance, and the swatch's own. @param tolerance in hundredths */
export function cellsNear(hex: string, tolerance: number): string[] {
  const isFine = tolerance <= fineUpTo
  const size = isFine ? edge / 2 : edge
  const nameOf = (cell: Lab): string => (isFine ? termOf(cell) : `${cubeOf(cell)}*`)
  const lab = labOf(hex)
  const own = cellOf(lab, size)
  const found = new Set([nameOf(own)])
  const reach = Math.ceil(tolerance / 100 / size)
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach)
  for (const l of steps)
    for (const a of steps)
      for (const b of steps) {
        const cell: Lab = [own[0] + l, own[1] + a, own[2] + b]
        const middle = middleOf(cell, size)
        if (distance(middle, lab) <= tolerance / 100 && isOnScreens(middle, size)) found.add(nameOf(cell))
      }
  return [...found]
}

/** Greys, which are many and all but the same, lie in the middle of eighths and not where two of them meet. */
const shift = edge / 4

function cellOf([l, a, b]: Lab, size: number): Lab {
  return [Math.floor(l / size), Math.floor((a + shift) / size), Math.floor((b + shift) / size)]
}

function middleOf([l, a, b]: Lab, size: number): Lab {
  return [(l + 0.5) * size, (a + 0.5) * size - shift, (b + 0.5) * size - shift]
}

const distance = (one: Lab, other: Lab): number => Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])

/** Whether the cube can hold a colour that a screen shows, and so any picture. */
const isOnScreens = (middle: Lab, size: number): boolean => distance(labOf(oklabToHex(...middle)), middle) <= size * 1.5

function labOf(hex: string): Lab {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  const lab = new Float64Array(3)
  toOklab(channel(1), channel(3), channel(5), lab)
  return [lab[0] as number, lab[1] as number, lab[2] as number]
}

const cubeOf = ([l, a, b]: Lab): string => `p${[l, a - least, b - least].map(index => index.toString(36)).join('')}`

/** @param cell by eighths */
function termOf([l, a, b]: Lab): string {
  const half = (index: number): number => Math.floor(index / 2)
  const odd = (index: number): number => index - 2 * half(index)
  return `${cubeOf([half(l), half(a), half(b)])}${odd(l) * 4 + odd(a) * 2 + odd(b)}`
}
