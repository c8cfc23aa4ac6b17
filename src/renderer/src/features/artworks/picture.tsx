import { transport } from '../../lib/api.ts'
import type { MediaTile } from '../../lib/contract.ts'
import { isTransparent } from '../../lib/transparency.ts'

/** A picture within a box that keeps its size, in the picture's own colour until it is there. */
export function Picture({ tile, kind = 'thumbnail' }: { tile: MediaTile; kind?: 'thumbnail' | 'preview' }) {
  const isOnPaper = isTransparent(tile.placeholder)
  const ratio = tile.width && tile.height ? tile.width / tile.height : 1
  return (
    <span className="artwork-picture">
      <img
        className={isOnPaper ? 'is-on-paper' : ''}
        style={{
          aspectRatio: ratio,
          ...(ratio >= 1 ? { width: '100%' } : { height: '100%' }),
          ...(!isOnPaper && { background: tile.meanColour ?? undefined }),
        }}
        alt=""
        loading="lazy"
        src={transport.mediaUrl(tile.id, kind, tile.version)}
      />
    </span>
  )
}
