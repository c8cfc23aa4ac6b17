import type { ArtworkId } from '../../../shared/artworks.ts'
import type { ArtworkSpot } from './artwork-spot.ts'
import type { MediaId } from './contract.ts'
import { tellFailure } from './notice.ts'
import { go, goToLibrary, routeNow } from './route.ts'
import { selectedMedia, selectedMost } from './selected-media.ts'
import { createRememberedStore, createStore } from './store.ts'

/** Where the export was opened: what was selected there, and the way back. */
interface ExportFrom {
  subject: 'pictures' | 'works'
  /** Empty where nothing was selected, or more than can be named. */
  selected: readonly MediaId[]
  /** The work that was looked at. */
  work: ArtworkId | null
  goBack: () => void
}

export const exportFrom = createStore<ExportFrom>({
  subject: 'pictures',
  selected: [],
  work: null,
  goBack: () => goToLibrary(),
})

/** The folder of the last export; empty: none yet. */
export const exportFolder = createRememberedStore(
  'export-folder',
  '',
  (value): value is string => typeof value === 'string',
)

/** Shows where pictures and works are exported. What is selected is asked for first, since the grid goes with its screen. */
export function openExport(): void {
  const { screen, artworks } = routeNow()
  if (screen === 'export') return
  if (screen === 'artworks' && artworks && artworks.kind !== 'new') {
    openExportOfWorks(artworks)
    return
  }
  const { count, ids } = selectedMedia.get()
  const named = count > 0 && count <= selectedMost ? ids() : Promise.resolve([])
  named.then(selected => {
    exportFrom.set({ subject: 'pictures', selected, work: null, goBack: goToLibrary })
    go({ screen: 'export' })
  }, tellFailure)
}

function openExportOfWorks(spot: ArtworkSpot): void {
  const work = spot.kind === 'one' ? spot.id : null
  const goBack = (): void => go({ screen: 'artworks', artworks: spot, openId: null })
  exportFrom.set({ subject: 'works', selected: [], work, goBack })
  go({ screen: 'export' })
}
