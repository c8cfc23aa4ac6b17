import { createHash } from 'node:crypto'
import { html, Markup } from './html.ts'
import type { SitePicture } from './pictures.ts'

/** What is the same on every page. */
export interface Site {
  artist: string
  /** Where the folder will be on the web, with a slash at its end; null: not known yet. */
  address: string | null
  isIndexed: boolean
  hasAbout: boolean
}

export interface Page {
  /** Its file, with `/`. */
  path: string
  title: string
  description: string
  /** For those who share a link to it. */
  picture: SitePicture | null
  /** Rules for this page alone: proportions and colours of its pictures. */
  rules: readonly string[]
  main: Markup
}

/** From a page to a file of the site. */
export const hrefFrom = (page: string, file: string): string => (page.includes('/') ? `../${file}` : file)

export function pageText(site: Site, page: Page): string {
  const to = (file: string): string => hrefFrom(page.path, file)
  const here = (file: string) => page.path === file && new Markup(' aria-current="page"')
  const style = page.rules.join('\n')
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy(style)}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${page.title}</title>
<meta name="description" content="${page.description}" />
<meta name="author" content="${site.artist}" />
${!site.isIndexed && html`<meta name="robots" content="noindex, nofollow, noimageindex" />\n`}${shared(site, page)}
<link rel="stylesheet" href="${to('style.css')}" />
${style !== '' && html`<style>${new Markup(style)}</style>\n`}<script src="${to('keys.js')}" defer="defer"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="site">
<p class="artist" dir="auto"><a href="${to('index.html')}">${site.artist}</a></p>
<nav aria-label="Site">
<ul>
<li><a href="${to('index.html')}"${here('index.html')}>Works</a></li>
${site.hasAbout && html`<li><a href="${to('about.html')}"${here('about.html')}>About</a></li>\n`}</ul>
</nav>
</header>
<main id="content" tabindex="-1">
${page.main}
</main>
<footer class="site"><p>© ${site.artist}</p></footer>
</body>
</html>
`.text
}

/**
 * Nothing but what lies in the folder, and nothing within a page that was not meant. Of a page on a disk not every browser takes
 * other files for its own, hence `file:`; on the web that allows nothing.
 */
function policy(style: string): string {
  const own = "'self' file:"
  const block = style === '' ? '' : ` 'sha256-${createHash('sha256').update(style).digest('base64')}'`
  return `default-src 'none'; img-src ${own}; style-src ${own}${block}; script-src ${own}; base-uri 'none'; form-action 'none'`
}

function shared({ artist, address }: Site, { path, title, description, picture }: Page): Markup {
  const largest = picture?.sizes.at(-1)
  return html`<meta property="og:type" content="website" />
<meta property="og:site_name" content="${artist}" />
<meta property="og:title" content="${title}" />
<meta property="og:description" content="${description}" />
${
  // Addresses that lead somewhere only where it is known where that is.
  address !== null &&
  html`<meta property="og:url" content="${address}${path === 'index.html' ? '' : path}" />
<link rel="canonical" href="${address}${path === 'index.html' ? '' : path}" />
${
  largest !== undefined &&
  html`<meta property="og:image" content="${address}${largest.path}" />
<meta property="og:image:width" content="${largest.width}" />
<meta property="og:image:height" content="${largest.height}" />
`
}`
}<meta name="twitter:card" content="${address !== null && largest ? 'summary_large_image' : 'summary'}" />`
}
