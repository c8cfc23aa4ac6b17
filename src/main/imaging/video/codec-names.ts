import { cleanLine } from '../../../shared/written-text.ts'

/** Codecs as people know them, by what Mediabunny calls them. */
const names: Record<string, string> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  aac: 'AAC',
  opus: 'Opus',
  mp3: 'MP3',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'AC-3',
  eac3: 'E-AC-3',
}

/** Four letters that cameras and old programs write, in lower case. */
const ofFourcc: Record<string, string> = {
  h264: 'H.264',
  x264: 'H.264',
  avc1: 'H.264',
  hevc: 'H.265',
  mjpg: 'Motion JPEG',
  jpeg: 'Motion JPEG',
  mp4v: 'MPEG-4',
  xvid: 'MPEG-4',
  divx: 'MPEG-4',
  dx50: 'MPEG-4',
  fmp4: 'MPEG-4',
  dvsd: 'DV',
  'dvc ': 'DV',
  dvcp: 'DV',
}

export function nameCodec(codec: string | null, written: unknown): string | null {
  if (codec === null) return typeof written === 'string' ? codecOfFourcc(written) : null
  return names[codec] ?? (codec.startsWith('pcm') || codec === 'ulaw' || codec === 'alaw' ? 'PCM' : codec)
}

export function codecOfFourcc(fourcc: string): string | null {
  return ofFourcc[fourcc.toLowerCase()] ?? cleanLine(fourcc, 40) ?? null
}
