/** Sculptures and vessels on a plinth, by ray marching (distance functions after Inigo Quilez, https://iquilezles.org). */
import { type Canvas, type Colour, paintPixels } from './canvas.ts'
import { clamp, createNoise, mix } from './random.ts'

type Point = [x: number, y: number, z: number]
/** Distance from a point to the nearest surface; negative inside. */
export type Solid = (x: number, y: number, z: number) => number

export interface Stage {
  solid: Solid
  /** Albedo of the solid where it is hit, 0 to 1. */
  colour: (x: number, y: number, z: number) => Colour
  wall: Colour
  floor: Colour
  /** 0 is matt plaster, 1 glazed clay. */
  gloss?: number
  /** Quarter turns of the solid about its axis, for views from all sides. */
  turn?: number
}

const light = normalise([-0.55, 0.9, -0.65])

export function photograph(width: number, height: number, stage: Stage, seed: number): Canvas {
  const grain = createNoise(seed)
  const [cos, sin] = [Math.cos((stage.turn ?? 0) * 1.5708), Math.sin((stage.turn ?? 0) * 1.5708)]
  const solid: Solid = (x, y, z) => stage.solid(x * cos - z * sin, y, x * sin + z * cos)
  const eye: Point = [0, 1.15, -4.7]
  return paintPixels(width, height, (column, row) => {
    const [u, v] = [((column / width) * 2 - 1) * (width / height), 1 - (row / height) * 2]
    const ray = normalise([u * 0.34, v * 0.34 - 0.03, 1])
    const shade = shadeRay(eye, ray, solid, stage, cos, sin)
    const noise = grain(column * 0.9, row * 0.9) * 0.02
    const vignette = 1 - 0.22 * (u * u * 0.6 + v * v * 0.5)
    return shade.map(value => clamp(value * vignette + noise) ** 0.8) as Colour
  })
}

function shadeRay(eye: Point, ray: Point, solid: Solid, stage: Stage, cos: number, sin: number): Colour {
  const distance = march(eye, ray, solid, 9)
  if (distance !== undefined) {
    const [x, y, z] = along(eye, ray, distance)
    const normal = normalAt(solid, x, y, z)
    const albedo = stage.colour(x * cos - z * sin, y, x * sin + z * cos)
    const sun =
      Math.max(0, dot(normal, light)) *
      softShadow([x + normal[0] * 0.01, y + normal[1] * 0.01, z + normal[2] * 0.01], solid)
    const open = openness(solid, [x, y, z], normal)
    const half = normalise([light[0] - ray[0], light[1] - ray[1], light[2] - ray[2]])
    const shine = (stage.gloss ?? 0) * Math.max(0, dot(normal, half)) ** 60 * 0.9
    const fill = (0.26 + 0.16 * normal[1] + 0.12 * Math.max(0, normal[0])) * open
    return albedo.map(
      (value, index) => value * (sun * (1 - index * 0.03) + fill * (1 + index * 0.05)) + shine,
    ) as Colour
  }
  return shadeGround(eye, ray, solid, stage)
}

/** The floor, or the wall behind it, with a soft bend where they meet. */
function shadeGround(eye: Point, ray: Point, solid: Solid, stage: Stage): Colour {
  const toFloor = ray[1] < 0 ? -eye[1] / ray[1] : Number.POSITIVE_INFINITY
  const toWall = (2.6 - eye[2]) / ray[2]
  const point = along(eye, ray, Math.min(toFloor, toWall))
  const isFloor = toFloor < toWall
  const bend = isFloor ? clamp((point[2] - 1.2) / 1.4) : clamp(1 - point[1] * 1.2)
  const base = stage.floor.map((value, index) =>
    mix(value, stage.wall[index] as number, isFloor ? bend * 0.5 : 1 - bend * 0.5),
  ) as Colour
  const shadow = softShadow([point[0], point[1] + 0.01, point[2] - (isFloor ? 0 : 0.01)], solid)
  const contact = isFloor ? clamp(0.35 + solid(point[0], 0.02, point[2]) * 1.6) : 1
  const fall = 1 - 0.1 * (point[0] + 1)
  return base.map(value => value * (0.34 * contact + 0.66 * shadow) * fall) as Colour
}

function march(from: Point, ray: Point, solid: Solid, far: number): number | undefined {
  let distance = 3
  for (let step = 0; step < 90 && distance < far; step += 1) {
    const [x, y, z] = along(from, ray, distance)
    const gap = solid(x, y, z)
    if (gap < 0.0015) return distance
    distance += gap * 0.8
  }
  return undefined
}

