import type { Artwork } from '../../shared/artworks.ts'
import type { PublishedMedia, PublishedPages } from './rows.ts'
import type { PublishedWorks } from './works.ts'

export const mediaJsonTexts = (pages: PublishedPages, exportedAt: Date) =>
  jsonTexts('media', pages, factsOf, exportedAt)
export const worksJsonTexts = (pages: PublishedWorks, exportedAt: Date) =>
  jsonTexts('artworks', pages, workFactsOf, exportedAt)

/** One object whose `media` or `artworks` has a line for each, so that a reader can take them one by one. */
async function* jsonTexts<Row>(
  name: 'media' | 'artworks',
  pages: AsyncIterable<readonly Row[]>,
  facts: (row: Row) => object,
  exportedAt: Date,
): AsyncGenerator<string> {
  const head = JSON.stringify({ format: `burg-ink-${name}`, version: 1, exportedAt: exportedAt.toISOString() })
  yield `${head.slice(0, -1)},"${name}":[`
  let separator = '\n'
  for await (const page of pages) {
    for (const row of page) {
      yield separator + JSON.stringify(facts(row))
      separator = ',\n'
    }
  }
  yield '\n]}\n'
}

/** Without what only draws a tile of the grid. */
function factsOf({ version: _, placeholder: __, hasNamesake: ___, ...media }: PublishedMedia): object {
  return media
}

function workFactsOf({ media, ...said }: Artwork): object {
  const pictures = media.map(({ media: { id, filename, width, height }, role }) => ({
    id,
    filename,
    role,
    width,
    height,
  }))
  return { ...said, pictures }
}
