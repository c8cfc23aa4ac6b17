import type { ColourName } from '../../../shared/colours.ts'
import type { AnalysisSubject } from '../port.ts'

/** Limits on the scales of `AnalysisSubject.light` (OKLab), beyond which a picture is named after what was measured. */
const darkBelow = 0.35
const brightAbove = 0.82
const quietBelow = 0.04
const colourfulAbove = 0.12
const lowContrastBelow = 0.08
const highContrastAbove = 0.28

const neutrals: ReadonlySet<ColourName> = new Set(['black', 'grey', 'white'])

export type Format = 'square' | 'landscape-format' | 'portrait-format' | 'very wide' | 'very tall'

export function formatOf({ width, height }: AnalysisSubject): Format {
  const ratio = width / height
  if (ratio >= 2) return 'very wide'
  if (ratio <= 0.5) return 'very tall'
  // A crop that is square to the eye is seldom so to the pixel.
  if (Math.abs(ratio - 1) <= 0.02) return 'square'
  return ratio > 1 ? 'landscape-format' : 'portrait-format'
}

/** Each colour once, with all it covers, largest first. */
export function colourShares({ palette }: AnalysisSubject): { name: ColourName; share: number }[] {
  const shares = new Map<ColourName, number>()
  for (const { name, share } of palette) shares.set(name, (shares.get(name) ?? 0) + share)
  return [...shares].map(([name, share]) => ({ name, share })).sort((a, b) => b.share - a.share)
}

export function isWithoutColour(subject: AnalysisSubject): boolean {
  const { palette, light } = subject
  return palette.length > 0 && light.colourfulness < quietBelow / 2 && palette.every(({ name }) => neutrals.has(name))
}

export function isAnimated({ frameCount, mimeType }: AnalysisSubject): boolean {
  // The frames of a TIFF are pages.
  return frameCount > 1 && mimeType !== 'image/tiff'
}

/** What light and colour are like, in words; nothing where both are ordinary. */
export function lightWords(subject: AnalysisSubject): string[] {
  const { brightness, contrast, colourfulness } = subject.light
  const words: string[] = []
  if (brightness < darkBelow) words.push('dark')
  if (brightness > brightAbove) words.push('bright')
  if (contrast < lowContrastBelow) words.push('low in contrast')
  if (contrast > highContrastAbove) words.push('high in contrast')
  if (!isWithoutColour(subject)) {
    if (colourfulness < quietBelow) words.push('quiet in colour')
    if (colourfulness > colourfulAbove) words.push('strong in colour')
  }
  return words
}

/** Tags that need no one to look. */
export function measuredTags(subject: AnalysisSubject): { name: string; confidence: number }[] {
  const { brightness, colourfulness } = subject.light
  const format = formatOf(subject)
  const tags: [string, boolean, number?][] = [
    ['square', format === 'square'],
    ['panorama', format === 'very wide'],
    ['black and white', isWithoutColour(subject)],
    ['colourful', colourfulness > colourfulAbove],
    ['dark', brightness < darkBelow],
    ['bright', brightness > brightAbove],
    ['animated', isAnimated(subject)],
    // Many opaque pictures carry an alpha channel all the same.
    ['transparent', subject.hasAlpha, 0.6],
  ]
  return tags.filter(([, holds]) => holds).map(([name, , confidence = 0.9]) => ({ name, confidence }))
}
