import type { ColourName } from '../../shared/colours.ts'
import type { ReasonCode } from '../../shared/outcomes.ts'

/** Bytes in, facts and previews out. One decode gives everything in `DerivedPicture` and both files. */
export interface Imaging {
  /**
   * Decodes the picture at `originalPath` once, writes both WebP files (each whole or not at all, overwriting what is
   * there) and returns what was measured. Can be called again with the same targets, one call after the other.
   * @throws {PictureRefused} when the file is at fault; anything else means this machine or this program is.
   */
  derive(originalPath: string, targets: PreviewTargets): Promise<DerivedPicture>
  /**
   * The picture at `path`, such as a preview, as it is shown to others: JPEG of at most `longSide` px, never enlarged, sRGB,
   * over white where it is transparent, without any metadata, not even a colour profile.
   * @throws {PictureRefused} as `derive`
   */
  reduce(path: string, options: { longSide: number }): Promise<Uint8Array>
  /** Stops what is running and frees every process. What is under way rejects. */
  close(): Promise<void>
}

/** Absolute paths; their folders exist. */
export interface PreviewTargets {
  /** At most 2048 px on the long side, never enlarged (vector pictures are drawn at that size). */
  preview: string
  /** At most 512 px on the long side, never enlarged. */
  thumbnail: string
}

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg'

export interface DerivedPicture {
  format: PictureFormat
  /** By content, never by file name. */
  mimeType: string
  /** Pixels of the original after its orientation is applied. */
  width: number
  height: number
  hasAlpha: boolean
  /** Frames or pages in the file; previews show the first. */
  frameCount: number
  previewBytes: number
  thumbnailBytes: number
  /** ThumbHash (https://evanw.github.io/thumbhash/), base64: proportions, colours and alpha in about 25 bytes. */
  placeholder: string
  /** `#rrggbb`, the mean colour over white. */
  meanColour: string
  /** Named colours with the share of the picture each covers (0..1), largest first, shares under 0.02 left out. */
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
  fingerprint: string
  embedded: EmbeddedFacts
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
