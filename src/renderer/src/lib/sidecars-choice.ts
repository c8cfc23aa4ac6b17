import type { MediaId } from './contract.ts'
import { tellFailure } from './notice.ts'
import { go, routeNow } from './route.ts'
import { selectedMedia, selectedMost } from './selected-media.ts'
import { createStore } from './store.ts'

/** What was selected when the screen of sidecars was opened; empty where nothing was, or more than can be named. */
export const sidecarsSelection = createStore<readonly MediaId[]>([])

/** Shows where sidecars are read. What is selected is asked for first, since the grid goes with its screen. */
export function openSidecars(): void {
  if (routeNow().screen === 'sidecars') return
  const { count, ids } = selectedMedia.get()
  const named = count > 0 && count <= selectedMost ? ids() : Promise.resolve([])
  named.then(selected => {
    sidecarsSelection.set(selected)
    go({ screen: 'sidecars' })
  }, tellFailure)
}
