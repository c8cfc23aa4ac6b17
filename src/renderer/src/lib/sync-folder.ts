import { queryClient, transport } from './api.ts'
import type { Folder, Output } from './contract.ts'
import { tell, tellFailure } from './notice.ts'

/** Syncs that somebody here asked for, until they end. Those of watched folders run by themselves. */
export const askedSyncs = new Set<number>()

/** Brings in what changed in a folder. Its end is told, also when nothing did. */
export function syncFolder({ id, name }: Pick<Folder, 'id' | 'name'>): void {
  transport.call('folder.sync', { folderId: id }).then(({ syncId }) => {
    askedSyncs.add(syncId)
    tell(`Looking for what changed in ${name}.`)
  }, tellFailure)
}

/** Whether a folder is looked into by itself from now on. Shown at once; the library says so itself a moment later. */
export function watchFolder({ id, name }: Pick<Folder, 'id' | 'name'>, isWatched: boolean): void {
  const done = isWatched ? `${name} is looked into every quarter of an hour.` : `${name} is not watched any more.`
  showWatched(id, isWatched)
  transport.call('folder.watch', { folderId: id, isWatched }).then(
    () => tell(done),
    cause => {
      showWatched(id, !isWatched)
      tellFailure(cause)
    },
  )
}

function showWatched(id: number, isWatched: boolean): void {
  queryClient.setQueryData<Output<'library.overview'>>(
    ['library.overview', {}],
    overview =>
      overview && {
        ...overview,
        folders: overview.folders.map(folder => (folder.id === id ? { ...folder, isWatched } : folder)),
      },
  )
}
