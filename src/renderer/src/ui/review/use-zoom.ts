import { type RefObject, useRef, useState } from 'react'
import { type Command, useCommands } from '../../lib/commands.ts'
import type { Surface } from './stage.tsx'
import { canPan, fitted, type Point, panBy, toggleOneToOne, type Zoom, zoomBy, zoomStep } from './zoom.ts'

/** Of the view, by one press of an arrow. */
const panShare = 0.2

const arrows: readonly [string, string, Point][] = [
  ['left', 'Look further left', { x: 1, y: 0 }],
  ['right', 'Look further right', { x: -1, y: 0 }],
  ['up', 'Look further up', { x: 0, y: 1 }],
  ['down', 'Look further down', { x: 0, y: -1 }],
]
const keyOf = (name: string): string => `Arrow${name[0]?.toUpperCase()}${name.slice(1)}`

export interface Zooming {
  zoom: Zoom
  setZoom: (zoom: Zoom) => void
  surface: RefObject<Surface | null>
}

/** How closely one looks, kept from picture to picture. */
export function useZoom(): Zooming {
  const [zoom, setZoom] = useState(fitted)
  return { zoom, setZoom, surface: useRef<Surface>(null) }
}

/** Its keys. Added after others, its arrows go first. */
export function useZoomKeys({ zoom, setZoom, surface }: Zooming): void {
  // Keys may come faster than the page draws.
  const latest = useRef(zoom)
  latest.current = zoom
  const change = (next: (zoom: Zoom, surface: Surface) => Zoom): void => {
    if (!surface.current) return
    latest.current = next(latest.current, surface.current)
    setZoom(latest.current)
  }
  const pan = ([name, title, { x, y }]: (typeof arrows)[number]): Command => ({
    id: `review.pan-${name}`,
    title,
    group: 'Review',
    keys: [keyOf(name)],
    isAvailable: () => surface.current !== null && canPan(latest.current, surface.current.geometry),
    run: () =>
      change((zoom, { geometry }) => {
        const { width, height } = geometry.view
        return panBy({ x: x * width * panShare, y: y * height * panShare }, zoom, geometry)
      }),
  })
  useCommands([
    {
      id: 'review.one-to-one',
      title: 'Its own pixels (1:1), or all of it',
      group: 'Review',
      keys: ['Z'],
      run: () => change((zoom, { geometry, pointer }) => toggleOneToOne(zoom, geometry, pointer)),
    },
    {
      id: 'review.closer',
      title: 'Closer',
      group: 'Review',
      keys: ['+', '='],
      run: () => change((zoom, { geometry }) => zoomBy(zoomStep, zoom, geometry)),
    },
    {
      id: 'review.farther',
      title: 'Farther',
      group: 'Review',
      keys: ['-'],
      run: () => change((zoom, { geometry }) => zoomBy(1 / zoomStep, zoom, geometry)),
    },
    {
      id: 'review.fit',
      title: 'All of the picture',
      group: 'Review',
      keys: ['Escape'],
      isAvailable: () => latest.current.scale !== null,
      run: () => setZoom({ ...latest.current, scale: null }),
    },
    ...arrows.map(pan),
  ])
}
