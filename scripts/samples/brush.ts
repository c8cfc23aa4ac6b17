import { type Canvas, type Colour, colourAt, drawSvg, mapPixels, resize, rgb, toneAt, toSharp } from './canvas.ts'
import { between, createNoise, mix, type Random, randomNumbers, shuffle } from './random.ts'

export interface BrushWork {
  seed: number
  /** Length of the broadest strokes as a part of the picture's width. */
  stroke?: number
  /** How far colours stray from what is painted, 0 to 1. */
  stray?: number
  /** How thick the paint stands, 0 to 1. */
  relief?: number
}

/**
 * Paints a motif over with strokes, broad ones first and finer ones where the motif has edges, along its contours
 * (after Paul Haeberli, "Paint by Numbers", 1990), then lets light fall on the relief of the paint and the canvas.
 */
export async function paint(motif: Canvas, width: number, height: number, work: BrushWork): Promise<Canvas> {
  const { seed, stroke = 0.09, stray = 0.35, relief = 0.5 } = work
  const random = randomNumbers(seed)
  const reference = await resize(motif, width, height)
  const layers = [1, 0.55, 0.28, 0.14].map((part, index) =>
    drawLayer(reference, stroke * part * width, index, stray, random, createNoise(seed + 1)),
  )
  const strokes = `<rect width="${width}" height="${height}" fill="#8a7a66"/>${layers.join('')}`
  return lightRelief(await drawSvg(width, height, strokes), relief, seed)
}

function drawLayer(
  motif: Canvas,
  length: number,
  layer: number,
  stray: number,
  random: Random,
  flow: (x: number, y: number, octaves?: number) => number,
): string {
  const { width, height } = motif
  const step = length * 0.34
  const strokes: string[] = []
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at: [number, number] = [x + between(random, -step, step), y + between(random, -step, step)]
      const slope = slopeAt(motif, ...at, length * 0.3)
      // Finer strokes only where there is something to say.
      if (layer > 1 && slope.steepness < 0.03 * layer && random() > 0.12) continue
      const drift = flow(at[0] / (width * 0.3), at[1] / (width * 0.3), 2) * Math.PI
      const angle = slope.steepness > 0.05 ? slope.angle + Math.PI / 2 : drift * 0.5
      strokes.push(
        drawStroke(
          at,
          angle,
          length * between(random, 0.6, 1.1),
          strayColour(colourAt(motif, ...at), stray, random),
          random,
        ),
      )
    }
  }
  return shuffle(strokes, random).join('')
}

function slopeAt(motif: Canvas, x: number, y: number, reach: number): { angle: number; steepness: number } {
  const across = toneAt(motif, x + reach, y) - toneAt(motif, x - reach, y)
  const down = toneAt(motif, x, y + reach) - toneAt(motif, x, y - reach)
  return { angle: Math.atan2(down, across), steepness: Math.hypot(across, down) }
}

function strayColour([r, g, b]: Colour, stray: number, random: Random): Colour {
  const lighter = between(random, -34, 34) * stray
  const warmer = between(random, -26, 26) * stray
  return [r + lighter + warmer, g + lighter, b + lighter - warmer].map(value =>
    Math.max(0, Math.min(255, value)),
  ) as Colour
}

function drawStroke([x, y]: [number, number], angle: number, length: number, colour: Colour, random: Random): string {
  const [dx, dy] = [(Math.cos(angle) * length) / 2, (Math.sin(angle) * length) / 2]
  const bend = between(random, -0.25, 0.25)
  const path = `M${n(x - dx)} ${n(y - dy)}Q${n(x - dy * bend)} ${n(y + dx * bend)} ${n(x + dx)} ${n(y + dy)}`
  const width = n(length * between(random, 0.2, 0.34))
  return `<path d="${path}" stroke="${rgb(colour)}" stroke-width="${width}" stroke-linecap="round" fill="none" opacity=".88"/>`
}

/** Light from the upper left on bristle marks and on the weave of the canvas. */
async function lightRelief(strokes: Canvas, relief: number, seed: number): Promise<Canvas> {
  const { width, height } = strokes
  const grey = await toSharp(strokes).greyscale().blur(0.7).raw().toBuffer({ resolveWithObject: true })
  const channels = grey.info.channels
  const heightAt = (x: number, y: number) =>
    (grey.data[
      (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * channels
    ] as number) / 255
  const bristle = createNoise(seed + 7)
  return mapPixels(strokes, (colour, x, y) => {
    const edge = heightAt(x + 1, y + 1) - heightAt(x - 1, y - 1)
    const weave = Math.sin(x * 1.9) * Math.sin(y * 1.9) * 0.012
    const grain = bristle(x * 0.35, y * 0.35, 2) * 0.03
    const light = 1 + relief * (mix(0, -edge, 0.9) + weave + grain)
    return colour.map(value => value * light) as Colour
  })
}

const n = (value: number) => value.toFixed(1)
