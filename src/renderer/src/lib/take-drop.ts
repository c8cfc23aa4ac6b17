import { messageOf, transport } from './api.ts'
import type { Output } from './contract.ts'
import { beganLine, type Dropped, decideDrop } from './drops.ts'
import { plural } from './format.ts'
import { type NoticeAction, tell } from './notice.ts'
import { goToActivity, goToImport, goToLibrary, routeNow } from './route.ts'
import { createStore } from './store.ts'
import { askedSyncs } from './sync-folder.ts'

/** What of a drop was not taken, and why: more than fits at the foot of the window, and shown until it is read. */
export interface DropReport {
  title: string
  /** Of all of it. */
  reason: string | null
  refused: Output<'files.import'>['refused']
  /** Things that are no files on this computer. */
  lost: number
  action: NoticeAction | null
}
export const dropReport = createStore<DropReport | null>(null)

/** Imports what was dropped, or says why not. */
export async function takeDrop(dropped: readonly Dropped[]): Promise<void> {
  dropReport.set(null)
  const decision = decideDrop(dropped, transport)
  if (decision.kind === 'explain') {
    refuse(decision)
    return
  }
  try {
    report(dropped, await transport.call('files.import', { paths: decision.paths }), decision.lost)
  } catch (error) {
    refuse({ sentence: messageOf(error), leadsToImport: false })
  }
}

function refuse({ sentence, leadsToImport }: { sentence: string; leadsToImport: boolean }): void {
  if (leadsToImport) {
    goToImport()
    tell(sentence)
  } else dropReport.set({ title: 'What was dropped', reason: sentence, refused: [], lost: 0, action: null })
}

function report(dropped: readonly Dropped[], { syncIds, refused }: Output<'files.import'>, lost: number): void {
  for (const syncId of syncIds) askedSyncs.add(syncId)
  const began = beganLine(dropped, refused)
  const action = syncIds.length > 0 ? { label: 'Show activity', run: () => showActivity(syncIds) } : null
  // Its form is about another folder than those that are being imported.
  if (began && routeNow().screen === 'import') goToLibrary()
  const missed = refused.length + lost
  const title = [began, missed > 0 && `${plural(missed, 'item')} not taken.`].filter(Boolean).join(' ')
  if (missed > 0) dropReport.set({ title, reason: null, refused, lost, action })
  else tell(title, action)
}

function showActivity(syncIds: readonly number[]): void {
  const [only, ...others] = syncIds
  goToActivity(only !== undefined && others.length === 0 ? only : null)
}
