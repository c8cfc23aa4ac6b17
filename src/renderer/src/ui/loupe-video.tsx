import { type CSSProperties, type RefObject, useEffect, useState } from 'react'
import { transport } from '../lib/api.ts'
import type { MediaTile } from '../lib/contract.ts'
import { whyNotPlayed, whyUnseen } from '../lib/video-words.ts'

interface LoupeVideoProps {
  tile: MediaTile & { video: NonNullable<MediaTile['video']> }
  style: CSSProperties
  player: RefObject<HTMLVideoElement | null>
}

/** A video with the browser's own controls. It begins when it is asked to, and what cannot be played says so. */
export function LoupeVideo({ tile, style, player }: LoupeVideoProps) {
  const [failure, setFailure] = useState<string>()
  const { video } = tile
  useEffect(() => {
    const element = player.current
    if (!element) return
    const look = (): void => {
      // Of a codec it does not know, a browser may play the sound alone.
      const hasNoPicture = element.readyState > 0 && element.videoWidth === 0
      if (element.error || hasNoPicture) setFailure(whyNotPlayed(video, element.error?.code))
    }
    // It may have failed before anybody listened.
    look()
    element.addEventListener('error', look)
    element.addEventListener('loadedmetadata', look)
    return () => {
      element.removeEventListener('error', look)
      element.removeEventListener('loadedmetadata', look)
    }
  }, [player, video])
  const unseen = whyUnseen(video)
  const poster = unseen ? undefined : transport.mediaUrl(tile.id, 'preview', tile.version)
  if (failure) {
    return (
      <div className="loupe-picture">
        {poster && <img className="loupe-image is-still" style={style} alt={tile.filename} src={poster} />}
        <p className="loupe-not-played" role="alert">
          {failure}
        </p>
      </div>
    )
  }
  return (
    <div className="loupe-picture">
      {/* biome-ignore lint/a11y/useMediaCaption: a person's own video has none that could be given. */}
      <video
        ref={player}
        className="loupe-image"
        style={style}
        aria-label={tile.filename}
        aria-description={unseen}
        controls
        playsInline
        preload="metadata"
        poster={poster}
        src={transport.mediaUrl(tile.id, 'original', tile.version)}
      />
    </div>
  )
}

/** Plays or pauses, as a press of the player's own button does. */
export function togglePlay(player: HTMLVideoElement | null): void {
  if (player?.paused === false) player.pause()
  // What cannot be played is told by the player's own event.
  else player?.play().catch(() => undefined)
}
