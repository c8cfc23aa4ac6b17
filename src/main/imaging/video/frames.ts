import sharp from 'sharp'
import { measureColours } from '../colours.ts'
import { type Limits, previewSide } from '../limits.ts'
import { inOwnWords } from '../own-words.ts'
import type { VideoFormat } from '../port.ts'
import { type Raster, toRaster } from '../raster.ts'
import { samplePoints } from '../sample.ts'
import { frameAt, NoFfmpeg } from './ffmpeg.ts'

/** Parts of the duration. The first is the poster, unless it is dark. */
const places = [0.1, 0.35, 0.6, 0.85]
/** Where the container does not say how long it is. */
const blindSeconds = [1, 3, 8]
/** Mean OKLab lightness and its deviation: below, it is a fade or a lens cap, and above, a scene at night. */
const darkest = { brightness: 0.22, contrast: 0.08 }

interface Video {
  path: string
  format: VideoFormat
  durationMs: number | null
  limits: Limits
  cores: number
}

/** Up to four frames, spread over the video, of which one that is not dark is its poster. */
export async function takeFrames(
  ffmpeg: string,
  { path, format, durationMs, limits, cores }: Video,
): Promise<{ poster: Raster; others: Raster[] } | 'no-decoder' | 'undecodable'> {
  const wanted = { path, format, side: previewSide, timeoutMs: limits.frameMs, threads: cores }
  const seconds = durationMs === null ? blindSeconds : places.map(place => (place * durationMs) / 1000)
  const frames: Raster[] = []
  try {
    for (const at of seconds) frames.push(...(await decoded(frameAt(ffmpeg, { ...wanted, seconds: at }))))
    // Very short ones, and those that cannot be entered in the middle.
    if (frames.length === 0) frames.push(...(await decoded(frameAt(ffmpeg, { ...wanted, seconds: 0 }))))
  } catch (cause) {
    if (cause instanceof NoFfmpeg) return 'no-decoder'
    throw cause
  }
  const poster = choosePoster(frames)
  return poster ? { poster, others: frames.filter(frame => frame !== poster) } : 'undecodable'
}

async function decoded(png: Promise<Buffer | null>): Promise<Raster[]> {
  const bytes = await png
  if (bytes === null) return []
  // What was cut off by a limit is no picture.
  return inOwnWords(() => sharp(bytes).metadata())
    .then(() => toRaster(sharp(bytes).toColourspace('srgb')))
    .then(
      raster => [raster],
      () => [],
    )
}

/** The first that is not dark, else the brightest. */
function choosePoster(frames: readonly Raster[]): Raster | undefined {
  const lit = frames.map(frame => ({ frame, light: measureColours(samplePoints(frame, 1_024)).light }))
  const good = lit.find(({ light }) => light.brightness > darkest.brightness || light.contrast > darkest.contrast)
  return (good ?? lit.toSorted((one, other) => other.light.brightness - one.light.brightness)[0])?.frame
}
