import { FilePathSource, Input, MATROSKA, MP4, MPEG_TS, QTFF, WEBM } from 'mediabunny'
import { nameCodec } from './codec-names.ts'

/** What the container says of its pictures and sound. */
export interface TrackFacts {
  durationSeconds: number | null
  /** As it is shown: turned, and with square pixels. */
  width: number
  height: number
  /** Degrees clockwise, as stored. */
  rotation: number
  frameRate: number | null
  videoCodec: string | null
  audioCodec: string | null
}

/** What people and cameras write into the file beside it. */
export interface VideoTags {
  title?: string
  description?: string
  artist?: string
  /** Names as the container has them. */
  raw: Record<string, unknown>
}

/** Not playlists, which name other files. */
const formats = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS]
/** Enough to tell a frame rate. */
const sampledPackets = 60

/** Reads the headers alone, never the whole file. @returns null where there is sound only. @throws where it cannot be read. */
export async function readTracks(path: string): Promise<{ tracks: TrackFacts; tags: VideoTags } | null> {
  const source = new FilePathSource(path, { handleUnhandledError: () => {} })
  const input = new Input({ formats, source })
  try {
    const video = await input.getPrimaryVideoTrack()
    if (!video && (await input.getTracks()).length > 0) return null
    if (!video) throw new Error('The headers name no track.')
    const audio = await input.getPrimaryAudioTrack()
    const { averagePacketRate } = await video.computePacketStats(sampledPackets)
    const tracks = {
      durationSeconds: await durationOf(input),
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      rotation: await video.getRotation(),
      frameRate: averagePacketRate,
      videoCodec: nameCodec(await video.getCodec(), await video.getInternalCodecId()),
      audioCodec: audio && nameCodec(await audio.getCodec(), await audio.getInternalCodecId()),
    }
    // Of a video whose tags are damaged, the rest is good.
    const { title, description, comment, artist, raw = {} } = await input.getMetadataTags().catch(() => ({}) as never)
    const written = description ?? comment
    return {
      tracks,
      tags: { ...(title && { title }), ...(written && { description: written }), ...(artist && { artist }), raw },
    }
  } finally {
    input.dispose()
  }
}

/** Clocks of a camera need not begin at zero. */
async function durationOf(input: Input): Promise<number | null> {
  const end = (await input.getDurationFromMetadata()) ?? (await input.computeDuration())
  const begin = Math.max(0, await input.getFirstTimestamp())
  return end > begin ? end - begin : null
}
