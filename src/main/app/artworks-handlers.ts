import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Library } from '../library/index.ts'

type ArtworksCalls = `artworks.${string}` | `series.${string}`

const refusals = {
  'no-artwork': ['not-found', 'This artwork is not there any more. Undo brings back what was deleted.'],
  'no-media': ['not-found', 'None of these pictures is in the library any more.'],
  'no-series': ['not-found', 'There is no such series any more.'],
  'number-taken': [
    'conflict',
    'This inventory number was given to another work already, and no number is given twice. Choose another.',
  ],
  'name-taken': ['conflict', 'There is a series of that name already. Choose another name.'],
} as const

/** What the app answers about works and their series. */
export function createArtworksHandlers({
  artworks,
  artworkLists,
  artworkDraft,
  series,
}: Library): Pick<Handlers, Extract<keyof Handlers, ArtworksCalls>> {
  return {
    'artworks.propose': ({ mediaIds }) => artworkDraft(mediaIds) ?? refuse('no-media'),
    'artworks.get': ({ id }) => artworkLists.get(id) ?? refuse('no-artwork'),
    'artworks.list': ({ filter, sort, after, limit }) => artworkLists.page({ filter, sort }, after, limit),
    'artworks.counts': () => artworkLists.counts(),
    'artworks.ofMedia': ({ mediaId }) => artworkLists.ofMedia(mediaId),
    'series.list': () => series.list(),

    'artworks.create': given => done(artworks.create(given)),
    'artworks.update': ({ id, fields }) => done(artworks.update(id, fields)),
    'artworks.confirm': ({ id, fields }) => done(artworks.confirm(id, fields)),
    'artworks.addMedia': ({ id, mediaIds }) => done(artworks.addMedia(id, mediaIds)),
    'artworks.removeMedia': ({ id, mediaIds }) => done(artworks.removeMedia(id, mediaIds)),
    'artworks.setRole': ({ id, mediaId, role }) => done(artworks.setRole(id, mediaId, role)),
    'artworks.reorder': ({ id, mediaIds }) => done(artworks.reorder(id, mediaIds)),
    'artworks.delete': ({ id }) => done(artworks.delete(id)),
    'series.rename': ({ id, name }) => done(series.rename(id, name)),
  }
}

function refuse(fault: keyof typeof refusals): never {
  const [code, message] = refusals[fault]
  throw new CallFailed(code, message)
}

const done = <T extends object>(result: T | keyof typeof refusals): T =>
  typeof result === 'string' ? refuse(result) : result
