import { thumbHashToRGBA } from 'thumbhash'

const keptMost = 512
const kept = new Map<string, ImageData>()

function decode(placeholder: string): ImageData {
  const bytes = Uint8Array.from(atob(placeholder), letter => letter.charCodeAt(0))
  const { w, h, rgba } = thumbHashToRGBA(bytes)
  const image = new ImageData(w, h)
  image.data.set(rgba)
  return image
}

function imageOf(placeholder: string): ImageData {
  const known = kept.get(placeholder)
  if (known) return known
  const image = decode(placeholder)
  if (kept.size >= keptMost) kept.delete(kept.keys().next().value as string)
  kept.set(placeholder, image)
  return image
}

/** Paints a ThumbHash (base64) at its own few pixels; the browser stretches it. False where there is none that can be read. */
export function paintPlaceholder(canvas: HTMLCanvasElement, placeholder: string | null): boolean {
  if (!placeholder) return false
  try {
    const image = imageOf(placeholder)
    if (canvas.width !== image.width) canvas.width = image.width
    if (canvas.height !== image.height) canvas.height = image.height
    canvas.getContext('2d')?.putImageData(image, 0, 0)
    return true
  } catch {
    return false
  }
}
