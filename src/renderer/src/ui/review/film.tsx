import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react'
import { transport } from '../../lib/api.ts'
import type { MediaTile } from '../../lib/contract.ts'
import { whyNotPlayed, whyUnseen } from '../../lib/video-words.ts'
import { previewOf, sizeOf } from './renditions.ts'

export interface FilmProps {
  tile: MediaTile & { video: NonNullable<MediaTile['video']> }
  /** Where the keys find what plays. */
  player?: RefObject<HTMLVideoElement | null> | undefined
}

/** A video with the browser's own controls. It begins when it is asked to, and what cannot be played says so. */
export function Film({ tile, player }: FilmProps) {
  const own = useRef<HTMLVideoElement>(null)
  const element = player ?? own
  const failure = useFailure(element, tile)
  const unseen = whyUnseen(tile.video)
  const poster = unseen ? undefined : previewOf(tile)
  const { width, height } = sizeOf(tile)
  const style = { '--ratio': width / height, '--most': `${width}px` } as CSSProperties
  return (
    <div className="review-stage review-film">
      {failure ? (
        <>
          {poster && <img className="is-still" style={style} alt={tile.filename} src={poster} />}
          <p role="alert">{failure}</p>
        </>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: a person's own video has none that could be given.
        <video
          ref={element}
          style={style}
          aria-label={tile.filename}
          aria-description={unseen}
          controls
          playsInline
          preload="metadata"
          poster={poster}
          src={transport.mediaUrl(tile.id, 'original', tile.version)}
        />
      )}
    </div>
  )
}

/** Why it cannot be played, as soon as that is known. */
function useFailure(player: RefObject<HTMLVideoElement | null>, { video }: FilmProps['tile']): string | undefined {
  const [failure, setFailure] = useState<string>()
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
  return failure
}

/** Plays or pauses, as a press of the player's own button does. */
export function togglePlay(player: HTMLVideoElement | null): void {
  if (player?.paused === false) player.pause()
  // What cannot be played is told by the player's own event.
  else player?.play().catch(() => undefined)
}
