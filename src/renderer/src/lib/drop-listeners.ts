import { transport } from './api.ts'
import { type Dragged, type Dropped, draggedOf } from './drops.ts'
import { isTyping } from './keys.ts'
import { createStore } from './store.ts'
import { takeDrop } from './take-drop.ts'

/** What is being dragged over the window; null while nothing is. */
export const dragged = createStore<Dragged | null>(null)

/** Read at once: when the event is over it is empty. */
function droppedOf(transfer: DataTransfer): Dropped[] {
  const items = Array.from(transfer.items).filter(({ kind }) => kind === 'file')
  return Array.from(transfer.files).map((file, place) => ({
    name: file.name,
    path: transport.pathsOf([file])[0] ?? null,
    isFolder: items[place]?.webkitGetAsEntry()?.isDirectory ?? false,
  }))
}

/** Files can be dropped anywhere, for the life of the page; whatever is dropped, the page stays. */
export function startDrops(): void {
  /** Entered last: a leave from anywhere else only went on to it. */
  let inside: EventTarget | null = null
  const end = (): void => {
    inside = null
    dragged.set(null)
  }

  /** Text may go where text goes; nothing else that is no file may go anywhere. */
  function decline(event: DragEvent, transfer: DataTransfer): void {
    if (isTyping(event.target)) return
    event.preventDefault()
    transfer.dropEffect = 'none'
  }

  function accept(event: DragEvent): void {
    const transfer = event.dataTransfer
    if (!transfer) return
    const now = draggedOf(transfer)
    if (!now) {
      decline(event, transfer)
      return
    }
    event.preventDefault()
    transfer.dropEffect = 'copy'
    // Told many times a second, and the same all the while.
    if (!dragged.get()) dragged.set(now)
  }

  window.addEventListener('dragenter', event => {
    inside = event.target
    accept(event)
  })
  window.addEventListener('dragover', accept)
  window.addEventListener('dragleave', event => {
    if (event.target === inside) end()
  })
  window.addEventListener('drop', event => {
    end()
    const transfer = event.dataTransfer
    if (!transfer) return
    if (!draggedOf(transfer)) return decline(event, transfer)
    event.preventDefault()
    void takeDrop(droppedOf(transfer))
  })
  // Neither keys nor moves are told during a drag: it has ended, however it did.
  window.addEventListener('keydown', end)
  window.addEventListener('pointermove', end)
}
