import { cleanText } from '../text.ts'

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
