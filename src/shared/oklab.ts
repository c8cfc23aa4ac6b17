/**
 * OKLab, a colour space in which equal distances look about equally different.
 * Matrices from Björn Ottosson, "A perceptual color space for image processing", https://bottosson.github.io/posts/oklab/.
 */

/** sRGB byte to linear light, IEC 61966-2-1. */
const linear = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

/** Converts one sRGB pixel of three bytes; writes L (0..1), a and b to `out`, so that a loop allocates nothing. */
export function toOklab(red: number, green: number, blue: number, out: Float64Array): void {
  const r = linear[red] as number
  const g = linear[green] as number
  const b = linear[blue] as number
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  out[0] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  out[1] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  out[2] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
}

/** The nearest colour a screen can show, as `#rrggbb`. */
export function oklabToHex(lightness: number, a: number, b: number): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return `#${[
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
    .map(hexByte)
    .join('')}`
}

function hexByte(linearLight: number): string {
  const value = linearLight <= 0.0031308 ? linearLight * 12.92 : 1.055 * linearLight ** (1 / 2.4) - 0.055
  const byte = Math.max(0, Math.min(255, Math.round(value * 255)))
  return byte.toString(16).padStart(2, '0')
}
