import { type CSSProperties, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { MediaTile } from '../../lib/contract.ts'
import { isTransparent } from '../../lib/transparency.ts'
import { Film, type FilmProps } from './film.tsx'
import { Readout } from './readout.tsx'
import { isDrawing, needsOriginal, originalOf, sizeOf } from './renditions.ts'
import { Sheet, type Shown } from './sheet.tsx'
import { useGestures } from './use-gestures.ts'
import { canPan, type Geometry, type Point, placeOf, type Size, scaleOf, type Zoom } from './zoom.ts'

/** What is measured where the picture is: keys zoom by it. */
export interface Surface {
  geometry: Geometry
  pointer: Point | null
}

interface StageProps {
  tile: MediaTile
  zoom: Zoom
  onZoom: (zoom: Zoom) => void
  /** Where the keys find what they act on. */
  surface?: RefObject<Surface | null> | undefined
}

/** The place of one picture, or of a video. */
export function Stage({ player, ...props }: StageProps & Pick<FilmProps, 'player'>) {
  const { tile } = props
  const { id, status, video } = tile
  if (video && status !== 'failed') return <Film key={id} tile={{ ...tile, video }} player={player} />
  return <PictureStage {...props} />
}

/** A picture, zoomed and dragged. It stays while pictures come and go. */
function PictureStage({ tile, zoom, onZoom, surface }: StageProps) {
  const element = useRef<HTMLDivElement>(null)
  const view = useSize(element)
  const { width, height, mimeType } = tile
  const geometry = useMemo(
    (): Geometry => ({
      view,
      picture: sizeOf({ width, height } as MediaTile),
      isDrawing: isDrawing({ mimeType } as MediaTile),
      density: devicePixelRatio,
    }),
    [view, width, height, mimeType],
  )
  const pointer = useGestures(element, geometry, zoom, onZoom)
  useLayoutEffect(() => {
    if (!surface) return
    surface.current = {
      geometry,
      get pointer() {
        return pointer.current
      },
    }
  }, [surface, geometry, pointer])
  return (
    <div
      ref={element}
      className={`review-stage ${tile.status !== 'failed' && canPan(zoom, geometry) ? 'is-zoomed' : ''}`}
    >
      {tile.status === 'failed' ? <Failure tile={tile} /> : <Picture tile={tile} zoom={zoom} geometry={geometry} />}
    </div>
  )
}

function Picture({ tile, zoom, geometry }: Pick<StageProps, 'tile' | 'zoom'> & { geometry: Geometry }) {
  const [shown, setShown] = useState<Shown>('preview')
  const { width, height, left, top } = placeOf(zoom, geometry)
  const original = originalOf(tile)
  const isClose = zoom.scale !== null && needsOriginal(tile, scaleOf(zoom, geometry) * geometry.density)
  const style: CSSProperties = { width, height, transform: `translate(${left}px, ${top}px)` }
  return (
    <>
      <div className={`review-sheet ${isTransparent(tile.placeholder) ? 'is-on-paper' : ''}`} style={style}>
        <Sheet
          key={`${tile.id}-${tile.version}`}
          tile={tile}
          original={isClose && 'address' in original ? original.address : null}
          onShown={setShown}
        />
      </div>
      <Readout tile={tile} zoom={zoom} geometry={geometry} shown={shown} />
    </>
  )
}

function Failure({ tile }: { tile: MediaTile }) {
  return (
    <div className="review-failure">
      <h2>{tile.filename}</h2>
      <p>{tile.failure?.message}</p>
    </div>
  )
}

/** Known before anything is painted. */
function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: innerWidth, height: innerHeight })
  useLayoutEffect(() => {
    if (!element.current) return
    const { width, height } = element.current.getBoundingClientRect()
    setSize({ width, height })
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}
