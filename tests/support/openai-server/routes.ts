import { notFound } from './api-error.ts'
import type { Asked } from './asked.ts'
import type { Batches } from './batches.ts'
import type { Files } from './files.ts'
import { modelAt, modelOf } from './models.ts'

export interface Rooms {
  models: ReadonlySet<string>
  files: Files
  batches: Batches
}

type Route = (rooms: Rooms, id: string, asked: Asked) => unknown

const routes: Record<string, Route> = {
  'GET models': ({ models }) => ({ object: 'list', data: [...models].map(modelOf) }),
  'GET models/*': ({ models }, id) => modelAt(models, id),
  'GET files': ({ files }, _, { query }) => files.list(query),
  'POST files': ({ files }, _, asked) => files.upload(asked),
  'GET files/*': ({ files }, id) => files.get(id),
  'GET files/*/content': ({ files }, id) => files.content(id),
  'DELETE files/*': ({ files }, id) => files.delete(id),
  'GET batches': ({ batches }, _, { query }) => batches.list(query),
  'POST batches': ({ batches }, _, { body }) => batches.create(body),
  'GET batches/*': ({ batches }, id) => batches.get(id),
  'POST batches/*/cancel': ({ batches }, id) => batches.cancel(id),
}

/** Answers what costs nothing. @throws {ApiError} */
export async function answerFree(rooms: Rooms, asked: Asked): Promise<unknown> {
  const [, kind = '', id, rest = ''] = /^\/v1\/([^/]+)(?:\/(.+?))?(\/content|\/cancel)?$/.exec(asked.path) ?? []
  const route = routes[`${asked.method} ${kind}${id === undefined ? '' : '/*'}${rest}`]
  if (!route) throw notFound(`URL (${asked.method} ${asked.path})`, null)
  return route(rooms, decodeURIComponent(id ?? ''), asked)
}
