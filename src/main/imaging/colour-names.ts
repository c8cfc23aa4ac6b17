import type { ColourName } from '../../shared/colours.ts'

/**
 * Names one OKLab colour. First the greys, by chroma; then hue decides, in degrees of OKLCH, and lightness and chroma
 * split a hue where people use two words for it (orange and brown, yellow and olive, blue and navy).
 * Anchors in OKLCH: red 29°, orange 71°, yellow 110°, green 142°, cyan 195°, blue 264°, magenta 328°.
 */
export function nameColour(lightness: number, a: number, b: number): ColourName {
  const chroma = Math.hypot(a, b)
  const hue = ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
  return nameNeutral(hue, lightness, chroma) ?? nameHue(hue, lightness, chroma)
}

/**
 * The eye tolerates more chroma in the dark before it sees a colour, so the limit falls with lightness; and a cool tinge
 * (slate, steel) passes for grey where a warm one is already beige or brown.
 */
function nameNeutral(hue: number, lightness: number, chroma: number): ColourName | undefined {
  if (lightness < 0.16 || (lightness < 0.26 && chroma < 0.045)) return 'black'
  const tinge = hue > 200 && hue < 300 && lightness > 0.45 ? 0.01 : 0
  if (chroma >= 0.04 - 0.022 * lightness + tinge) return undefined
  return lightness > 0.93 ? 'white' : 'grey'
}

function nameHue(hue: number, lightness: number, chroma: number): ColourName {
  if (hue < 22 || hue >= 338) return nameRose(hue, lightness, chroma)
  if (hue < 36 || (hue < 42 && lightness < 0.68)) return nameRed(lightness, chroma)
  if (hue < 84) return nameOrange(lightness, chroma)
  if (hue < 118) return nameYellow(lightness, chroma)
  if (hue < 132 && lightness < 0.6 && chroma < 0.12) return 'olive'
  if (hue < 172) return 'green'
  if (hue < 218) return lightness < 0.68 ? 'teal' : 'cyan'
  if (hue < 280) return lightness < 0.36 ? 'navy' : 'blue'
  if (hue < 312) return 'purple'
  return lightness < 0.56 ? 'purple' : nameMagenta(lightness, chroma)
}

/** Around crimson: light or pale is pink, the rest red, and what leans to violet magenta or purple. */
function nameRose(hue: number, lightness: number, chroma: number): ColourName {
  if (hue >= 338 && hue < 355 && lightness < 0.62) return lightness < 0.4 ? 'purple' : 'magenta'
  if (lightness < 0.4 && chroma < 0.06) return 'brown'
  return lightness >= 0.64 ? 'pink' : 'red'
}

function nameRed(lightness: number, chroma: number): ColourName {
  if (lightness >= 0.75 && chroma < 0.15) return chroma < 0.055 ? 'beige' : 'pink'
  return chroma < 0.09 ? 'brown' : 'red'
}

function nameOrange(lightness: number, chroma: number): ColourName {
  if (lightness >= 0.72 && chroma < 0.1) return 'beige'
  return lightness < 0.62 || chroma < 0.1 ? 'brown' : 'orange'
}

function nameYellow(lightness: number, chroma: number): ColourName {
  if (lightness >= 0.75 && chroma < 0.085) return 'beige'
  return lightness < 0.72 ? 'olive' : 'yellow'
}

function nameMagenta(lightness: number, chroma: number): ColourName {
  return lightness >= 0.72 && chroma < 0.16 ? 'pink' : 'magenta'
}
