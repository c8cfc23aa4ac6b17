import { transport, useCall } from '../../lib/api.ts'
import type { MediaTile } from '../../lib/contract.ts'
import { isTransparent } from '../../lib/transparency.ts'

const shown = 12
const newest = { filter: { status: 'completed' as const }, sort: 'newest' as const, after: null, limit: shown }

/** Of some videos nothing is. */
const isSeen = (tile: MediaTile): boolean => tile.version !== ''

/** The newest pictures of the library, as they come in. */
export function Arrivals() {
  const page = useCall('media.page', { ...newest }, { keepsPrevious: true })
  return (
    <ul className="arrivals" aria-label="Pictures that were imported just now">
      {page.data?.items.filter(isSeen).map(tile => (
        <li key={tile.id} className={isTransparent(tile.placeholder) ? 'is-on-paper' : ''}>
          <img src={transport.mediaUrl(tile.id, 'thumbnail', tile.version)} alt={tile.filename} decoding="async" />
        </li>
      ))}
    </ul>
  )
}
