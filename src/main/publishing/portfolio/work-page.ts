import type { Artwork, MediaRole } from '../../../shared/artworks.ts'
import { mediumLine, saleLine } from '../caption.ts'
import { inWords, roleNames, sizeLines } from './caption.ts'
import { excerpt, html, type Markup, prose } from './html.ts'
import { image, ratioOf, rulesOf } from './image.ts'
import { hrefFrom, type Page, type Site } from './page.ts'
import type { SitePicture } from './pictures.ts'
import type { Hung } from './wall.ts'

export interface ShownWork {
  work: Artwork
  hung: Hung
  seriesFile: string | null
  further: readonly { role: MediaRole; picture: SitePicture }[]
}

export interface WorkShows {
  status: boolean
  prices: boolean
  provenance: boolean
}

/** Of the caption of a catalogue, what was asked for. Where a work is kept is nobody's business. */
export function workPage(
  site: Site,
  shown: ShownWork,
  next: { before: Hung | null; after: Hung | null },
  shows: WorkShows,
): Page {
  const { work, hung, further } = shown
  const path = hung.file
  const words = inWords(work)
  const facts = [words, ...sizeLines(work)].join(', ')
  const names = roleNames(further.map(({ role }) => role))
  return {
    path,
    title: `${work.title}${work.year === null ? '' : `, ${work.year}`} – ${site.artist}`,
    description: work.statement === null ? facts : excerpt(`${facts}. ${work.statement}`, 200),
    picture: hung.picture,
    rules: [
      ...(hung.picture ? [rulesOf('main', hung.picture)] : []),
      ...further.map(({ picture }, at) => rulesOf(`p${at}`, picture)),
    ],
    main: html`<article>
<div class="${isWide(hung.picture) ? 'flat' : 'upright'}">
${hung.picture && mainPicture(path, hung.picture, words)}<div class="beside">
${caption(shown, shows)}
${work.statement !== null && html`${prose(work.statement)}\n`}${
  shows.provenance &&
  work.provenance !== null &&
  html`<section aria-labelledby="provenance"><h2 id="provenance">Provenance</h2>
${prose(work.provenance)}</section>
`
}</div>
</div>
${
  further.length > 0 &&
  html`<section aria-label="Further pictures"><ul class="wall further">
${further.map(({ picture }, at) => furtherPicture(path, `p${at}`, picture, names[at] as string, work.title))}</ul></section>`
}
</article>
${turning(path, next)}`,
  }
}

/** A panorama needs the whole width; beside others there is room for what is said of them. */
const isWide = (picture: SitePicture | null): boolean => picture !== null && ratioOf(picture) > 1.9

/** It opens the file itself: closer than a page has room for. */
function mainPicture(page: string, picture: SitePicture, words: string): Markup {
  const largest = picture.sizes.at(-1)?.path ?? ''
  const sizes = `min(94vw, ${Math.round(ratioOf(picture) * 78)}vh)`
  return html`<p class="main"><a href="${hrefFrom(page, largest)}">${image(picture, { page, alt: words, sizes, isFirst: true })}</a></p>
`
}

function furtherPicture(page: string, name: string, picture: SitePicture, role: string, title: string): Markup {
  const largest = picture.sizes.at(-1)?.path ?? ''
  const sizes = `(max-width: 600px) 92vw, min(92vw, ${Math.round(ratioOf(picture) * 400)}px)`
  const shown = image(picture, { page, alt: `${role}: ${title}`, sizes })
  return html`<li class="${name}"><figure><a href="${hrefFrom(page, largest)}">${shown}</a><figcaption class="name">${role}</figcaption></figure></li>
`
}

function caption({ work, seriesFile, hung }: ShownWork, shows: WorkShows): Markup {
  const sale = saleLine(work, shows)
  return html`<header class="caption">
<h1 dir="auto"><cite>${work.title}</cite>${work.year !== null && html`<span class="year">, ${work.year}</span>`}</h1>
${[mediumLine(work), ...sizeLines(work)].filter(line => line !== null).map(line => html`<p dir="auto">${line}</p>\n`)}${
  seriesFile !== null &&
  html`<p dir="auto">From the series <a href="${hrefFrom(hung.file, seriesFile)}">${work.series}</a></p>\n`
}${sale !== null && html`<p>${sale}</p>\n`}</header>`
}

function turning(page: string, { before, after }: { before: Hung | null; after: Hung | null }): Markup {
  if (!before && !after) return html``
  const link = (hung: Hung, rel: 'prev' | 'next', word: string) =>
    html`<a class="${rel}" rel="${rel}" href="${hrefFrom(page, hung.file)}"><span class="arrow" aria-hidden="true">${rel === 'prev' ? '←' : '→'}</span><span class="words"><span class="unseen">${word}: </span><span dir="auto">${hung.title}</span></span></a>\n`
  return html`<nav class="turn" aria-label="Other works">
${before && link(before, 'prev', 'Previous')}${after && link(after, 'next', 'Next')}</nav>`
}
