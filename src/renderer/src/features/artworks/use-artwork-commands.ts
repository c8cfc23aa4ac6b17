import { goToArtworks, hasPictures, proposeArtwork } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'

/** What can be done about works wherever there are pictures. */
export function useArtworkCommands(): void {
  useCommands([
    {
      id: 'artwork.make',
      title: 'Make artwork',
      group: 'Picture',
      keys: ['A'],
      isAvailable: hasPictures,
      run: () => void proposeArtwork(),
    },
    { id: 'go.artworks', title: 'Artworks', group: 'Go to', keys: ['Shift+K'], run: goToArtworks },
  ])
}
