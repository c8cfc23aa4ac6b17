import { parseFind } from '../../shared/find/parse.ts'
import type { MediaFilter } from '../../shared/media.ts'
import { dateTerms } from './date-terms.ts'
import { everything, terms } from './filing-terms.ts'
import { conditionOf, type Names } from './find-terms.ts'

/** What must match and what must not: words in the columns of words, terms in that of facets. */
interface Parts {
  words: string[]
  facets: string[]
  notWords: string[]
  notFacets: string[]
}

/**
 * A filter as one expression of FTS5. Words match at their beginning when they are the last, as a person is still typing;
 * everything a person wrote is quoted, so nothing of it is read as syntax.
 * @returns null when nothing has to match; `'none'` when nothing can.
 */
export function matchExpression(filter: MediaFilter, names: Names): string | 'none' | null {
  const parts: Parts = { words: [], facets: [], notWords: [], notFacets: [] }
  const isPossible = addFilter(filter, names, parts) && addFound(filter.text ?? '', names, parts)
  return isPossible ? expressionOf(parts) : 'none'
}

function addFilter(filter: MediaFilter, names: Names, { facets }: Parts): boolean {
  if (filter.status) facets.push(terms.status(filter.status))
  if (filter.source) facets.push(terms.source(filter.source))
  if (filter.folderId) facets.push(terms.folder(filter.folderId))
  if (filter.collectionId) facets.push(terms.collection(filter.collectionId))
  if (filter.isMissing) facets.push(terms.missing)
  for (const colour of filter.colours ?? []) facets.push(terms.colour(colour))
  for (const tag of filter.tags ?? []) {
    const id = names.idOf('tag', tag)
    if (id === null) return false
    facets.push(terms.tag(id))
  }
  if (filter.takenFrom || filter.takenTo) {
    const days = dateTerms(filter.takenFrom, filter.takenTo)
    if (days.length === 0) return false
    facets.push(`(${days.join(' OR ')})`)
  }
  return true
}

function addFound(text: string, names: Names, parts: Parts): boolean {
  for (const term of parseFind(text)) {
    const condition = conditionOf(term, names)
    if (condition === null) continue
    if (condition === 'none') {
      if (!term.isNot) return false
      continue
    }
    const { of, expression } = condition
    if (term.isNot) parts[of === 'words' ? 'notWords' : 'notFacets'].push(expression)
    else parts[of].push(expression)
  }
  return true
}

const columns = '{filename title description tags path}'

function expressionOf({ words, facets, notWords, notFacets }: Parts): string | null {
  const wanted = [
    words.length > 0 && `${columns} : (${words.join(' AND ')})`,
    facets.length > 0 && `facets : (${facets.join(' AND ')})`,
  ].filter(part => part !== false)
  const unwanted = [
    notWords.length > 0 && `${columns} : (${notWords.join(' OR ')})`,
    notFacets.length > 0 && `facets : (${notFacets.join(' OR ')})`,
  ].filter(part => part !== false)
  if (unwanted.length === 0) return wanted.length === 0 ? null : wanted.join(' AND ')
  // FTS5 takes away from what was found: without anything wanted that is all there is.
  const from = wanted.length === 0 ? `facets : ${everything}` : wanted.join(' AND ')
  return `(${from}) NOT (${unwanted.join(' OR ')})`
}
