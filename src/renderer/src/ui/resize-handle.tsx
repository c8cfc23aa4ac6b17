import type { Store } from '../lib/store.ts'

interface Limits {
  least: number
  most: number
  usual: number
}

/** The edge of a pane: drag it, move it with the arrow keys, double-click for the usual width. */
export function ResizeHandle(props: {
  label: string
  width: Store<number>
  limits: Limits
  growsTo: 'left' | 'right'
}) {
  const { width, limits } = props
  const sign = props.growsTo === 'right' ? 1 : -1
  const set = (next: number): void => width.set(Math.round(Math.min(Math.max(next, limits.least), limits.most)))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>.
    <div
      className={`resize-handle grows-${props.growsTo}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={width.get()}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      tabIndex={0}
      data-owns-arrows
      onDoubleClick={() => set(limits.usual)}
      onKeyDown={event => {
        if (event.key === 'ArrowLeft') set(width.get() - sign * 16)
        if (event.key === 'ArrowRight') set(width.get() + sign * 16)
      }}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={event => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(width.get() + sign * event.movementX)
      }}
    />
  )
}
