import { spawn } from 'node:child_process'
import type { VideoFormat } from '../port.ts'

/** The demuxer of each, named: left to guess, FFmpeg takes some files for playlists, which name other files. */
const demuxers: Record<VideoFormat, string> = {
  mp4: 'mov',
  mov: 'mov',
  webm: 'matroska',
  mkv: 'matroska',
  avi: 'avi',
  mts: 'mpegts',
}

/** More than 8K; what is larger is nobody's film. */
const pixelsMax = 64_000_000
/** A frame of the size of a preview, as PNG that is hardly compressed. */
const bytesMax = 64 * 2 ** 20

export interface FrameWanted {
  path: string
  format: VideoFormat
  seconds: number
  /** The longest side it may have. */
  side: number
  timeoutMs: number
  threads: number
}

/** FFmpeg could not be started. */
export class NoFfmpeg extends Error {}

/**
 * One frame as PNG, upright and with square pixels; null where there is none at this time, or it took too long.
 * @throws {NoFfmpeg}
 */
export function frameAt(ffmpeg: string, wanted: FrameWanted): Promise<Buffer | null> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | null>()
  const child = spawn(ffmpeg, argumentsFor(wanted), {
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  })
  const chunks: Buffer[] = []
  let bytes = 0
  const timer = setTimeout(() => child.kill('SIGKILL'), wanted.timeoutMs)
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bytesMax) child.kill('SIGKILL')
    else chunks.push(chunk)
  })
  child.once('error', cause => reject(new NoFfmpeg(cause.message, { cause })))
  child.once('close', code => resolve(code === 0 && bytes > 0 ? Buffer.concat(chunks) : null))
  return promise.finally(() => clearTimeout(timer))
}

function argumentsFor({ path, format, seconds, side, timeoutMs, threads }: FrameWanted): string[] {
  // Square pixels first; then smaller, and never larger.
  const fit = `scale=min(iw\\,${side}):min(ih\\,${side}):force_original_aspect_ratio=decrease`
  const filter = `scale=trunc(iw*sar):ih,setsar=1,${fit}`
  return [
    ...['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-threads', String(threads)],
    // Where whoever waits for it was killed, it ends by itself.
    ...['-timelimit', String(Math.ceil(timeoutMs / 1000)), '-max_pixels', String(pixelsMax)],
    ...['-ss', seconds.toFixed(3), '-f', demuxers[format], '-i', `file:${path}`],
    ...['-map', '0:v:0', '-frames:v', '1', '-vf', filter],
    ...[
      '-f',
      'image2pipe',
      '-c:v',
      'png',
      '-compression_level',
      '1',
      '-pix_fmt',
      'rgb24',
      '-map_metadata',
      '-1',
      'pipe:1',
    ],
  ]
}
