import { z } from 'zod'

/** `{number}` or `{number:3}`, once; `{year}` and `{yy}` as often as one likes. */
export const inventoryPatternSchema = z
  .string()
  .trim()
  .max(60, 'A pattern has at most 60 characters.')
  .superRefine((pattern, context) => {
    const fault = patternFault(pattern)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  })

const numberToken = /\{number(?::([1-9]))?\}/

/** What is wrong with a pattern, and what to do; null: nothing. */
function patternFault(pattern: string): string | null {
  const numbers = pattern.match(/\{number(?::[1-9])?\}/g) ?? []
  if (numbers.length !== 1) return 'A pattern needs {number} once, such as {year}-{number:3}.'
  const unknown = pattern.replaceAll(/\{(?:year|yy|number(?::[1-9])?)\}/g, '').match(/\{[^}]*\}?|\}/)
  return unknown ? `“${unknown[0]}” is unknown. A pattern can have {year}, {yy}, {number} and {number:3}.` : null
}

/** The parts of a number before and behind what counts, for a year. */
function inventoryParts(pattern: string, year: number): { before: string; behind: string; digits: number } {
  const filled = pattern.replaceAll('{year}', String(year)).replaceAll('{yy}', String(year).slice(-2))
  const token = numberToken.exec(filled)
  if (!token) return { before: filled, behind: '', digits: 1 }
  return {
    before: filled.slice(0, token.index),
    behind: filled.slice(token.index + token[0].length),
    digits: Number(token[1] ?? 1),
  }
}

/** The number behind the largest that was ever given; gaps are kept. `given` may hold any others. */
export function nextInventoryNumber(pattern: string, year: number, given: Iterable<string>): string {
  const { before, behind, digits } = inventoryParts(pattern, year)
  let largest = 0
  for (const number of given) {
    const isAlike =
      number.length > before.length + behind.length && number.startsWith(before) && number.endsWith(behind)
    const counted = isAlike ? number.slice(before.length, number.length - behind.length) : ''
    if (/^\d{1,12}$/.test(counted)) largest = Math.max(largest, Number(counted))
  }
  return `${before}${String(largest + 1).padStart(digits, '0')}${behind}`
}
