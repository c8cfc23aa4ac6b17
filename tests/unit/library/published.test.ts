import { expect, test } from 'vitest'
import type { Library } from '../../../src/main/library/index.ts'
import type { PublishedChoice } from '../../../src/shared/contract.ts'
import { addPicture, openBeside, openTestLibrary } from '../../support/library.ts'

/** All that leaves, page by page. */
async function publishedBy(library: Library, chosen: PublishedChoice, limit: number) {
  const items = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<Library['ask']['publishedPage']>> = await library.ask.publishedPage(
      chosen,
      after,
      limit,
    )
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    after = page.nextAfter
  } while (after !== null)
  return items
}

test.each([1, 2, 3, 100])(
  'pages of %i leave out nothing and tell nothing twice, in the order of the list',
  async limit => {
    const library = await openTestLibrary()
    const ids = ['c.png', 'a.png', 'b.png', 'd.png'].map(path => addPicture(library, { path, tags: ['ink'] }))
    addPicture(library, { path: 'other.png' })
    const filter = { tags: ['ink'] }
    const named = (await publishedBy(library, { filter, sort: 'name' }, limit)).map(({ filename }) => filename)
    expect(named).toEqual(['a.png', 'b.png', 'c.png', 'd.png'])
    expect(await publishedBy(library, { filter: {}, sort: 'newest' }, limit)).toHaveLength(5)
    const chosen = [ids[2], 9999, ids[0]] as number[]
    expect((await publishedBy(library, { mediaIds: chosen }, limit)).map(({ id }) => id)).toEqual([ids[2], ids[0]])
  },
)

test('a list by best match, of which only a part is ranked, leaves newest first', async () => {
  const library = await openTestLibrary()
  const ids = ['one oak.png', 'two oak.png'].map(path => addPicture(library, { path }))
  const found = await publishedBy(library, { filter: { text: 'oak ' }, sort: 'relevance' }, 1)
  expect(found.map(({ id }) => id)).toEqual(ids.toReversed())
})

test('namesakes are pictures beside each other that differ in their ending alone', async () => {
  const library = await openTestLibrary()
  const paths = [
    'barn.jpg',
    'barn.png',
    'a/barn.jpg',
    'barn.small.jpg',
    'barnyard.jpg',
    'meadow.jpg',
    '.barn',
    'gone.jpg',
    'gone.png',
  ]
  const ids = new Map(paths.map(path => [path, addPicture(library, { path })]))
  openBeside(library).prepare(`UPDATE files SET missing_since = '2026' WHERE path = 'gone.png'`).run()
  const items = await publishedBy(library, { mediaIds: [...ids.values()] }, 100)
  expect(items.filter(({ hasNamesake }) => hasNamesake).map(({ path }) => path)).toEqual([
    'barn.jpg',
    'barn.png',
    'gone.png',
  ])
})

test('namesakes are found by an index', async () => {
  const plan = openBeside(await openTestLibrary())
    .prepare(
      `EXPLAIN QUERY PLAN SELECT source_id FROM files WHERE folder_id = 1 AND source_id > 'a.' AND source_id < 'a/'
         AND source_id <> 'a.png' AND media_id IS NOT NULL AND missing_since IS NULL LIMIT 50`,
    )
    .all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/USING INDEX .*folder_id=\? AND source_id>\? AND source_id<\?/),
  ])
})
