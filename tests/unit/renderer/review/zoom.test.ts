import { describe, expect, it } from 'vitest'
import {
  canPan,
  fitScale,
  fitted,
  type Geometry,
  panBy,
  placeOf,
  scaleText,
  toggleOneToOne,
  type Zoom,
  zoomBy,
  zoomTo,
} from '../../../../src/renderer/src/ui/review/zoom.ts'

const geometry = (change: Partial<Geometry> = {}): Geometry => ({
  view: { width: 1000, height: 800 },
  picture: { width: 4000, height: 2000 },
  isDrawing: false,
  density: 1,
  ...change,
})

/** The place of the picture that is seen at a point of the view. */
function seenAt(point: { x: number; y: number }, zoom: Zoom, of: Geometry) {
  const { left, top, width, height } = placeOf(zoom, of)
  return { x: (point.x - left) / width, y: (point.y - top) / height }
}

describe('all of a picture', () => {
  it('fills the view on one side and is in the middle of the other', () => {
    expect(placeOf(fitted, geometry())).toEqual({ width: 1000, height: 500, left: 0, top: 150 })
  })

  it('is never larger than its own pixels, but a drawing has none', () => {
    const small = { picture: { width: 100, height: 100 } }
    expect(fitScale(geometry(small))).toBe(1)
    expect(fitScale(geometry({ ...small, isDrawing: true }))).toBe(8)
  })
})

describe('closer', () => {
  it('shows a pixel of the picture on a pixel of the device, and goes back to all of it', () => {
    const sharp = geometry({ density: 2 })
    const close = toggleOneToOne(fitted, sharp)
    expect(close.scale).toBe(0.5)
    expect(scaleText(close, sharp)).toBe('1:1')
    expect(toggleOneToOne(close, sharp).scale).toBeNull()
  })

  it.each([
    { x: 500, y: 400 },
    { x: 320, y: 410 },
    { x: 700, y: 390 },
  ])('keeps what is under the pointer at %o where it is', at => {
    const before = seenAt(at, fitted, geometry())
    const after = seenAt(at, zoomTo(1, fitted, geometry(), at), geometry())
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })

  it('shows nothing beyond an edge, however it is zoomed or dragged', () => {
    const corner = zoomTo(1, fitted, geometry(), { x: 0, y: 0 })
    for (const zoom of [corner, panBy({ x: 900, y: 900 }, corner, geometry())]) {
      expect(placeOf(zoom, geometry())).toMatchObject({ left: 0, top: 0 })
    }
    const end = placeOf(panBy({ x: -9000, y: -9000 }, corner, geometry()), geometry())
    expect(end.left + end.width).toBe(1000)
    expect(end.top + end.height).toBe(800)
  })

  it('ends with large pixels, and on the way back with all of it', () => {
    let zoom: Zoom = fitted
    for (let i = 0; i < 30; i++) zoom = zoomBy(1.5, zoom, geometry())
    expect(zoom.scale).toBe(16)
    for (let i = 0; i < 30; i++) zoom = zoomBy(1 / 1.5, zoom, geometry())
    expect(zoom.scale).toBeNull()
  })
})

describe('dragging', () => {
  it('goes as far as the pointer', () => {
    const close = zoomTo(1, fitted, geometry())
    const before = placeOf(close, geometry())
    const after = placeOf(panBy({ x: 30, y: -20 }, close, geometry()), geometry())
    expect(after.left - before.left).toBeCloseTo(30)
    expect(after.top - before.top).toBeCloseTo(-20)
  })

  it('is for what is larger than the view', () => {
    expect(canPan(fitted, geometry())).toBe(false)
    expect(canPan(zoomTo(1, fitted, geometry()), geometry())).toBe(true)
  })
})

describe('from picture to picture', () => {
  it('the same place of the next one is seen at the same scale', () => {
    const zoom = panBy({ x: -400, y: 100 }, zoomTo(1, fitted, geometry()), geometry())
    const next = geometry({ picture: { width: 4000, height: 2000 } })
    expect(placeOf(zoom, next)).toEqual(placeOf(zoom, geometry()))
  })

  it('a small one between two large ones does not lose the place', () => {
    const zoom = panBy({ x: -400, y: 100 }, zoomTo(1, fitted, geometry()), geometry())
    const small = geometry({ picture: { width: 200, height: 100 } })
    expect(placeOf(zoom, small)).toEqual({ width: 200, height: 100, left: 400, top: 350 })
  })
})
