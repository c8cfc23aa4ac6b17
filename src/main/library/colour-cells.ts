import { toOklab } from '../../shared/oklab.ts'

/**
 * The colours of a palette are filed by the cube of OKLab that each is in, so that those near a swatch are some terms more
 * and no second look at each picture. Half of an edge is the most by which a tolerance is off; hardly anyone sees it.
 */
const edge = 0.05
/** No index of a or b is below it. */
const least = -10

type Lab = readonly [lightness: number, a: number, b: number]

/** @param hex `#rrggbb` */
export function colourCell(hex: string): string {
  return termOf(cellOf(labOf(hex)))
}

/** The cubes whose middles are within the tolerance, and the swatch's own. @param tolerance in hundredths */
export function cellsNear(hex: string, tolerance: number): string[] {
  const lab = labOf(hex)
  const own = cellOf(lab)
  const far = tolerance / 100
  const reach = Math.ceil(far / edge)
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach)
  const found = new Set([termOf(own)])
  for (const l of steps)
    for (const a of steps)
      for (const b of steps) {
        const cell: Lab = [own[0] + l, own[1] + a, own[2] + b]
        const distance = Math.hypot(...cell.map((index, axis) => index * edge - (lab[axis] as number)))
        if (distance <= far && isWithin(cell)) found.add(termOf(cell))
      }
  return [...found]
}

/** Where colours of a screen can be. */
const isWithin = ([l, a, b]: Lab): boolean => l >= 0 && l <= 20 && Math.abs(a) <= 8 && Math.abs(b) <= 8

function labOf(hex: string): Lab {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  const lab = new Float64Array(3)
  toOklab(channel(1), channel(3), channel(5), lab)
  return [lab[0] as number, lab[1] as number, lab[2] as number]
}

const cellOf = ([l, a, b]: Lab): Lab => [Math.round(l / edge), Math.round(a / edge), Math.round(b / edge)]
const termOf = ([l, a, b]: Lab): string => `p${[l, a - least, b - least].map(index => index.toString(36)).join('')}`
