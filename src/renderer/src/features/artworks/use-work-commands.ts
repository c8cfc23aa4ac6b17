import { type ArtworkId, artworkStatuses } from '../../../../shared/artworks.ts'
import { statusTitles } from '../../lib/artwork-words.ts'
import { changeArtwork } from '../../lib/artworks.ts'
import { type Command, useCommands } from '../../lib/commands.ts'

interface CurrentWork {
  id: ArtworkId
  title: string
  /** Its status follows its copies, and is not said by itself. */
  hasCopies: boolean
}

/** Status and deletion of the work that is current where the caller is. Null: none is, and the keys are somebody else's. */
export function useWorkCommands(current: () => CurrentWork | null, onDeleted: (id: ArtworkId) => void): void {
  const setStatus = artworkStatuses.map((status, place): Command => {
    const name = statusTitles[status].toLowerCase()
    return {
      id: `artwork.status-${status}`,
      title: `Set the status: ${name}`,
      group: 'Artwork',
      keys: [String(place + 1)],
      isAvailable: () => current()?.hasCopies === false,
      run: () => {
        const work = current()
        if (!work) return
        void changeArtwork('artworks.update', { id: work.id, fields: { status } }, `“${work.title}” is ${name}.`)
      },
    }
  })
  useCommands([
    ...setStatus,
    {
      id: 'artwork.delete',
      title: 'Delete this artwork; its pictures stay',
      group: 'Artwork',
      keys: ['Delete'],
      isAvailable: () => current() !== null,
      run: () => {
        const work = current()
        if (work) void deleteWork(work, onDeleted)
      },
    },
  ])
}

export async function deleteWork(
  { id, title }: Pick<CurrentWork, 'id' | 'title'>,
  onDeleted: (id: ArtworkId) => void,
): Promise<void> {
  if (await changeArtwork('artworks.delete', { id }, `Deleted the artwork “${title}”. Its pictures stay.`))
    onDeleted(id)
}
