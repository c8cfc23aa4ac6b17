import type { StorageSettings } from '../../shared/storage.ts'
import type { Library, StorePlace } from '../library/index.ts'

/** Why these settings cannot be saved now, and the way out. Null when they can. */
export function whyNotSaved(library: Library, saved: StorageSettings, place: StorePlace | null): string | null {
  const before = library.settings.storePlace()
  const { keepsIn } = library.settings.storage()
  const isElsewhere = before !== null && place?.place !== before.place
  if (library.moves.active() && (isElsewhere || saved.keepsIn !== keepsIn)) {
    return 'Originals are being moved to or from the store. Wait for the end of it, or cancel it, then change this.'
  }
  const { count } = before ? library.copies.onlyAt(before.place) : { count: 0 }
  if (count === 0) return null
  const them = count === 1 ? 'One original is' : `${count} originals are`
  if (isElsewhere) return `${them} only in the present store. Move all of them to this computer first.`
  if (keepsIn === 'cloud' && saved.keepsIn === 'disk') {
    return `${them} only in the cloud. Move all of them to this computer: they are kept here alone after that.`
  }
  return null
}
