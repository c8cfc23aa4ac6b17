import { describe, expect, it } from 'vitest'
import { routeOfLink } from '../../../src/main/desktop/links.ts'
import { formatRoute, parseRoute } from '../../../src/renderer/src/lib/route.ts'

describe('a link leads to a place', () => {
  it.each([
    ['burg-ink://picture/12', '/library?open=12'],
    ['burg-ink://library', '/library'],
    ['burg-ink://library?q=oak+tree&tag=oil&tag=big', '/library?q=oak+tree&tag=oil&tag=big'],
    ['burg-ink://activity', '/activity'],
    ['burg-ink://activity/', '/activity'],
    ['BURG-INK://Activity/7', '/activity/7'],
    ['burg-ink://look-alikes', '/duplicates'],
    ['burg-ink://describe/words', '/describe/words'],
    ['burg-ink://settings/storage', '/settings/storage'],
    ['burg-ink://drive', '/drive'],
  ])('%s', (link, route) => {
    expect(routeOfLink(link)).toBe(route)
    // The page knows that very place.
    expect(formatRoute(parseRoute(`#${route}`))).toBe(`#${route}`)
  })

  it('passes on what the page knows, and nothing else', () => {
    expect(routeOfLink('burg-ink://library?q=oak&run=app.import&token=x')).toBe('/library?q=oak')
  })

  it.each([
    'https://activity',
    'burg-ink:activity',
    'burg-ink://',
    'burg-ink://import?path=/etc',
    'burg-ink://picture/0',
    'burg-ink://picture/-1',
    'burg-ink://picture/12/original',
    'burg-ink://picture/1e3',
    'burg-ink://activity/../settings/x',
    'burg-ink://someone:secret@activity',
    'burg-ink://__proto__',
    'burg-ink://constructor/name',
    'burg-ink://settings/everything',
    `burg-ink://library?q=${'a'.repeat(2000)}`,
    'no link',
  ])('%s leads nowhere', link => {
    expect(routeOfLink(link)).toBeNull()
  })
})
