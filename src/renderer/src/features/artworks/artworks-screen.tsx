import { allArtworks } from '../../lib/artwork-spot.ts'
import { useRoute } from '../../lib/route.ts'
import { ArtworkList } from './artwork-list.tsx'
import { ArtworkPage } from './artwork-page.tsx'
import { MakeArtwork } from './make-artwork.tsx'
import './artworks.css'

/** Works: all of them, one of them, or one that is made of pictures. */
export function ArtworksScreen() {
  const spot = useRoute().artworks ?? allArtworks
  if (spot.kind === 'one') return <ArtworkPage id={spot.id} />
  if (spot.kind === 'new') return <MakeArtwork mediaIds={spot.mediaIds} />
  return <ArtworkList filter={spot.filter} sort={spot.sort} />
}
