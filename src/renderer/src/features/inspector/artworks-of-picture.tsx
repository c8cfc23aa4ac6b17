import { useCall } from '../../lib/api.ts'
import { roleTitles } from '../../lib/artwork-words.ts'
import { goToArtwork } from '../../lib/artworks.ts'
import type { MediaId } from '../../lib/contract.ts'
import { Section } from './section.tsx'

/** The works that this picture shows. */
export function ArtworksOfPicture({ id }: { id: MediaId }) {
  const artworks = useCall('artworks.ofMedia', { mediaId: id }, { keepsPrevious: true })
  if (!artworks.data?.length) return null
  return (
    <Section title="Artwork">
      <ul className="inspector-artworks">
        {artworks.data.map(({ id: artworkId, title, inventoryNumber, role }) => (
          <li key={artworkId}>
            <button type="button" className="place" onClick={() => goToArtwork(artworkId)}>
              <span>{title}</span>
              <span className="place-count">
                {roleTitles[role]} · {inventoryNumber}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
