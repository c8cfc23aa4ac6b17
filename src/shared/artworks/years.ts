import { plainSpaces, type Reading, read, unread } from './reading.ts'

export interface Years {
  /** As it is written in a catalogue: "2019", "c. 2019", "2019–21". */
  text: string
  /** What it is sorted by: the first year. */
  first: number
  last: number
}

const about = /^(?:c|ca|circa|about|around|um)\.? ?(?=\d)/i
const example = 'Write it such as 2019, c. 2019, or 2019–21.'

/** "2019", "ca 2019", "2019-21", "2019 - 2021", "1980s". */
export function parseYears(text: string): Reading<Years> {
  const plain = plainSpaces(text)
  const isAbout = about.test(plain)
  const rest = plain.replace(about, '')
  const prefix = isAbout ? 'c. ' : ''
  const decade = /^(\d{3}0)['’]?s$/.exec(rest)
  if (decade) {
    const first = Number(decade[1])
    return checked({ text: `${prefix}${first}s`, first, last: first + 9 })
  }
  const match = /^(\d{4})(?: ?(?:-|–|—|\/|to|until|bis) ?(\d{2}|\d{4}))?$/.exec(rest)
  if (!match) return unread(`“${plain}” is no year. ${example}`)
  const first = Number(match[1])
  if (!match[2]) return checked({ text: `${prefix}${first}`, first, last: first })
  const last = match[2].length === 2 ? Math.floor(first / 100) * 100 + Number(match[2]) : Number(match[2])
  if (last < first) return unread(`${match[2]} is before ${first}. ${example}`)
  if (last === first) return checked({ text: `${prefix}${first}`, first, last })
  return checked({ text: `${prefix}${first}–${match[2]}`, first, last })
}

function checked(years: Years): Reading<Years> {
  if (years.first < 1000 || years.last > 2199) return unread(`A year is between 1000 and 2199. ${example}`)
  return read(years)
}
