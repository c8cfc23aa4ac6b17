/** Longest piece of text that is looked at, in UTF-16 units. */
const lookedAtMax = 4000

/**
 * Text out of a file is written by strangers. What comes out here is one line of visible characters: no control, bidi or
 * invisible ones (but the joiners that scripts and emoji need), nothing unassigned, at most `max` code points.
 */
export function cleanText(text: string, max: number): string {
  const line = text
    .slice(0, lookedAtMax)
    .replace(/\s+/gu, ' ')
    .replace(/(?![\u200C\u200D])\p{C}/gu, '')
    .normalize('NFC')
    .trim()
  if (line.length <= max) return line
  const points = Array.from(line)
  return points.length > max
    ? `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
    : line
}
