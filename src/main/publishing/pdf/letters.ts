import { graphemesOf } from './lines.ts'

export interface Printable {
  text: string
  /** Letters that the font does not have, each once; in the text a box stands for them. */
  missing: string[]
}

const box = '□'

/** Text as a font can print it: nothing is left out silently, and nothing in it can break the page. */
export function printable(text: string, has: (codePoint: number) => boolean): Printable {
  const whole = text.toWellFormed().normalize('NFC')
  const isKnown = (letters: string): boolean => Array.from(letters).every(letter => has(letter.codePointAt(0) ?? 0))
  const plain = visible(whole)
  if (isKnown(plain)) return { text: plain, missing: [] }
  const missing = new Set<string>()
  const letters = graphemesOf(whole).map(grapheme => {
    const letter = visible(grapheme)
    if (isKnown(letter)) return letter
    const apart = letter.normalize('NFD')
    if (isKnown(apart)) return apart
    missing.add(grapheme)
    return box
  })
  return { text: letters.join(''), missing: [...missing] }
}

/** Without what draws nothing by itself, as between the parts of an emoji; every space is one of two. */
const visible = (text: string): string =>
  text
    .replaceAll(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replaceAll(/[\p{Zs}\p{Cc}\p{Zl}\p{Zp}]/gu, space => (/[\u00a0\u202f]/.test(space) ? '\u00a0' : ' '))

/** Paragraphs as a person typed them; empty lines between them are one gap. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/[\r\n\u{2028}\u{2029}]+/u)
    .map(paragraph => paragraph.trim())
    .filter(paragraph => paragraph !== '')
