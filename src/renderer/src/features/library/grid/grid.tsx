import { type DragEvent, type MouseEvent, useEffect, useRef } from 'react'
import type { MediaTile } from '../../../lib/contract.ts'
import { endDrag, startDrag } from '../../../lib/dragged-pictures.ts'
import { plural } from '../../../lib/format.ts'
import { mark } from '../../../lib/marks.ts'
import { cellSize, gridLayout } from '../../../lib/preferences.ts'
import { useStore } from '../../../lib/store.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { GridController } from './grid-controller.ts'
import type { SelectMode } from './grid-cursor.ts'
import { SectionBar } from './section-bar.tsx'
import './grid.css'

function modeOf(event: MouseEvent): SelectMode {
  if (event.shiftKey) return 'range'
  return event.metaKey || event.ctrlKey ? 'toggle' : 'only'
}

/** The same star again takes all of them away. */
function rate(tile: MediaTile, rating: number): void {
  const change = { rating: tile.rating === rating ? 0 : rating }
  void mark({ count: 1, ids: async () => [tile.id], current: tile }, change)
}

export function Grid({ controller, onOpen }: { controller: GridController; onOpen: () => void }) {
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const size = useStore(cellSize)
  const layout = useStore(gridLayout)
  const { waitingCount, isAtTop } = useStore(controller.state)

  useEffect(() => {
    if (!scroller.current || !canvas.current) return
    scroller.current.focus({ preventScroll: true })
    return controller.attach(scroller.current, canvas.current, cellSize.get())
  }, [controller])
  useEffect(() => controller.setCellSize(size), [controller, size])
  useEffect(() => controller.setLayout(layout), [controller, layout])

  const onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement
    if (target.dataset.action === 'select-section') return void controller.toggleSection(Number(target.dataset.section))
    const hit = controller.tileOf(target)
    if (!hit) controller.cursor.selectNone()
    else if (target.dataset.action === 'retry') controller.retry(hit.tile.id)
    else if (target.dataset.action === 'rate') rate(hit.tile, Number(target.dataset.rating))
    else controller.cursor.moveTo(hit.index, target.dataset.action === 'toggle' ? 'toggle' : modeOf(event))
  }

  /** All that is selected goes along; what is not, goes alone. */
  const onDragStart = (event: DragEvent): void => {
    const hit = controller.tileOf(event.target as Element)
    if (!hit) {
      event.preventDefault()
      return
    }
    if (!controller.cursor.isSelected(hit.tile.id)) controller.cursor.moveTo(hit.index, 'only')
    startDrag(event.dataTransfer)
  }

  return (
    <div className="grid-area">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid are commands, see library-commands. */}
      <div
        ref={scroller}
        className="grid-scroller"
        role="listbox"
        aria-label="Pictures"
        aria-multiselectable="true"
        tabIndex={0}
        onClick={onClick}
        onDragStart={onDragStart}
        onDragEnd={endDrag}
        onDoubleClick={event => {
          if (controller.tileOf(event.target as Element)) onOpen()
        }}
      >
        <div ref={canvas} className="grid-canvas" role="presentation" />
      </div>
      <SectionBar controller={controller} />
      {waitingCount > 0 && !isAtTop && (
        <button type="button" className="new-pictures" onClick={() => controller.goToTop()}>
          <Icon name="up" />
          {plural(waitingCount, 'new picture')}
        </button>
      )}
    </div>
  )
}