function softShadow(from: Point, solid: Solid): number {
  let open = 1
  for (let distance = 0.03; distance < 3; ) {
    const [x, y, z] = along(from, light, distance)
    const gap = solid(x, y, z)
    if (gap < 0.001) return 0
    open = Math.min(open, (9 * gap) / distance)
    distance += clamp(gap, 0.02, 0.2)
  }
  return open
}

function openness(solid: Solid, [x, y, z]: Point, normal: Point): number {
  let closed = 0
  for (const reach of [0.04, 0.1, 0.2, 0.34]) {
    closed += Math.max(0, reach - solid(x + normal[0] * reach, y + normal[1] * reach, z + normal[2] * reach)) * 1.1
  }
  return clamp(1 - closed)
}

function normalAt(solid: Solid, x: number, y: number, z: number): Point {
  const e = 0.002
  return normalise([
    solid(x + e, y, z) - solid(x - e, y, z),
    solid(x, y + e, z) - solid(x, y - e, z),
    solid(x, y, z + e) - solid(x, y, z - e),
  ])
}

const along = (from: Point, ray: Point, distance: number): Point => [
  from[0] + ray[0] * distance,
  from[1] + ray[1] * distance,
  from[2] + ray[2] * distance,
]
const dot = (one: Point, other: Point) => one[0] * other[0] + one[1] * other[1] + one[2] * other[2]

function normalise([x, y, z]: Point): Point {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

export const sphere =
  (cx: number, cy: number, cz: number, radius: number): Solid =>
  (x, y, z) =>
    Math.hypot(x - cx, y - cy, z - cz) - radius

const box =
  (cy: number, halfWidth: number, halfHeight: number): Solid =>
  (x, y, z) => {
    const [dx, dy, dz] = [Math.abs(x) - halfWidth, Math.abs(y - cy) - halfHeight, Math.abs(z) - halfWidth]
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0)) + Math.min(0, Math.max(dx, dy, dz)) - 0.015
  }

/** A body turned on a wheel: its radius at each height, with a wall of some thickness where it is open above. */
export function thrown(
  cx: number,
  cz: number,
  bottom: number,
  top: number,
  radiusAt: (part: number) => number,
  isOpen = true,
): Solid {
  return (x, y, z) => {
    const part = clamp((y - bottom) / (top - bottom))
    const reach = Math.hypot(x - cx, z - cz)
    const outside = (reach - radiusAt(part)) * 0.72
    const caps = Math.max(bottom - y, y - top)
    const body = Math.max(outside, caps)
    if (!isOpen) return body
    const hollow = Math.max((reach - radiusAt(part) + 0.045) * 0.72, bottom + 0.06 - y)
    return Math.max(body, -hollow)
  }
}

/** Joins two solids with a soft seam. */
export function blend(one: Solid, other: Solid, seam: number): Solid {
  return (x, y, z) => {
    const [a, b] = [one(x, y, z), other(x, y, z)]
    const part = clamp(0.5 + (0.5 * (b - a)) / seam)
    return mix(b, a, part) - seam * part * (1 - part)
  }
}

export const join =
  (...solids: Solid[]): Solid =>
  (x, y, z) =>
    Math.min(...solids.map(solid => solid(x, y, z)))

/** A standing form, leaning and turning as it rises, pierced near its middle. */
export function standingForm(): Solid {
  const plinth = box(0.12, 0.42, 0.12)
  const form: Solid = (x, y, z) => {
    const turn = (y - 0.3) * 0.9
    const [lx, lz] = [x * Math.cos(turn) - z * Math.sin(turn), x * Math.sin(turn) + z * Math.cos(turn)]
    const body = blend(ellipsoid(0, 0.72, 0.42, 0.52, 0.3), ellipsoid(0.1, 1.42, 0.3, 0.5, 0.24), 0.3)
    const head = sphere(-0.05, 1.98, 0, 0.2)
    const pierced = Math.max(blend(body, head, 0.22)(lx, y, lz), -(Math.hypot(lx - 0.02, (y - 1.08) * 0.8) - 0.15))
    return pierced * 0.6
  }
  return join(plinth, form)
}

function ellipsoid(cx: number, cy: number, rx: number, ry: number, rz: number): Solid {
  return (x, y, z) => {
    const [px, py, pz] = [(x - cx) / rx, (y - cy) / ry, z / rz]
    const near = Math.hypot(px, py, pz)
    return (near - 1) * Math.min(rx, ry, rz)
  }
}
