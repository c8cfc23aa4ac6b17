import {
  type Canvas,
  type Colour,
  colourAt,
  drawSvg,
  hexToColour,
  mapPixels,
  paintPixels,
  resize,
  toneAt,
} from './canvas.ts'
import { between, clamp, createNoise, mix, randomNumbers } from './random.ts'

/** Paper with a tooth, as a colour for each place. */
function createPaper(seed: number, hex: string, tooth = 0.035): (x: number, y: number) => Colour {
  const noise = createNoise(seed)
  const base = hexToColour(hex)
  return (x, y) => {
    const light = 1 + noise(x * 0.6, y * 0.6) * tooth * 0.6 + noise(x * 0.012, y * 0.012, 3) * tooth
    return base.map(value => value * light) as Colour
  }
}

export interface Hatching {
  seed: number
  paper: string
  ink: string
  /** Distance of the lines in pixels. */
  spacing?: number
  lineWidth?: number
  /** SVG drawn over the hatching with the same ink, for contours. */
  contours?: string
}

/** Draws a motif with layers of parallel lines: the darker a place, the more layers cross there. */
export async function hatch(motif: Canvas, width: number, height: number, style: Hatching): Promise<Canvas> {
  const { seed, paper, ink, spacing = 5, lineWidth = 1, contours = '' } = style
  const reference = await resize(motif, width, height)
  const layers = [
    [0.82, -38],
    [0.62, -32],
    [0.44, 24],
    [0.28, 78],
    [0.15, -75],
  ] as const
  const lines = layers.map(([limit, degrees], index) => hatchLayer(reference, limit, degrees, spacing, seed + index))
  const drawn = await drawSvg(
    width,
    height,
    `<defs><filter id="hand" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".018" numOctaves="2" seed="${seed}"/>
      <feDisplacementMap in="SourceGraphic" scale="7"/></filter></defs><rect width="100%" height="100%" fill="#fff"/>
      <path d="${lines.join('')}" stroke="#000" stroke-width="${lineWidth}" stroke-linecap="round" fill="none" opacity=".74"/>
      <g filter="url(#hand)" stroke="#000" fill="none" stroke-linecap="round" stroke-linejoin="round" opacity=".85">${contours}</g>`,
  )
  return printOn(drawn, createPaper(seed + 50, paper), ink, seed)
}

function hatchLayer(motif: Canvas, limit: number, degrees: number, spacing: number, seed: number): string {
  const random = randomNumbers(seed)
  const { width, height } = motif
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const reach = Math.hypot(width, height) / 2
  let path = ''
  for (let offset = -reach; offset < reach; offset += spacing * between(random, 0.75, 1.25)) {
    let isDown = false
    const wobble = between(random, 0, 6)
    for (let along = -reach; along < reach; along += 7) {
      const sway = Math.sin(along * 0.02 + wobble) * 1.4
      const x = width / 2 + along * cos - (offset + sway) * sin
      const y = height / 2 + along * sin + (offset + sway) * cos
      const isInside = x >= 0 && y >= 0 && x < width && y < height
      const isDark = isInside && toneAt(motif, x, y) < limit + between(random, -0.05, 0.05)
      if (isDark) path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
      isDown = isDark && random() > 0.03
    }
  }
  return path
}

/** Lays dark marks on paper, in one ink that the tooth of the paper breaks up. */
function printOn(
  marks: Canvas,
  paper: (x: number, y: number) => Colour,
  ink: string,
  seed: number,
  breaks = 0.3,
): Canvas {
  const colour = hexToColour(ink)
  const grain = createNoise(seed + 99)
  return mapPixels(marks, ([tone], x, y) => {
    const cover = clamp((1 - tone) * (1 - breaks * Math.max(0, grain(x * 0.8, y * 0.8))))
    return paper(x, y).map((value, index) => mix(value, colour[index] as number, cover)) as Colour
  })
}

export interface Relief {
  seed: number
  paper: string
  ink: string
  /** Distance of the cut lines in pixels. */
  pitch?: number
}

/** A linocut or woodcut: what is light is cut away, and halftones are lines of growing width along a flow. */
export async function cutRelief(
  motif: Canvas,
  width: number,
  height: number,
  { seed, paper, ink, pitch = 11 }: Relief,
): Promise<Canvas> {
  const fine = 2
  const reference = await resize(motif, width, height)
  const flow = createNoise(seed)
  const marks = paintPixels(width * fine, height * fine, (x, y) => {
    const [u, v] = [x / fine, y / fine]
    const bend = flow(u / 260, v / 260, 2) * 90
    const wave = Math.sin(((u * 0.35 + v + bend) * 2 * Math.PI) / pitch) * 0.5 + 0.5
    const tone = toneAt(reference, u, v)
    const isInk = tone < 0.2 || (tone < 0.82 && tone < 0.12 + wave * 0.75)
    return isInk ? [0, 0, 0] : [1, 1, 1]
  })
  return printOn(await resize(marks, width, height), createPaper(seed + 3, paper), ink, seed, 0.22)
}

export interface Screen {
  ink: string
  degrees: number
  /** Where this ink lies off its place, in pixels. */
  shift: [number, number]
  /** How much of the ink a colour of the motif takes, 0 to 1. */
  amount: (colour: Colour) => number
}

/** Overprints inks with dot screens, as a risograph does. */
export async function overprint(
  motif: Canvas,
  width: number,
  height: number,
  paperHex: string,
  screens: Screen[],
  seed: number,
): Promise<Canvas> {
  const fine = 2
  const pitch = 7
  const reference = await resize(motif, width, height)
  const paper = createPaper(seed, paperHex)
  const inks = screens.map(screen => ({
    ...screen,
    colour: hexToColour(screen.ink),
    angle: (screen.degrees * Math.PI) / 180,
  }))
  const marks = paintPixels(width * fine, height * fine, (x, y) => {
    const [u, v] = [x / fine, y / fine]
    let printed: Colour = paper(u, v)
    for (const { colour, angle, shift, amount } of inks) {
      const [r, g, b] = colourAt(reference, u - shift[0], v - shift[1])
      const wanted = amount([r / 255, g / 255, b / 255])
      const [across, down] = [
        (u * Math.cos(angle) + v * Math.sin(angle)) / pitch,
        (v * Math.cos(angle) - u * Math.sin(angle)) / pitch,
      ]
      const dot = (Math.cos(across * 2 * Math.PI) + Math.cos(down * 2 * Math.PI)) / 4 + 0.5
      if (wanted > 0.96 || dot < wanted * 0.98)
        printed = printed.map((value, index) => value * (colour[index] as number)) as Colour
    }
    return printed
  })
  return resize(marks, width, height)
}
