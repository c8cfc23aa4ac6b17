import { html, type Markup } from './html.ts'
import { image, ratioOf, rulesOf } from './image.ts'
import { hrefFrom } from './page.ts'
import type { SitePicture } from './pictures.ts'

/** All that a wall has to know of a work: of thousands these are held together. */
export interface Hung {
  file: string
  title: string
  year: string | null
  picture: SitePicture | null
}

/** Works in rows of one height each, in their proportions. The link is named by what stands under the picture. */
export function wall(page: string, works: readonly Hung[]): { main: Markup; rules: string[] } {
  const items = works.map(({ file, title, year, picture }, at) => {
    const shown = picture
      ? image(picture, { page, alt: '', sizes: wallSizes(ratioOf(picture)), isFirst: at < 4 })
      : html`<span class="no-picture"></span>`
    const name = html`<span class="name"><cite dir="auto">${title}</cite>${year !== null && html`<span class="year">, ${year}</span>`}</span>`
    return html`<li class="p${at}"><a href="${hrefFrom(page, file)}">${shown}${name}</a></li>\n`
  })
  const rules = works.map(({ picture }, at) => (picture ? rulesOf(`p${at}`, picture) : `.p${at}{--ratio:0.8}`))
  return { main: html`<ul class="wall">\n${items}</ul>`, rules }
}

/** A row is stretched to its width, by a third as a rule. */
const wallSizes = (ratio: number): string => `(max-width: 600px) 92vw, min(92vw, ${Math.round(ratio * 400)}px)`
