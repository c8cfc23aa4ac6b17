import type { MediaId } from './contract.ts'
import { tellFailure } from './notice.ts'
import { go, routeNow } from './route.ts'
import { selectedMedia, selectedMost } from './selected-media.ts'
import { createRememberedStore, createStore } from './store.ts'

/** What was selected when the export was opened; empty where nothing was, or more than can be named. */
export const exportSelection = createStore<readonly MediaId[]>([])

/** The folder of the last export; empty: none yet. */
export const exportFolder = createRememberedStore(
  'export-folder',
  '',
  (value): value is string => typeof value === 'string',
)

/** Shows where pictures are exported. What is selected is asked for first, since the grid goes with its screen. */
export function openExport(): void {
  if (routeNow().screen === 'export') return
  const { count, ids } = selectedMedia.get()
  const named = count > 0 && count <= selectedMost ? ids() : Promise.resolve([])
  named.then(selected => {
    exportSelection.set(selected)
    go({ screen: 'export' })
  }, tellFailure)
}
