import { badRequest } from './api-error.ts'

/** A page of a list, as OpenAI's cursors have it. */
export interface Listed<T> {
  object: 'list'
  data: T[]
  has_more: boolean
  first_id: string | null
  last_id: string | null
}

/** Newest first, unless `order` says otherwise. @throws {ApiError} when `after` or `limit` is none. */
export function pageOf<T extends { id: string }>(oldestFirst: T[], query: URLSearchParams): Listed<T> {
  const all = query.get('order') === 'asc' ? oldestFirst : oldestFirst.toReversed()
  const after = query.get('after')
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  if (after !== null && from === 0) throw badRequest(`Invalid 'after': ${after}.`, 'after', 'invalid_value')
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1) throw badRequest("Invalid 'limit'.", 'limit', 'invalid_value')
  const data = all.slice(from, from + limit)
  return {
    object: 'list',
    data,
    has_more: from + limit < all.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  }
}
