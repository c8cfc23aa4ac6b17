import { addToCollection } from './collections.ts'
import type { MediaId } from './contract.ts'
import { formatCount, plural } from './format.ts'
import { tell, tellFailure } from './notice.ts'
import { selectedMedia, selectedMost } from './selected-media.ts'
import { createStore } from './store.ts'

/** Pictures of the grid on their way to somewhere. */
interface DraggedPictures {
  count: number
  ids: () => Promise<MediaId[]>
}

/** What is dragged now; null while nothing is. Files from elsewhere are not, see drops.ts. */
export const draggedPictures = createStore<DraggedPictures | null>(null)

/** Of no use to other windows and programs: what is dragged never leaves this page. */
const ownType = 'application/x-burg-ink-pictures'

/** The selection sets out. */
export function startDrag(transfer: DataTransfer): void {
  const { count, ids } = selectedMedia.get()
  transfer.effectAllowed = 'copy'
  transfer.setData(ownType, String(count))
  showCount(transfer, count)
  draggedPictures.set({ count, ids })
}

export const endDrag = (): void => draggedPictures.set(null)

/** Under the pointer: how many they are. */
function showCount(transfer: DataTransfer, count: number): void {
  const badge = document.createElement('div')
  badge.className = 'drag-count'
  badge.textContent = plural(count, 'picture')
  document.body.append(badge)
  transfer.setDragImage(badge, -12, -12)
  // The browser has taken its picture of it by then.
  setTimeout(() => badge.remove())
}

/** Adds what is dragged to a collection, as the command does. */
export async function dropOnCollection(collection: { id: number; name: string }): Promise<void> {
  const dragged = draggedPictures.get()
  endDrag()
  if (!dragged) return
  if (dragged.count > selectedMost) return tell(`Choose at most ${formatCount(selectedMost)} pictures at a time.`)
  try {
    await addToCollection(collection, await dragged.ids())
  } catch (error) {
    tellFailure(error)
  }
}
