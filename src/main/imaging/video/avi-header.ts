import { readStart } from '../read-start.ts'
import { codecOfFourcc } from './codec-names.ts'
import type { TrackFacts } from './track-facts.ts'

/** The headers come before the pictures; none are this long. */
const headerBytes = 256 * 1024

/** What the headers of an AVI say: Microsoft, "AVI RIFF File Reference", `avih`, `strh` and `strf`. Null where there are no pictures. */
export function readAviHeader(path: string): TrackFacts | null {
  const { start } = readStart(path, headerBytes)
  const streams = streamsIn(start)
  const pictures = streams.find(({ type }) => type === 'vids')
  if (!pictures) return null
  const { scale, rate, length } = pictures
  const frameRate = scale > 0 && rate > 0 ? rate / scale : null
  return {
    durationSeconds: frameRate === null || length === 0 ? null : length / frameRate,
    width: pictures.width,
    height: pictures.height,
    rotation: 0,
    frameRate,
    videoCodec: codecOfFourcc(pictures.fourcc),
    audioCodec: streams.some(({ type }) => type === 'auds') ? 'sound' : null,
  }
}

interface Stream {
  type: string
  fourcc: string
  scale: number
  rate: number
  length: number
  width: number
  height: number
}

function streamsIn(bytes: Buffer): Stream[] {
  const streams: Stream[] = []
  for (let at = bytes.indexOf('strh'); at >= 0 && at + 64 < bytes.length; at = bytes.indexOf('strh', at + 4)) {
    const header = bytes.subarray(at + 8)
    const format = bytes.indexOf('strf', at)
    const type = header.toString('latin1', 0, 4)
    if (format < 0 || format + 28 > bytes.length) break
    const [width, height] = [bytes.readInt32LE(format + 12), bytes.readInt32LE(format + 16)]
    streams.push({
      type,
      // The handler is what was meant, the format what is there.
      fourcc: bytes.toString('latin1', format + 24, format + 28),
      scale: header.readUInt32LE(20),
      rate: header.readUInt32LE(24),
      length: header.readUInt32LE(32),
      width: Math.abs(width),
      // A picture that is stored top down has a negative height.
      height: Math.abs(height),
    })
  }
  return streams
}
