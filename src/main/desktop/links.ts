/** `burg-ink://…`: a link leads to a place in the page and starts nothing. */
export const linkScheme = 'burg-ink'

/** Longer than any place is. */
const longestLink = 2000

const isNumber = (text: string | undefined): text is string => /^[1-9]\d{0,15}$/.test(text ?? '')

/** What a link to the library may ask for, in the words of the page's address. */
const libraryParams = [
  'q',
  'folder',
  'status',
  'missing',
  'source',
  'tag',
  'colour',
  'from',
  'to',
  'sort',
  'group',
  'open',
]

function libraryRoute(params: URLSearchParams): string {
  const known = [...params].filter(([name]) => libraryParams.includes(name))
  return known.length > 0 ? `/library?${new URLSearchParams(known)}` : '/library'
}

/** What may follow the name of a place. */
const subplaces: Record<string, readonly string[]> = {
  describe: ['runs', 'setup', 'prompts', 'words'],
  settings: ['storage'],
  drive: [],
}

function routeOf(place: string, part: string | undefined, params: URLSearchParams): string | null {
  if (place === 'picture') return isNumber(part) ? `/library?open=${part}` : null
  if (place === 'activity') return part === undefined ? '/activity' : isNumber(part) ? `/activity/${part}` : null
  if (place === 'library' && part === undefined) return libraryRoute(params)
  if (place === 'look-alikes' && part === undefined) return '/duplicates'
  const parts = Object.hasOwn(subplaces, place) ? subplaces[place] : undefined
  if (!parts) return null
  return part === undefined ? `/${place}` : parts.includes(part) ? `/${place}/${part}` : null
}

/**
 * The place a link leads to, as the page's address has it after `#`: `burg-ink://picture/12`, `burg-ink://library?q=oak`,
 * `burg-ink://activity`. Null for every other: links come from anywhere, so only what is known here is passed on.
 */
export function routeOfLink(link: string): string | null {
  if (link.length > longestLink || !URL.canParse(link)) return null
  const { protocol, host, username, password, pathname, searchParams } = new URL(link)
  if (protocol !== `${linkScheme}:` || username !== '' || password !== '') return null
  const [part, ...more] = pathname.split('/').filter(Boolean)
  // Systems write the name of a host in small letters; people need not.
  return more.length > 0 ? null : routeOf(host.toLowerCase(), part, searchParams)
}
