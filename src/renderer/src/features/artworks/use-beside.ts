import type { ArtworkId } from '../../../../shared/artworks.ts'
import { transport, useCall } from '../../lib/api.ts'
import { goToArtwork, lastArtworkList } from '../../lib/artworks.ts'
import { tellFailure } from '../../lib/notice.ts'

interface Beside {
  /** Null: there is none. */
  previous: (() => void) | null
  next: (() => void) | null
}

/** Ways to the works before and behind one, in the list that it was opened from. Back leads to that list at once. */
export function useBeside(id: ArtworkId): Beside {
  const { filter, sort } = lastArtworkList()
  const beside = useCall('artworks.beside', { id, filter, sort })
  // A key that comes before the answer is not lost.
  async function leadTo(side: 'previousId' | 'nextId'): Promise<void> {
    try {
      const known = beside.data ?? (await transport.call('artworks.beside', { id, filter, sort }))
      const to = known[side]
      if (to !== null) goToArtwork(to, { replaces: true })
    } catch (error) {
      tellFailure(error)
    }
  }
  const wayTo = (side: 'previousId' | 'nextId') => (beside.data?.[side] === null ? null : () => void leadTo(side))
  return { previous: wayTo('previousId'), next: wayTo('nextId') }
}
