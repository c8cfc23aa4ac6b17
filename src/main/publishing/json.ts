import type { PublishedMedia, PublishedPages } from './rows.ts'

/** One object whose `media` has a line for each picture, so that a reader can take them one by one. */
export async function* jsonTexts(pages: PublishedPages, exportedAt: Date): AsyncGenerator<string> {
  const head = JSON.stringify({ format: 'burg-ink-media', version: 1, exportedAt: exportedAt.toISOString() })
  yield `${head.slice(0, -1)},"media":[`
  let separator = '\n'
  for await (const page of pages) {
    for (const media of page) {
      yield separator + JSON.stringify(facts(media))
      separator = ',\n'
    }
  }
  yield '\n]}\n'
}

/** Without what only draws a tile of the grid. */
function facts({ version: _, placeholder: __, hasNamesake: ___, ...media }: PublishedMedia) {
  return media
}
