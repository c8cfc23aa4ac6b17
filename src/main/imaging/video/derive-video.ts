import { cleanLine, cleanText } from '../../../shared/written-text.ts'
import { measureColours } from '../colours.ts'
import { parseTakenAt } from '../embedded-text.ts'
import { encodePreviews, toWebp } from '../encode.ts'
import type { Limits } from '../limits.ts'
import { frameSide } from '../limits.ts'
import { measure } from '../measure.ts'
import type { DerivedPicture, EmbeddedFacts, PreviewTargets, VideoFacts, VideoFormat } from '../port.ts'
import type { ChildSettings } from '../protocol.ts'
import { fromRaster, type Raster, toRaster } from '../raster.ts'
import { megapixels, refuse, refuseUnreadable } from '../refusals.ts'
import { samplePoints } from '../sample.ts'
import { writeWhole } from '../write-whole.ts'
import { readAviHeader } from './avi-header.ts'
import { readCreationMs } from './creation-time.ts'
import { takeFrames } from './frames.ts'
import { readTracks, type TrackFacts, type VideoTags } from './track-facts.ts'

const mimeTypes: Record<VideoFormat, string> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/matroska',
  avi: 'video/x-msvideo',
  mts: 'video/mp2t',
}

/** Of a video that nothing here can show: the middle of each scale, of which no analyser makes a word. */
const nothingSeen = {
  previewBytes: 0,
  thumbnailBytes: 0,
  placeholder: null,
  meanColour: null,
  fingerprint: null,
  palette: [],
  light: { brightness: 0.5, contrast: 0.15, colourfulness: 0.06 },
}

/** The whole work on one video: its headers are read here, its frames come from FFmpeg, which is a process of its own. */
export async function deriveVideo(
  path: string,
  format: VideoFormat,
  targets: PreviewTargets,
  { limits, cores, ffmpeg }: ChildSettings,
): Promise<DerivedPicture> {
  const { tracks, tags } = await readFacts(path, format)
  const { durationMs, width, height } = checkTracks(tracks, limits)
  const found = ffmpeg === null ? 'no-decoder' : await takeFrames(ffmpeg, { path, format, durationMs, limits, cores })
  const seen = typeof found === 'string' ? nothingSeen : await writeFrames(found.poster, found.others, targets)
  const video: VideoFacts = {
    durationMs,
    frameRate: sane(tracks.frameRate, 1_000) && Math.round((tracks.frameRate as number) * 100) / 100,
    videoCodec: tracks.videoCodec,
    audioCodec: tracks.audioCodec,
    rotation: tracks.rotation,
    poster: typeof found === 'string' ? found : 'frame',
    frames: typeof found === 'string' ? 0 : Math.min(found.others.length, targets.frames?.length ?? 0),
  }
  const known = { format, mimeType: mimeTypes[format], width, height, hasAlpha: false, frameCount: 1 }
  return { ...known, ...seen, embedded: embeddedFacts(path, format, tags), video }
}

async function readFacts(path: string, format: VideoFormat): Promise<{ tracks: TrackFacts; tags: VideoTags }> {
  const found = await (format === 'avi' ? readAvi(path) : readTracks(path)).catch((cause: unknown) => {
    const meaning = refuseUnreadable(cause)
    throw meaning === cause ? refuse('corrupt', damaged, cause) : meaning
  })
  if (found === null)
    throw refuse('unsupported-format', 'There are no pictures in this file, only sound or nothing at all.')
  return found
}

const damaged = 'The video is damaged and could not be read. Restore it from a backup, then retry.'

async function readAvi(path: string) {
  const tracks = readAviHeader(path)
  return tracks && { tracks, tags: { raw: {} } }
}

function checkTracks({ width, height, durationSeconds }: TrackFacts, limits: Limits) {
  if (!(width >= 1 && height >= 1)) throw refuse('corrupt', damaged)
  if (width * height > limits.pixels) {
    const [has, most] = [megapixels(width * height), megapixels(limits.pixels)]
    throw refuse('too-many-pixels', `The video has ${has} megapixels; Burg Ink opens up to ${most}.`)
  }
  const seconds = sane(durationSeconds, longestSeconds)
  return { width: Math.round(width), height: Math.round(height), durationMs: seconds && Math.round(seconds * 1000) }
}

/** A damaged header says anything. A month is longer than any video. */
const longestSeconds = 31 * 24 * 3600

function sane(value: number | null, most: number): number | null {
  return value !== null && value > 0 && value <= most ? value : null
}

/** The poster is what is seen of the video; its colours are those of all frames. */
async function writeFrames(poster: Raster, others: readonly Raster[], targets: PreviewTargets) {
  const { preview, thumbnail, small } = await encodePreviews(poster)
  const { placeholder, meanColour, fingerprint } = measure(small)
  const { palette, light } = measureColours(pointsOf([poster, ...others]))
  for (const [index, target] of (targets.frames ?? []).entries()) {
    const frame = others[index]
    if (frame) writeWhole(target, await toWebp(await fitFrame(frame)))
  }
  writeWhole(targets.preview, preview)
  writeWhole(targets.thumbnail, thumbnail)
  const bytes = { previewBytes: preview.length, thumbnailBytes: thumbnail.length }
  return { ...bytes, placeholder, meanColour, fingerprint, palette, light }
}

function fitFrame(frame: Raster): Promise<Raster> {
  return toRaster(
    fromRaster(frame).resize({ width: frameSide, height: frameSide, fit: 'inside', withoutEnlargement: true }),
  )
}

const pointCount = 4_096

/** As many points of each, beneath each other. */
function pointsOf(frames: readonly Raster[]): Raster {
  const points = frames.map(frame => samplePoints(frame, pointCount / frames.length).data)
  const data = Buffer.concat(points)
  return { data, width: 1, height: data.length / 4, channels: 4 }
}

const longest = { line: 300, text: 5_000 }

/** Where it was taken is left in the file, as with pictures: it can tell where an artist lives. */
function embeddedFacts(
  path: string,
  format: VideoFormat,
  { title, description, artist, raw }: VideoTags,
): EmbeddedFacts {
  const line = (value: unknown) => cleanLine(value, longest.line)
  const model = line(raw['com.apple.quicktime.model'])
  const facts = {
    takenAt: takenAt(path, format, raw),
    title: line(title),
    caption: cleanText(description, longest.text),
    artist: line(artist),
    camera: model,
  }
  const known = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { keywords: [], ...(Object.fromEntries(known) as Partial<EmbeddedFacts>) }
}

/** Phones write the local time; the container's own clock is UTC, and is read as the clock of this computer showed it. */
function takenAt(path: string, format: VideoFormat, raw: Record<string, unknown>): string | undefined {
  const written = parseTakenAt(raw['com.apple.quicktime.creationdate']) ?? parseTakenAt(raw.DATE_RECORDED)
  if (written !== undefined || (format !== 'mp4' && format !== 'mov')) return written
  const createdMs = readCreationMs(path)
  if (createdMs === null) return undefined
  const local = new Date(createdMs - new Date(createdMs).getTimezoneOffset() * 60_000)
  return Number.isNaN(local.getTime()) ? undefined : parseTakenAt(local.toISOString())
}
