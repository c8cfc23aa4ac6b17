import { type ArtworkTile, formatDimensions, formatSold } from '../../../../shared/artworks.ts'
import { statusTitles } from '../../lib/artwork-words.ts'
import { goToArtwork } from '../../lib/artworks.ts'
import { Icon } from '../../ui/icon.tsx'
import { Picture } from './picture.tsx'

/** A work in a list. */
export function ArtworkCard({ item }: { item: ArtworkTile }) {
  const { id, title, inventoryNumber, year, medium, dimensions, status, edition, copies, picture } = item
  const facts = [medium, dimensions && formatDimensions(dimensions)].filter(Boolean).join(', ')
  const name = [title, year].filter(Boolean).join(', ')
  return (
    <button type="button" className="artwork-card" data-artwork={id} title={name} onClick={() => goToArtwork(id)}>
      <span className="artwork-card-frame">
        {picture ? <Picture tile={picture} /> : <Icon name="missing" size={32} />}
      </span>
      <span className="artwork-card-title">{name}</span>
      <span className="artwork-card-facts">
        <span className="artwork-card-cut">{facts || '\u00a0'}</span>
      </span>
      <span className="artwork-card-facts">
        <span className="artwork-card-cut">{inventoryNumber}</span>
        <span className={`artwork-status is-${status}`}>
          {copies ? (
            <>
              <span className="visually-hidden">{statusTitles[status]}, </span>
              {formatSold(copies, edition)}
            </>
          ) : (
            statusTitles[status]
          )}
        </span>
      </span>
    </button>
  )
}
