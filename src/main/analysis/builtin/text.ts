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

/** What cameras and programs write into the caption by themselves. */
const boilerplate = [
  /^(olympus|sony|samsung|kodak|konica|minolta|nikon|canon|pentax|ricoh|kenox)?\s*(digital camera|dsc|digimax|kenox.*)$/i,
  /^<.*>$/,
  /^(exif[_ ]jpeg[_ ]picture|default|untitled|unbenannt|ohne titel|sans titre|ascii|binary comment|no title|title|caption|description)$/i,
  /^(created|made|edited|generated|optimi[sz]ed|processed) (with|by|in) /i,
  /^(user comments?|charset ?=.*|screenshot|image|picture|photo|bild|foto)$/i,
  /[\\/].*\.[a-z0-9]{3,4}$/i,
]

/** The text where a person can have meant it, or null. */
export function meaningfulText(text: string | null, max: number): string | null {
  const clean = cleanText(text ?? '', max)
  return clean === '' || !/\p{L}/u.test(clean) || boilerplate.some(pattern => pattern.test(clean)) ? null : clean
}
