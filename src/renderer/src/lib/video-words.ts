import type { MediaTile } from './contract.ts'

type Video = NonNullable<MediaTile['video']>

/** As players show it: 0:04, 12:30, 1:02:03. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  const short = `${minutes}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : short
}

export function formatFrameRate(frameRate: number): string {
  return `${frameRate.toLocaleString('en-US', { maximumFractionDigits: 2 })} frames a second`
}

/** Why nothing is seen of it before it plays, and what to do; undefined where something is. */
export function whyUnseen({ poster }: Video): string | undefined {
  if (poster === 'frame') return undefined
  if (poster === 'undecodable') return 'No picture could be taken from this video. It is kept as it is.'
  return 'No poster yet: there is no FFmpeg on this computer. Install it, then sync the folder again.'
}

/** Why the player stopped, by what the browser says of it. */
export function whyNotPlayed({ videoCodec }: Video, code: number | undefined): string {
  if (code === MediaError.MEDIA_ERR_NETWORK) return 'The video could not be read. Check that its disk is connected.'
  const what = videoCodec === null ? 'this kind of video' : `${videoCodec} video of this kind`
  return `What shows this page cannot play ${what}. The file is untouched: another player may open it.`
}
