import { type RefObject, useEffect, useRef } from 'react'
import { canPan, type Geometry, type Point, panBy, toggleOneToOne, type Zoom, zoomBy } from './zoom.ts'

/** How much a turn of the wheel zooms; a pinch on a touchpad comes as a wheel with Ctrl, in smaller parts. */
const perWheelPixel = 0.002
const perPinchPixel = 0.01
const linePixels = 16

const distanceOf = ([a, b]: readonly Point[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0)
const middleOf = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, point) => sum + point.x, 0) / points.length,
  y: points.reduce((sum, point) => sum + point.y, 0) / points.length,
})

/** Wheel, pinch, drag and double click on a picture. @returns where the pointer is over it, else null. */
export function useGestures(
  element: RefObject<HTMLElement | null>,
  geometry: Geometry,
  zoom: Zoom,
  onZoom: (zoom: Zoom) => void,
): RefObject<Point | null> {
  const pointer = useRef<Point | null>(null)
  const now = useRef({ geometry, zoom, onZoom })
  now.current = { geometry, zoom, onZoom }
  useEffect(() => {
    const target = element.current
    if (!target) return
    const held = new Map<number, Point>()
    const pointOf = (event: MouseEvent): Point => {
      const { left, top } = target.getBoundingClientRect()
      return { x: event.clientX - left, y: event.clientY - top }
    }
    // Several events may come before the next picture of the page: each goes on from the one before.
    const change = (next: (zoom: Zoom, geometry: Geometry) => Zoom): void => {
      const { geometry, zoom, onZoom } = now.current
      const changed = next(zoom, geometry)
      now.current.zoom = changed
      onZoom(changed)
    }
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePixels : 1)
      const factor = Math.exp(-pixels * (event.ctrlKey ? perPinchPixel : perWheelPixel))
      change((zoom, geometry) => zoomBy(factor, zoom, geometry, pointOf(event)))
    }
    const onDown = (event: PointerEvent): void => {
      if (event.button !== 0) return
      held.set(event.pointerId, pointOf(event))
      target.setPointerCapture(event.pointerId)
    }
    const onMove = (event: PointerEvent): void => {
      const point = pointOf(event)
      pointer.current = point
      const before = [...held.values()]
      if (!held.has(event.pointerId)) return
      held.set(event.pointerId, point)
      const after = [...held.values()]
      const [from, to] = [middleOf(before), middleOf(after)]
      change((zoom, geometry) => {
        const near = distanceOf(before)
        const pinched = near > 0 ? zoomBy(distanceOf(after) / near, zoom, geometry, to) : zoom
        return canPan(pinched, geometry) ? panBy({ x: to.x - from.x, y: to.y - from.y }, pinched, geometry) : pinched
      })
    }
    const onUp = (event: PointerEvent): void => void held.delete(event.pointerId)
    const onLeave = (): void => {
      pointer.current = null
    }
    const onDoubleClick = (event: MouseEvent): void =>
      change((zoom, geometry) => toggleOneToOne(zoom, geometry, pointOf(event)))
    const listeners = new AbortController()
    const { signal } = listeners
    // React listens to wheels passively, and then the page itself would be zoomed.
    target.addEventListener('wheel', onWheel, { passive: false, signal })
    target.addEventListener('pointerdown', onDown, { signal })
    target.addEventListener('pointermove', onMove, { signal })
    target.addEventListener('pointerup', onUp, { signal })
    target.addEventListener('pointercancel', onUp, { signal })
    target.addEventListener('pointerleave', onLeave, { signal })
    target.addEventListener('dblclick', onDoubleClick, { signal })
    return () => listeners.abort()
  }, [element])
  return pointer
}
