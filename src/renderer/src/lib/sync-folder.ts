import { transport } from './api.ts'
import type { Folder } from './contract.ts'
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

/** Whether a folder is looked into by itself from now on. */
export function watchFolder({ id, name }: Pick<Folder, 'id' | 'name'>, isWatched: boolean): void {
  const done = isWatched ? `${name} is looked into every quarter of an hour.` : `${name} is not watched any more.`
  transport.call('folder.watch', { folderId: id, isWatched }).then(() => tell(done), tellFailure)
}
