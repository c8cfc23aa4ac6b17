import { queryClient, transport } from '../../lib/api.ts'
import type { AnalysisSettings, Input } from '../../lib/contract.ts'
import { createStore, useStore } from '../../lib/store.ts'

/** What is typed and not saved yet. It outlives a walk to another part of the screen, and the key never leaves the memory. */
interface Draft {
  changes: Partial<AnalysisSettings>
  /** Undefined: as it is; empty: forget it. */
  apiKey: string | undefined
}

const nothing: Draft = { changes: {}, apiKey: undefined }
const draft = createStore<Draft>(nothing)

export interface DraftOfSettings {
  settings: AnalysisSettings
  apiKey: string | undefined
  isChanged: boolean
  change: (changes: Partial<AnalysisSettings>) => void
  setKey: (apiKey: string | undefined) => void
  discard: () => void
  save: () => Promise<void>
}

/** The saved settings with what is typed over them. */
export function useDraft(saved: AnalysisSettings): DraftOfSettings {
  const { changes, apiKey } = useStore(draft)
  const settings = { ...saved, ...changes }
  return {
    settings,
    apiKey,
    isChanged: apiKey !== undefined || differs(saved, settings),
    change: more => draft.set({ changes: { ...draft.get().changes, ...more }, apiKey: draft.get().apiKey }),
    setKey: key => draft.set({ ...draft.get(), apiKey: key }),
    discard: () => draft.set(nothing),
    save: async () => {
      await saveSettings(settings, apiKey)
      draft.set(nothing)
    },
  }
}

export function differs(a: AnalysisSettings, b: AnalysisSettings): boolean {
  return (Object.keys(a) as (keyof AnalysisSettings)[]).some(key => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
}

export async function saveSettings(settings: AnalysisSettings, apiKey?: string): Promise<void> {
  await transport.call('analysis.save', { settings, ...(apiKey !== undefined && { apiKey }) })
  await queryClient.invalidateQueries({ queryKey: ['analysis.overview'] })
  void queryClient.invalidateQueries({ queryKey: ['analysis.estimate'] })
}

/** As `analysis.trial` and `analysis.models` take what is not saved. */
export function draftInput({
  settings,
  apiKey,
}: Pick<DraftOfSettings, 'settings' | 'apiKey'>): Input<'analysis.models'> {
  // An emptied field is no key to try with: then the saved one is asked for, or none.
  return { settings, ...(apiKey && { apiKey }) }
}
