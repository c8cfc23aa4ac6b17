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
  'copies-listed': [
    'conflict',
    'Copies of this work are listed. Write an edition of all of them, such as 10 + 2 AP, or take those away that it has no room for.',
  ],
  'status-of-copies': ['conflict', 'The status of this work follows its copies. Change that of the copies.'],
  'name-taken': ['conflict', 'There is a series of that name already. Choose another name, or merge the two.'],
  'no-edition': ['conflict', 'This work is unique. Write its edition first, such as 10 + 2 AP, or open edition.'],
  'no-copy': ['not-found', 'This copy is not listed any more. Undo brings back what was taken away.'],
  'copy-there': ['conflict', 'This copy is listed already. Choose another number.'],
  'copy-beyond': ['conflict', 'The edition has no copy of that number. Choose another, or write a larger edition.'],
  'no-copy-left': ['conflict', 'All of them are listed. Write a larger edition to add more, such as 10 + 2 AP.'],
  'too-many-copies': [
    'conflict',
    'At most 500 copies of a work are listed. Add those that you know of by their number.',
  ],
} as const

/** What the app answers about works and their series. */
export function createArtworksHandlers({
  artworks,
  artworkCopies,
  artworkLists,
  artworkDraft,
  series,
}: Library): Pick<Handlers, Extract<keyof Handlers, ArtworksCalls>> {
  return {
    'artworks.propose': ({ mediaIds }) => artworkDraft(mediaIds) ?? refuse('no-media'),
    'artworks.get': ({ id }) => artworkLists.get(id) ?? refuse('no-artwork'),
    'artworks.list': ({ filter, sort, after, limit }) => artworkLists.page({ filter, sort }, after, limit),
    'artworks.beside': ({ id, filter, sort }) => artworkLists.beside({ filter, sort }, id),
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

    'artworks.listCopies': ({ id }) => done(artworkCopies.listAll(id)),
    'artworks.addCopy': ({ id, kind, number }) => done(artworkCopies.add(id, kind, number)),
    'artworks.changeCopy': ({ id, copy, fields }) => done(artworkCopies.change(id, copy, fields)),
    'artworks.removeCopies': ({ id, copies }) => done(artworkCopies.remove(id, copies)),

    'series.rename': ({ id, name }) => done(series.rename(id, name)),
    'series.merge': ({ id, intoId }) => done(series.merge(id, intoId)),
    'series.remove': ({ id }) => done(series.remove(id)),
    'series.reorder': ({ id, artworkIds }) => done(series.reorder(id, artworkIds)),
  }
}

function refuse(fault: keyof typeof refusals): never {
  const [code, message] = refusals[fault]
  throw new CallFailed(code, message)
}

const done = <T extends object>(result: T | keyof typeof refusals): T =>
  typeof result === 'string' ? refuse(result) : result
