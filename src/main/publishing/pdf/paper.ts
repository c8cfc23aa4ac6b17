import { readFont } from './fonts.ts'
import { printable } from './letters.ts'
import { type Line, type Measure, type Span, type Style, widthOf } from './lines.ts'
import type { Size } from './sizes.ts'

/** What a part of a page is to whoever has it read aloud. */
export type PartKind = 'H1' | 'H2' | 'P' | 'Figure'

const greys = { black: '#111111', grey: '#6b6b6b', hairline: '#c4c4c4' } as const

export interface Ink {
  size: number
  grey?: 'black' | 'grey'
}

export interface Hairline {
  from: readonly [x: number, y: number]
  to: readonly [x: number, y: number]
}

export interface PaperOptions {
  page: Size
  title: string
  author: string
  now: Date
}

export type Paper = Awaited<ReturnType<typeof openPaper>>

/**
 * Pages on which lines, pictures and hairlines are put, each at a place in points from the top left. What is done is taken from it
 * as it goes, so that neither pages nor pictures gather in memory.
 */
export async function openPaper({ page, title, author, now }: PaperOptions) {
  // Half a megabyte of code that no start needs.
  const { default: PdfDocument } = await import('pdfkit')
  const pdf = new PdfDocument({
    autoFirstPage: false,
    size: [page.width, page.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    // Its own would be read from the disk.
    font: null as unknown as string,
    info: { Title: title, Author: author, Creator: 'Burg Ink', Producer: 'Burg Ink', CreationDate: now },
  } as PDFKit.PDFDocumentOptions)
  const fonts = {} as Record<Style, OpenFont>
  const letters = {} as Record<Style, ReadonlySet<number>>
  for (const style of ['regular', 'italic'] as const) {
    pdf.registerFont(style, await readFont(style))
    pdf.font(style)
    fonts[style] = (pdf as unknown as { _font: OpenFont })._font
    letters[style] = new Set(fonts[style].font.characterSet)
  }
  const whole = pdf.struct('Document')
  pdf.addStructure(whole)
  let section = whole
  let pageCount = 0
  const missing = new Set<string>()

  const measure =
    (size: number): Measure =>
    ({ text, style }) =>
      pdf.font(style).fontSize(size).widthOfString(drawn(text))

  function drawLine(line: Line, x: number, baseline: number, { size, grey = 'black' }: Ink): void {
    pdf.fillColor(greys[grey])
    let at = x
    for (const span of line) {
      pdf.font(span.style).fontSize(size)
      pdf.text(drawn(span.text), at, baseline, { lineBreak: false, baseline: 'alphabetic' })
      at += widthOf([span], measure(size))
    }
  }

  /** Not of the text, so that nobody has to hear it. */
  function aside(draw: () => unknown): void {
    pdf.markContent('Artifact')
    draw()
    pdf.endMarkedContent()
  }

  return {
    page,
    measure,

    /** Letters that the font does not have become boxes, and are told of. */
    set(text: string, style: Style = 'regular'): Span {
      const made = printable(text, codePoint => letters[style].has(codePoint))
      for (const letter of made.missing) missing.add(letter)
      return { text: made.text, style }
    },

    /** Letters that became boxes since this was asked last. */
    takeMissing(): string[] {
      const taken = [...missing]
      missing.clear()
      return taken
    },

    /** @returns its number, from 1. */
    turn(): number {
      pdf.addPage()
      pageCount += 1
      return pageCount
    },

    /** What follows belongs together, until another section begins. */
    begin(name: string): void {
      if (section !== whole) section.end()
      section = pdf.struct('Sect', { title: name })
      whole.add(section)
      pdf.outline.addItem(name, { fit: true } as object)
    },

    /** A part of the section. Its lines may stand on several pages. */
    part(kind: PartKind, alt?: string) {
      const element = pdf.struct(kind, alt === undefined ? {} : { alt })
      section.add(element)
      return {
        line: (line: Line, x: number, baseline: number, ink: Ink): unknown =>
          element.add(() => drawLine(line, x, baseline, ink)),
        picture: (jpeg: Uint8Array, x: number, y: number, size: Size): unknown =>
          element.add(() => pdf.image(jpeg as Buffer, x, y, size)),
        end: (): unknown => element.end(),
      }
    },

    asideLine: (line: Line, x: number, baseline: number, ink: Ink): void =>
      aside(() => drawLine(line, x, baseline, ink)),

    hairlines: (lines: readonly Hairline[]): void =>
      aside(() => {
        for (const { from, to } of lines) pdf.moveTo(...from).lineTo(...to)
        pdf.lineWidth(hairline).stroke(greys.hairline)
      }),

    frame: (x: number, y: number, { width, height }: Size): void =>
      aside(() => pdf.rect(x, y, width, height).lineWidth(hairline).stroke(greys.hairline)),

    /** What is complete by now. */
    *taken(): Generator<Uint8Array> {
      for (const font of Object.values(fonts)) {
        if (Object.keys(font.layoutCache).length > keptWordsMost) font.layoutCache = Object.create(null)
      }
      const bytes: Uint8Array | null = pdf.read()
      if (bytes) yield bytes
    },

    *end(): Generator<Uint8Array> {
      if (section !== whole) section.end()
      whole.end()
      pdf.end()
      yield* this.taken()
    },
  }
}

const hairline = 0.4

const drawn = (text: string): string => text.replaceAll('\u00a0', ' ')

/** What pdfkit does not show of a font. */
interface OpenFont {
  font: { characterSet: number[] }
  /** Words as they were laid out. Laying one out takes half a millisecond, but all that ever were would not fit into memory. */
  layoutCache: Record<string, unknown>
}

const keptWordsMost = 10_000
