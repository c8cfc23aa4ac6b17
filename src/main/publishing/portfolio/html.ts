/** A piece of a page, in which everything is escaped that has to be. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | readonly Markup[] | string | number | null | false

/**
 * Whatever is put into it is text, unless it is markup itself: what a person, a file or a model wrote can be no tag and end no
 * attribute. Attributes are always in quotes. What is well-formed HTML here is well-formed XML as well.
 */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(pieces.reduce((text, piece, at) => text + markupOf(parts[at - 1] ?? null) + piece))
}

function markupOf(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Markup) return part.text
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escaped(String(part))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Neither HTML nor XML has control characters, nor half of a surrogate pair. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\t\n\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, found => entities[found] as string)
}

/** Paragraphs, as they were typed: an empty line divides them, a line stays a line. */
export function prose(text: string): Markup {
  const paragraphs = text
    .replaceAll(/\r\n?/g, '\n')
    .trim()
    .split(/\n\s*\n/)
  const asTyped = paragraphs.map(
    paragraph => html`<p>${lines(paragraph.split('\n').map(line => html`${line.trim()}`))}</p>\n`,
  )
  return html`<div class="prose" dir="auto">
${asTyped}</div>`
}

export function lines(all: readonly Markup[]): Markup[] {
  return all.map((line, at) => html`${at > 0 && new Markup('<br />\n')}${line}`)
}

/** The first of a text for those who have not seen the page, cut between words. */
export function excerpt(text: string, most: number): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  if (plain.length <= most) return plain
  const cut = plain.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 30)).replace(/[\s,;:.–-]+$/, '')} …`
}
