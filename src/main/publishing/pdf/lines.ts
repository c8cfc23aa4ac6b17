export type Style = 'regular' | 'italic'

/** Letters of one style that stand beside others in a line. */
export interface Span {
  text: string
  style: Style
}
export type Line = readonly Span[]
export type Measure = (span: Span) => number

/** Behind spaces, and behind a dash or a stroke between letters; not within 2019–21, nor where a space must not break. */
const breaks = /(?<=[ \t]+)(?![ \t])|(?<=\p{L}[-–—/])(?=\p{L})/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
export const graphemesOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment)

/** Text of one paragraph in lines of at most this width. A word that is longer than a line is broken where the line ends. */
export function linesOf(spans: Line, width: number, measure: Measure): Line[] {
  const lines: Span[][] = []
  let line: Span[] = []
  let taken = 0
  const end = (): void => {
    const ended = trimmed(line)
    if (ended.length > 0) lines.push(ended)
    line = []
    taken = 0
  }
  for (const word of wordsOf(spans)) {
    const isTooLong = taken + widthOf(trimmed(word), measure) > width
    if (isTooLong) end()
    if (isTooLong && widthOf(trimmed(word), measure) > width) {
      for (const piece of word.flatMap(lettersOf)) {
        const pieceWidth = measure(piece)
        if (taken + pieceWidth > width) end()
        line = joined(line, piece)
        taken += pieceWidth
      }
      continue
    }
    for (const piece of word) line = joined(line, piece)
    taken += widthOf(word, measure)
  }
  end()
  return lines
}

export const widthOf = (line: Line, measure: Measure): number =>
  line.reduce((sum, span) => sum + (span.text === '' ? 0 : measure(span)), 0)

/** As much of a line as leaves room for the mark that something is missing. */
export function withEllipsis(line: Line, width: number, measure: Measure): Line {
  const letters = line.flatMap(lettersOf)
  const mark: Span = { text: '…', style: line.at(-1)?.style ?? 'regular' }
  const ended = (count: number): Line => {
    const kept = trimmed(letters.slice(0, count).reduce<Span[]>(joined, []))
    return joined([...kept], mark)
  }
  let count = letters.length
  while (count > 0 && widthOf(ended(count), measure) > width) count -= 1
  return ended(count)
}

/** What stays together in a line, with the spaces behind it. A comma in another style stays with the word before it. */
function wordsOf(spans: Line): Line[] {
  const words: Span[][] = []
  let word: Span[] = []
  for (const { text, style } of spans) {
    for (const [place, piece] of text.split(breaks).entries()) {
      const hasEnded = place > 0 || /[ \t]$/.test(word.at(-1)?.text ?? '')
      if (hasEnded && word.length > 0) {
        words.push(word)
        word = []
      }
      if (piece !== '') word.push({ text: piece, style })
    }
  }
  if (word.length > 0) words.push(word)
  return words
}

const lettersOf = ({ text, style }: Span): Span[] => graphemesOf(text).map(letter => ({ text: letter, style }))

function joined(line: Span[], span: Span): Span[] {
  const last = line.at(-1)
  if (last?.style === span.style) last.text += span.text
  else line.push({ ...span })
  return line
}

function trimmed(line: Line): Span[] {
  const last = line.at(-1)
  if (!last) return []
  const text = last.text.trimEnd()
  return text === '' ? trimmed(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }]
}
