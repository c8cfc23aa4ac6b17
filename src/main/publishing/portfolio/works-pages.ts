import { excerpt, html, type Markup } from './html.ts'
import type { Page, Site } from './page.ts'
import { hrefFrom } from './page.ts'
import { type Hung, wall } from './wall.ts'

export interface HungSeries {
  file: string
  name: string
  works: Hung[]
}

const firstPicture = (works: readonly Hung[]) => works.find(({ picture }) => picture)?.picture ?? null

export function indexPage(
  { artist }: Site,
  works: readonly Hung[],
  series: readonly HungSeries[],
  about: string | null,
): Page {
  const path = 'index.html'
  const hung = wall(path, works)
  return {
    path,
    title: artist,
    description: about === null ? `Works by ${artist}` : excerpt(about, 160),
    picture: firstPicture(works),
    rules: hung.rules,
    main: html`<h1 class="unseen">Works by ${artist}</h1>
${series.length > 0 && seriesLinks(series)}${hung.main}`,
  }
}

function seriesLinks(series: readonly HungSeries[]): Markup {
  const links = series.map(({ file, name }) => html`<li dir="auto"><a href="${file}">${name}</a></li>\n`)
  return html`<nav class="series" aria-labelledby="series">
<p id="series" class="quiet">Series</p>
<ul>
${links}</ul>
</nav>
`
}

export function seriesPage({ artist }: Site, { file, name, works }: HungSeries): Page {
  const hung = wall(file, works)
  return {
    path: file,
    title: `${name} – ${artist}`,
    description: `${name}: a series of ${works.length === 1 ? 'one work' : `${works.length} works`} by ${artist}`,
    picture: firstPicture(works),
    rules: hung.rules,
    main: html`<div class="heading">
<h1 dir="auto">${name}</h1>
<p class="quiet">${works.length === 1 ? '1 work' : `${works.length} works`} · <a href="${hrefFrom(file, 'index.html')}">All works</a></p>
</div>
${hung.main}`,
  }
}
