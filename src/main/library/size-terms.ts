/**
 * A file is filed under how many digits its size has and the first two of them: 12,345,678 bytes under `b0712`. All of
 * 10 to 100 MB begin with `b07`, of 10 to 20 with `b071`, which full text has an index for: so any range is some beginnings.
 */
export function sizeTerm(bytes: number): string {
  const digits = String(Math.floor(bytes))
  return termOf({ tens: digits.length - 1, two: Number(digits.slice(0, 2).padEnd(2, '0')) })
}

interface Step {
  tens: number
  /** The first two digits. */
  two: number
}

const termOf = ({ tens, two }: Step): string => `b${pad(tens)}${pad(two)}`
const pad = (value: number): string => String(value).padStart(2, '0')
const stepOf = (bytes: number): Step => {
  const term = sizeTerm(bytes)
  return { tens: Number(term.slice(1, 3)), two: Number(term.slice(3)) }
}

/** One more than the most digits that the size of a file has. */
const beyond: Step = { tens: 16, two: 10 }
const isUpTo = (a: Step, b: Step): boolean => a.tens < b.tens || (a.tens === b.tens && a.two <= b.two)
/** Sizes below ten bytes, nothing among them, are one digit. */
const firstOf = (tens: number): number => (tens === 0 ? 0 : 10)

/** The beginnings that together make the range from `from` up to and without `to`, in bytes; null: open. */
export function sizeTerms(from: number | null, to: number | null): string[] {
  const found: string[] = []
  const end = to === null ? beyond : stepOf(to)
  let at = from === null ? { tens: 0, two: 0 } : stepOf(from)
  while (!isUpTo(end, at)) {
    const next = { tens: at.tens + 1, two: 10 }
    const nextTen = { ...at, two: at.two + 10 }
    if (at.two === firstOf(at.tens) && isUpTo(next, end)) {
      found.push(`b${pad(at.tens)}*`)
      at = next
    } else if (at.two % 10 === 0 && isUpTo(nextTen, end)) {
      found.push(`${termOf(at).slice(0, -1)}*`)
      at = nextTen.two === 100 ? next : nextTen
    } else {
      found.push(termOf(at))
      at = at.two === 99 ? next : { ...at, two: at.two + 1 }
    }
  }
  return found
}
