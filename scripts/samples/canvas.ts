import sharp from 'sharp'

/** An RGB picture in memory, three bytes a pixel. */
export interface Canvas {
  data: Buffer
  width: number
  height: number
}

export type Colour = [red: number, green: number, blue: number]

/** Draws the content of an SVG of this size. Nothing in it is random: librsvg's turbulence has seeds of its own. */
export async function drawSvg(width: number, height: number, content: string): Promise<Canvas> {
  const svg = svgOf(width, height, content)
  const { data } = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width, height }
}

function svgOf(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`
}

export function toSharp({ data, width, height }: Canvas) {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

export async function resize(canvas: Canvas, width: number, height: number): Promise<Canvas> {
  return { data: await toSharp(canvas).resize(width, height, { fit: 'fill' }).raw().toBuffer(), width, height }
}

/** A canvas as an image inside another drawing. */
export async function asDataUrl(canvas: Canvas): Promise<string> {
  return `data:image/png;base64,${(await toSharp(canvas).png().toBuffer()).toString('base64')}`
}

export function colourAt({ data, width, height }: Canvas, x: number, y: number): Colour {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)))
  const row = Math.min(height - 1, Math.max(0, Math.round(y)))
  const at = (row * width + column) * 3
  return [data[at] as number, data[at + 1] as number, data[at + 2] as number]
}

/** 0 (black) to 1 (white). */
export function toneAt(canvas: Canvas, x: number, y: number): number {
  const [r, g, b] = colourAt(canvas, x, y)
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255
}

/** Computes every pixel, with colours from 0 to 1. */
export function paintPixels(width: number, height: number, colour: (x: number, y: number) => Colour): Canvas {
  const data = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [r, g, b] = colour(x, y)
      const at = (y * width + x) * 3
      data[at] = toByte(r)
      data[at + 1] = toByte(g)
      data[at + 2] = toByte(b)
    }
  }
  return { data, width, height }
}

/** Changes every pixel of a canvas, in place of a new one. */
export function mapPixels(canvas: Canvas, change: (colour: Colour, x: number, y: number) => Colour): Canvas {
  const { width, height } = canvas
  return paintPixels(width, height, (x, y) => {
    const [r, g, b] = colourAt(canvas, x, y)
    return change([r / 255, g / 255, b / 255], x, y)
  })
}

const toByte = (value: number) => Math.max(0, Math.min(255, Math.round(value * 255)))

export function hexToColour(hex: string): Colour {
  const at = (index: number) => Number.parseInt(hex.slice(1 + index * 2, 3 + index * 2), 16) / 255
  return [at(0), at(1), at(2)]
}

export const rgb = ([r, g, b]: Colour) => `rgb(${Math.round(r)},${Math.round(g)},${Math.round(b)})`
