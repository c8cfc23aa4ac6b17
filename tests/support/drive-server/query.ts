import { ApiError } from './api-error.ts'
import type { DriveWorld, WorldFile } from './world.ts'

type Test = (file: WorldFile) => boolean
/** `parents`: the only folders whose children can pass; null when any file can. */
interface Clause {
  test: Test
  parents: string[] | null
}

const tokenPattern = /\s*(\(|\)|'(?:[^'\\]|\\.)*'|!=|=|[A-Za-z]+)/y

/**
 * The part of Drive's query language that is in use here: `'id' in parents`, `name contains`, `mimeType =`, `!=` and
 * `contains`, `trashed =`, `sharedWithMe =`, `and`, `or`, `not` and brackets.
 * https://developers.google.com/workspace/drive/api/guides/ref-search-terms
 * @throws {ApiError}
 */
export function parseQuery(world: DriveWorld, q: string): Clause {
  const tokens = tokenize(q)
  let at = 0
  const next = () => tokens[at++] ?? ''
  const expect = (token: string) => {
    if (next() !== token) throw invalid(q)
  }

  function parseOr(): Clause {
    const clauses = [parseAnd()]
    while (tokens[at] === 'or' && ++at) clauses.push(parseAnd())
    if (clauses.length === 1) return clauses[0] as Clause
    const parents = clauses.every(clause => clause.parents) ? clauses.flatMap(clause => clause.parents ?? []) : null
    return { test: file => clauses.some(clause => clause.test(file)), parents }
  }

  function parseAnd(): Clause {
    const clauses = [parseTerm()]
    while (tokens[at] === 'and' && ++at) clauses.push(parseTerm())
    const parents = clauses.find(clause => clause.parents)?.parents ?? null
    return { test: file => clauses.every(clause => clause.test(file)), parents }
  }

  function parseTerm(): Clause {
    const token = next()
    if (token === '(') {
      const inside = parseOr()
      expect(')')
      return inside
    }
    if (token === 'not') {
      const { test } = parseTerm()
      return { test: file => !test(file), parents: null }
    }
    if (token.startsWith("'")) return inParents(token)
    return { test: parseComparison(token, next(), next()), parents: null }
  }

  function inParents(token: string): Clause {
    expect('in')
    expect('parents')
    const named = unquote(token)
    const id = named === 'root' ? world.rootId : named
    return { test: file => file.parents.includes(id), parents: [id] }
  }

  function parseComparison(field: string, operator: string, value: string): Test {
    const text = unquote(value)
    switch (`${field} ${operator}`) {
      case 'name contains':
        return file => file.name.toLowerCase().includes(text.toLowerCase())
      case 'name =':
        return file => file.name === text
      case 'mimeType =':
        return file => file.mimeType === text
      case 'mimeType !=':
        return file => file.mimeType !== text
      case 'mimeType contains':
        return file => file.mimeType.startsWith(text)
      case 'trashed =':
        return file => world.isTrashed(file) === (text === 'true')
      case 'sharedWithMe =':
        return file => (file.isSharedWithMe ?? false) === (text === 'true')
      default:
        throw invalid(q)
    }
  }

  const query = parseOr()
  if (at !== tokens.length) throw invalid(q)
  return query
}

function tokenize(q: string): string[] {
  const tokens: string[] = []
  tokenPattern.lastIndex = 0
  for (let end = 0; end < q.trimEnd().length; end = tokenPattern.lastIndex) {
    const token = tokenPattern.exec(q)?.[1]
    if (token === undefined) throw invalid(q)
    tokens.push(token)
  }
  return tokens
}

function unquote(token: string): string {
  return token.replace(/^'|'$/g, '').replace(/\\(.)/g, '$1')
}

const invalid = (q: string) => new ApiError(400, 'invalid', `Invalid Value: ${q}`, 'q')
