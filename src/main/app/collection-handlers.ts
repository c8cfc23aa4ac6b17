import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'

type CollectionCalls = `collections.${string}` | `views.${string}`

/** What the app answers about collections and kept views. */
export function createCollectionHandlers({
  collections,
  views,
}: Pick<Library, 'collections' | 'views'>): Pick<Handlers, Extract<keyof Handlers, CollectionCalls>> {
  const ofCollection = <T extends object>(result: T | 'unknown' | 'taken') => accepted(result, 'collection')
  const ofView = <T extends object>(result: T | 'unknown' | 'taken') => accepted(result, 'view')
  return {
    'collections.list': () => collections.list(),
    'collections.create': ({ name, mediaIds }) => ofCollection(collections.create(name, mediaIds ?? [])),
    'collections.rename': ({ id, name }) => ofCollection(collections.rename(id, name)),
    'collections.delete': ({ id }) => ofCollection(collections.delete(id)),
    'collections.add': ({ id, mediaIds }) => ofCollection(collections.add(id, mediaIds)),
    'collections.remove': ({ id, mediaIds }) => ofCollection(collections.remove(id, mediaIds)),
    'views.list': () => views.list(),
    'views.save': view => ofView(views.save(view)),
    'views.rename': ({ id, name }) => ofView(views.rename(id, name)),
    'views.delete': ({ id }) => ofView(views.delete(id)),
  }
}

function accepted<T extends object>(result: T | 'unknown' | 'taken', what: 'collection' | 'view'): T {
  if (result === 'unknown') throw new CallFailed('not-found', `This ${what} was deleted.`)
  if (result === 'taken') throw new CallFailed('conflict', `There is a ${what} of that name already. Choose another.`)
  return result
}
