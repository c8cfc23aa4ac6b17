/** Longest piece of text that is looked at, in code points. */
const lookedAtMax = 2000

/**
 * Text out of a file is written by strangers. What comes out here is one line of visible characters: no control, bidi or
 * invisible ones (but the joiners that scripts and emoji need), nothing unassigned, at most `max` code points.
 */
export function cleanText(text: string, max: number): string {
  const line = Array.from(text.slice(0, lookedAtMax * 2), visible)
    .join('')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
  const points = Array.from(line)
  return points.length > max
    ? `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
    : line
}

function visible(point: string): string {
  if (/\s/u.test(point)) return ' '
  return /[\u200C\u200D]/u.test(point) || !/\p{C}/u.test(point) ? point : ''
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
