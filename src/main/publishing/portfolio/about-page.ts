import { excerpt, html, lines, type Markup, prose } from './html.ts'
import type { Page, Site } from './page.ts'

export function aboutPage({ artist }: Site, about: string | null, contact: string | null): Page {
  return {
    path: 'about.html',
    title: `About – ${artist}`,
    description: about === null ? `About ${artist}` : excerpt(about, 160),
    picture: null,
    rules: [],
    main: html`<h1 class="unseen">About ${artist}</h1>
<div class="about">
${about !== null && prose(about)}
${contact !== null && html`<section aria-labelledby="contact"><h2 id="contact">Contact</h2>\n<address dir="auto">${lines(contact.split('\n').map(contactLine))}</address></section>`}
</div>`,
  }
}

/** A line that is an address of mail or of the web becomes a link; no other kind of address can. */
function contactLine(typed: string): Markup {
  const line = typed.trim()
  if (/^[^\s@<>"&?:/\\]+@[^\s@<>"&?:/\\]+\.[^\s@<>"&?:/\\]+$/.test(line))
    return html`<a href="mailto:${line}">${line}</a>`
  const url = /^https?:\/\/\S+$/i.test(line) ? URL.parse(line) : null
  return url
    ? html`<a href="${url.href}" rel="noopener">${line.replace(/^https?:\/\//i, '').replace(/\/$/, '')}</a>`
    : html`${line}`
}
