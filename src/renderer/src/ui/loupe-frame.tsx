import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react'
import { transport } from '../lib/api.ts'
import { useCommands } from '../lib/commands.ts'
import type { MediaTile } from '../lib/contract.ts'
import { formatCount } from '../lib/format.ts'
import { closePicture } from '../lib/route.ts'
import { isTransparent } from '../lib/transparency.ts'
import { IconButton } from './button.tsx'
import { LoupeVideo, togglePlay } from './loupe-video.tsx'
import './loupe-frame.css'

const fadesAfterMs = 2000

const previewUrl = (tile: MediaTile): string => transport.mediaUrl(tile.id, 'preview', tile.version)

interface LoupeFrameProps {
  tile: MediaTile | undefined
  index: number | undefined
  total: number
  step: (distance: number) => void
  /** Where closing it leads. */
  back: string
}

/** One picture, black, edge to edge. */
export function LoupeFrame({ tile, index, total, step, back }: LoupeFrameProps) {
  const isQuiet = useIsQuiet()
  const frame = useRef<HTMLDivElement>(null)
  const player = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const before = document.activeElement
    frame.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  useCommands([
    {
      id: 'loupe.close',
      title: back,
      group: 'Picture',
      keys: ['Escape', 'Space', 'Enter'],
      run: closePicture,
    },
    {
      id: 'loupe.next',
      title: 'Next picture',
      group: 'Picture',
      keys: ['ArrowRight', 'ArrowDown'],
      run: () => step(1),
    },
    {
      id: 'loupe.previous',
      title: 'Previous picture',
      group: 'Picture',
      keys: ['ArrowLeft', 'ArrowUp'],
      run: () => step(-1),
    },
    {
      // After the one that closes: of a video, Space is for playing.
      id: 'loupe.play',
      title: 'Play or pause',
      group: 'Picture',
      keys: ['Space'],
      isAvailable: () => Boolean(tile?.video),
      run: () => togglePlay(player.current),
    },
  ])
  return (
    <div
      ref={frame}
      className={`loupe ${isQuiet ? 'is-quiet' : ''} ${tile?.video ? 'is-of-video' : ''}`}
      role="dialog"
      aria-label={tile?.filename ?? 'Picture'}
      tabIndex={-1}
    >
      {tile && <LoupePicture key={`${tile.id}-${tile.version}`} tile={tile} player={player} />}
      <div className="loupe-frame">
        <IconButton icon="close" label={`${back} (Esc)`} className="loupe-close" onClick={closePicture} />
        <IconButton icon="previous" label="Previous picture (←)" className="loupe-previous" onClick={() => step(-1)} />
        <IconButton icon="chevron" label="Next picture (→)" className="loupe-next" onClick={() => step(1)} />
        <p className="loupe-caption">
          <span>{tile?.filename}</span>
          {index !== undefined && (
            <span className="quiet">
              {formatCount(index + 1)} of {formatCount(total)}
            </span>
          )}
        </p>
      </div>
    </div>
  )
}

function LoupePicture({ tile, player }: { tile: MediaTile; player: RefObject<HTMLVideoElement | null> }) {
  const [isShown, setIsShown] = useState(false)
  const preview = useRef<HTMLImageElement>(null)
  useEffect(() => {
    let isCurrent = true
    preview.current?.decode().then(
      () => isCurrent && setIsShown(true),
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [])
  if (tile.status === 'failed') {
    return (
      <div className="loupe-failure">
        <h2>{tile.filename}</h2>
        <p>{tile.failure?.message}</p>
      </div>
    )
  }
  const size = ownSize(tile)
  const { video } = tile
  if (video) return <LoupeVideo tile={{ ...tile, video }} style={size} player={player} />
  const paper = isTransparent(tile.placeholder) ? 'is-on-paper' : ''
  return (
    <div className="loupe-picture">
      {!isShown && (
        <img
          className={`loupe-image ${paper}`}
          style={size}
          alt=""
          src={transport.mediaUrl(tile.id, 'thumbnail', tile.version)}
        />
      )}
      <img
        ref={preview}
        className={`loupe-image ${paper} ${isShown ? '' : 'is-waiting'}`}
        style={size}
        alt={tile.filename}
        src={previewUrl(tile)}
      />
    </div>
  )
}

/** No picture is blown up beyond its own pixels, so that what is seen is what is there. A drawing has no pixels. */
function ownSize({ width, height, mimeType }: MediaTile): CSSProperties {
  if (!width || !height) return {}
  const most = mimeType === 'image/svg+xml' ? '100cqw' : `${width}px`
  return { '--ratio': width / height, '--most': most } as CSSProperties
}

export async function decodePreview(tile: MediaTile | undefined): Promise<void> {
  if (!tile || tile.status === 'failed' || tile.version === '') return
  const image = new Image()
  image.src = previewUrl(tile)
  await image.decode().catch(() => undefined)
}

function useIsQuiet(): boolean {
  const [isQuiet, setIsQuiet] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const wake = (): void => {
      setIsQuiet(false)
      clearTimeout(timer)
      timer = setTimeout(() => setIsQuiet(true), fadesAfterMs)
    }
    wake()
    window.addEventListener('pointermove', wake)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointermove', wake)
    }
  }, [])
  return isQuiet
}
