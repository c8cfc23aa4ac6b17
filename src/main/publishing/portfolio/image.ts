import { html, type Markup } from './html.ts'
import { hrefFrom } from './page.ts'
import type { SitePicture } from './pictures.ts'

interface Shown {
  /** On which page. */
  page: string
  alt: string
  /** How wide it will be, for the browser to choose by. */
  sizes: string
  /** It is seen at once. */
  isFirst?: boolean
}

export function image({ sizes: all }: SitePicture, { page, alt, sizes, isFirst = false }: Shown): Markup {
  const largest = all.at(-1)
  const middle = all.at(-2) ?? largest
  if (!largest || !middle) return html``
  const sources = all.map(({ path, width }) => `${hrefFrom(page, path)} ${width}w`).join(', ')
  const hurry = isFirst ? html`fetchpriority="high"` : html`loading="lazy"`
  return html`<img src="${hrefFrom(page, middle.path)}" srcset="${sources}" sizes="${sizes}" width="${largest.width}" height="${largest.height}" alt="${alt}" ${hurry} decoding="async" />`
}

/** Its proportion, its colour, and the most that it can be wide without being blurred. */
export function rulesOf(name: string, picture: SitePicture): string {
  const most = picture.sizes.at(-1)?.width ?? 0
  return `.${name}{--ratio:${ratioOf(picture)};--most:${most}px;--colour:${picture.colour}}`
}

export function ratioOf({ sizes }: SitePicture): number {
  const { width, height } = sizes.at(-1) ?? { width: 1, height: 1 }
  return Math.round((width / height) * 1000) / 1000
}
