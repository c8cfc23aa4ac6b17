import type { ColourName } from '../../shared/colours.ts'
import type { ReasonCode } from '../../shared/outcomes.ts'

/** Bytes in, facts and previews out. One decode gives everything in `DerivedPicture` and both files. */
export interface Imaging {
  /**
   * Decodes the picture at `originalPath` once, writes both WebP files (each whole or not at all, overwriting what is
   * there) and returns what was measured. Can be called again with the same targets, one call after the other.
   *
   * Of a video the previews show its poster, a frame that is not dark, and its other frames are written beside them. Where
   * nothing here can show it, nothing is written and the facts are there all the same.
   * @throws {PictureRefused} when the file is at fault; anything else means this machine or this program is.
   */
  derive(originalPath: string, targets: PreviewTargets): Promise<DerivedPicture>
  /**
   * The picture at `path`, such as a preview, as it is shown to others: JPEG of at most `longSide` px, never enlarged, sRGB,
   * over white where it is transparent, without any metadata, not even a colour profile.
   * @throws {PictureRefused} as `derive`
   */
  reduce(path: string, options: { longSide: number }): Promise<Uint8Array>
  /** Whether there is a program here that shows pictures of a video; see `VideoFacts.poster`. */
  canShowVideos(): boolean
  /** Stops what is running and frees every process. What is under way rejects. */
  close(): Promise<void>
}

/** Absolute paths; their folders exist. */
export interface PreviewTargets {
  /** At most 2048 px on the long side, never enlarged (vector pictures are drawn at that size). */
  preview: string
  /** At most 512 px on the long side, never enlarged. */
  thumbnail: string
  /** WebP of at most 1024 px: frames of a video besides its poster, as many as there are paths and frames. */
  frames?: readonly string[]
}

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg'
export type VideoFormat = 'mp4' | 'mov' | 'webm' | 'mkv' | 'avi' | 'mts'

export interface DerivedPicture {
  format: PictureFormat | VideoFormat
  /** By content, never by file name. */
  mimeType: string
  /** Pixels of the original after its orientation is applied. */
  width: number
  height: number
  hasAlpha: boolean
  /** Frames or pages in the file; previews show the first. */
  frameCount: number
  /** 0 where it was not written, because there is nothing to see; see `VideoFacts.poster`. */
  previewBytes: number
  thumbnailBytes: number
  /**
   * ThumbHash (https://evanw.github.io/thumbhash/), base64: proportions, colours and alpha in about 25 bytes. This and the next
   * two are null where there is nothing to see.
   */
  placeholder: string | null
  /** `#rrggbb`, the mean colour over white. */
  meanColour: string | null
  /**
   * Named colours with the share of the picture each covers (0..1), largest first, shares under 0.02 left out. Of a video, these
   * and the light are those of all frames that were taken from it.
   */
  palette: { name: ColourName; hex: string; share: number }[]
  light: {
    /** Mean OKLab lightness, 0 (black) .. 1 (white). */
    brightness: number
    /** Standard deviation of OKLab lightness, 0 .. 0.5. */
    contrast: number
    /** Mean OKLCH chroma, 0 .. 0.4. */
    colourfulness: number
  }
  /** 64-bit perceptual hash, 16 hex digits: pictures that look alike differ in few bits. */
  fingerprint: string | null
  embedded: EmbeddedFacts
  /** Only of a video. */
  video?: VideoFacts
}

/** What the container says, and what could be shown. What it does not say is null. */
export interface VideoFacts {
  durationMs: number | null
  frameRate: number | null
  /** Names for people, such as `H.264`. */
  videoCodec: string | null
  /** Null also where there is no sound. */
  audioCodec: string | null
  /** Degrees clockwise as stored, before they were applied. */
  rotation: number
  /**
   * `frame`: one of its frames. `no-decoder`: there is no FFmpeg here. `undecodable`: it can show nothing of this video.
   */
  poster: 'frame' | 'no-decoder' | 'undecodable'
  /** Frames that were written besides the poster. */
  frames: number
}

/** EXIF, IPTC and XMP as the file carries them: trimmed, control characters removed, lengths capped, otherwise untouched. */
export interface EmbeddedFacts {
  /** Local time without zone as the camera wrote it, `YYYY-MM-DDTHH:MM:SS`. */
  takenAt?: string
  title?: string
  caption?: string
  keywords: string[]
  artist?: string
  copyright?: string
  /** 0..5 */
  rating?: number
  camera?: string
  lens?: string
  /** EXIF orientation 1..8 as stored, before it was applied. */
  orientation?: number
  /** Name of the embedded ICC profile. */
  colourProfile?: string
  bitsPerSample?: number
}

export type RefusalCode = Extract<
  ReasonCode,
  | 'empty'
  | 'corrupt'
  | 'unsupported-format'
  | 'too-many-pixels'
  | 'too-slow'
  | 'too-much-memory'
  | 'decoder-crashed'
  | 'unreadable'
  | 'vanished'
>

/** The file is at fault: trying again without changing it gives the same. */
export class PictureRefused extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PictureRefused'
    this.code = code
  }
}
