import { useEffect, useRef, useState } from 'react'
import type { MediaTile } from '../../lib/contract.ts'
import { thumbnailOf } from './renditions.ts'

const cellWidth = 68

interface FilmstripProps {
  index: number
  total: number
  tileAt: (index: number) => MediaTile | undefined
  goTo: (index: number) => void
}

/** The places that fit, with the one looked at in the middle. Only these are there, however long the list is. */
export function placesInStrip(index: number, total: number, width: number): number[] {
  const each = Math.ceil(Math.max(0, width / cellWidth - 1) / 2)
  const first = Math.max(0, index - each)
  return Array.from({ length: Math.max(0, Math.min(total - 1, index + each) - first + 1) }, (_, i) => first + i)
}

/** What comes before and after. The keys of the review move through it; its pictures are no stops of their own. */
export function Filmstrip({ index, total, tileAt, goTo }: FilmstripProps) {
  const strip = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(innerWidth)
  const latest = useRef({ index, total, goTo })
  latest.current = { index, total, goTo }
  useEffect(() => {
    const element = strip.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(element)
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const step = Math.sign(Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY)
      const { index, total, goTo } = latest.current
      if (index + step >= 0 && index + step < total) goTo(index + step)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [])
  return (
    <nav ref={strip} className="review-strip" aria-label="Filmstrip">
      {placesInStrip(index, total, width).map(place => {
        const tile = tileAt(place)
        const isHere = place === index
        return (
          <button
            key={place}
            type="button"
            tabIndex={-1}
            className={`review-strip-cell ${isHere ? 'is-here' : ''} ${tile?.flag === 'rejected' ? 'is-rejected' : ''}`}
            style={{ transform: `translateX(${(place - index) * cellWidth}px)`, background: tile?.meanColour ?? '' }}
            aria-label={tile?.filename ?? `Picture ${place + 1}`}
            aria-current={isHere || undefined}
            onClick={() => goTo(place)}
          >
            {tile && tile.status !== 'failed' && tile.version !== '' && (
              <img alt="" src={thumbnailOf(tile)} draggable={false} />
            )}
          </button>
        )
      })}
    </nav>
  )
}
