import os from 'node:os'

/** What one picture may cost. */
export interface Limits {
  /** Pixels of the first frame, from the header, before anything is decoded. */
  pixels: number
  /** Wall time of one picture, the wait for its turn not counted. */
  timeoutMs: number
  /** Resident memory of the whole child process. */
  memoryBytes: number
  /** An SVG is read whole before it is drawn. */
  svgBytes: number
  /** Wall time of one frame of a video. What takes longer is left out. */
  frameMs: number
}

const gibibyte = 2 ** 30

export const defaultLimits: Limits = {
  // The largest picture known from real folders has 231 megapixels; sharp's own default is 268.
  pixels: 512_000_000,
  timeoutMs: 120_000,
  // Half of the machine, so that it stays usable; but 4 GiB hold 512 megapixels of 8 bytes, the most a picture needs.
  memoryBytes: Math.min(4 * gibibyte, Math.max(gibibyte, os.totalmem() / 2)),
  svgBytes: 32 * 2 ** 20,
  // Four frames, and once more from the beginning, are done before the time of a picture is up.
  frameMs: 20_000,
}

/** When a decoding process is replaced by a fresh one, between two pictures. */
export interface Wear {
  pictures: number
  /** Resident memory; a fresh process has 75 MB. */
  rssBytes: number
}

/**
 * Decoding leaves the heap in pieces, which grows for thousands of pictures. A start takes less than half
 * a second on two busy cores: once in 500 pictures it is not noticed.
 */
export const defaultWear: Wear = { pictures: 500, rssBytes: 200_000_000 }

/** Pictures above this take turns, so that the memory of two never adds up; smaller ones run beside them. */
export const largePixels = 50_000_000

export const previewSide = 2048
export const thumbnailSide = 512
/** Of the frames of a video besides its poster. */
export const frameSide = 1024
