export interface Size {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

/**
 * How closely a picture is looked at, and where. `scale` is CSS pixels to a pixel of the picture, null: all of it is seen.
 * `x` and `y` are the place in the middle of the view, from 0 to 1: so it is the same place in the next picture.
 */
export interface Zoom extends Point {
  scale: number | null
}

export interface Geometry {
  /** The part of the window that shows it. */
  view: Size
  /** Its own pixels. */
  picture: Size
  /** A drawing has no pixels, and may be shown larger than its own size. */
  isDrawing: boolean
  /** Device pixels to a CSS pixel. */
  density: number
}

export const fitted: Zoom = { scale: null, x: 0.5, y: 0.5 }

/** What a step of the keys does. */
export const zoomStep = 1.5
const mostOneToOne = 16

const oneToOne = ({ density }: Pick<Geometry, 'density'>): number => 1 / density

/** No picture is blown up beyond its own pixels to fill the view, so that what is seen is what is there. */
export function fitScale({ view, picture, isDrawing }: Geometry): number {
  const fits = Math.min(view.width / picture.width, view.height / picture.height)
  return isDrawing ? fits : Math.min(fits, 1)
}

export const scaleOf = (zoom: Zoom, geometry: Geometry): number => zoom.scale ?? fitScale(geometry)

/** Where the picture lies in the view, in CSS pixels; never so far off that more is empty than has to be. */
export function placeOf(zoom: Zoom, geometry: Geometry): Size & { left: number; top: number } {
  const { view, picture } = geometry
  const scale = scaleOf(zoom, geometry)
  const centre = centreOf(zoom, geometry)
  const [width, height] = [picture.width * scale, picture.height * scale]
  return { width, height, left: view.width / 2 - centre.x * width, top: view.height / 2 - centre.y * height }
}

/** The place that is really in the middle. What is kept may lie outside of a picture of another shape. */
function centreOf(zoom: Zoom, geometry: Geometry): Point {
  const { view, picture } = geometry
  const scale = scaleOf(zoom, geometry)
  return {
    x: inside(zoom.x, view.width / (picture.width * scale)),
    y: inside(zoom.y, view.height / (picture.height * scale)),
  }
}

/** @param share how much of the picture the view shows along this side. */
function inside(place: number, share: number): number {
  return share >= 1 ? 0.5 : clamp(place, share / 2, 1 - share / 2)
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

export const canPan = (zoom: Zoom, geometry: Geometry): boolean => {
  const { width, height } = placeOf(zoom, geometry)
  return width > geometry.view.width + 0.5 || height > geometry.view.height + 0.5
}

/** Another scale, with the place of the picture under `at` (in the view) kept where it is. All of it again: null. */
export function zoomTo(scale: number | null, zoom: Zoom, geometry: Geometry, at?: Point | null): Zoom {
  if (scale === null) return { ...zoom, scale: null }
  const { view, picture } = geometry
  const before = placeOf(zoom, geometry)
  const point = at ?? { x: view.width / 2, y: view.height / 2 }
  const under = { x: (point.x - before.left) / before.width, y: (point.y - before.top) / before.height }
  const next = {
    scale,
    x: clamp(under.x, 0, 1) - (point.x - view.width / 2) / (picture.width * scale),
    y: clamp(under.y, 0, 1) - (point.y - view.height / 2) / (picture.height * scale),
  }
  return { ...next, ...centreOf(next, geometry) }
}

/** In or out by a factor: out as far as all of it, in as far as a pixel is a small square. */
export function zoomBy(factor: number, zoom: Zoom, geometry: Geometry, at?: Point | null): Zoom {
  const fit = fitScale(geometry)
  const scale = Math.min(scaleOf(zoom, geometry) * factor, Math.max(mostOneToOne * oneToOne(geometry), fit))
  return factor < 1 && scale <= fit ? zoomTo(null, zoom, geometry) : zoomTo(scale, zoom, geometry, at)
}

/** From all of it to its own pixels, and back. */
export function toggleOneToOne(zoom: Zoom, geometry: Geometry, at?: Point | null): Zoom {
  return zoom.scale === null ? zoomTo(oneToOne(geometry), zoom, geometry, at) : zoomTo(null, zoom, geometry)
}

/** As if the picture were dragged, by CSS pixels. */
export function panBy({ x, y }: Point, zoom: Zoom, geometry: Geometry): Zoom {
  const { width, height } = placeOf(zoom, geometry)
  const centre = centreOf(zoom, geometry)
  const next = { scale: zoom.scale, x: centre.x - x / width, y: centre.y - y / height }
  return { ...next, ...centreOf(next, geometry) }
}

/** "1:1", or per cent of the device's pixels. */
export function scaleText(zoom: Zoom, geometry: Geometry): string {
  const share = scaleOf(zoom, geometry) * geometry.density
  return Math.abs(share - 1) < 0.005 ? '1:1' : `${Math.round(share * 100)} %`
}
