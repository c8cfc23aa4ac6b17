import type { MediaTile } from '../../lib/contract.ts'
import { originalOf } from './renditions.ts'
import type { Shown } from './sheet.tsx'
import { type Geometry, scaleText, type Zoom } from './zoom.ts'

interface ReadoutProps {
  tile: MediaTile
  zoom: Zoom
  geometry: Geometry
  shown: Shown
}

/** How closely one looks, and at what: a preview is not taken for the picture. */
export function Readout({ tile, zoom, geometry, shown }: ReadoutProps) {
  const scale = scaleText(zoom, geometry)
  return (
    <p className="review-readout">
      {zoom.scale === null ? `Fit, ${scale}` : scale}
      {zoom.scale !== null && <span className="quiet"> {whatIsSeen(tile, shown)}</span>}
    </p>
  )
}

function whatIsSeen(tile: MediaTile, shown: Shown): string {
  const original = originalOf(tile)
  if ('reason' in original) return `preview: ${original.reason}`
  return {
    original: 'original',
    preview: 'preview',
    loading: 'preview, the original is being loaded',
    unavailable: 'preview: the original is not there',
  }[shown]
}
