import type { ArtworkId } from '../../../../shared/artworks.ts'
import { useCall } from '../../lib/api.ts'
import { goToArtwork, lastArtworkList } from '../../lib/artworks.ts'

interface Beside {
  /** Null: there is none. */
  previous: (() => void) | null
  next: (() => void) | null
}

/** Ways to the works before and behind one, in the list that it was opened from. Back leads to that list at once. */
export function useBeside(id: ArtworkId): Beside {
  const { filter, sort } = lastArtworkList()
  const beside = useCall('artworks.beside', { id, filter, sort })
  const { previousId = null, nextId = null } = beside.data ?? {}
  const wayTo = (to: ArtworkId | null) => (to === null ? null : () => goToArtwork(to, { replaces: true }))
  return { previous: wayTo(previousId), next: wayTo(nextId) }
}
