import { useEffect, useState } from 'react'
import { queryClient, useCommand } from '../../lib/api.ts'
import type { ConnectionReport, StorageOverview, StorageSettings } from '../../lib/contract.ts'
import { tell } from '../../lib/notice.ts'
import { type Draft, storageDraft } from '../../lib/storage-draft.ts'
import { useStore } from '../../lib/store.ts'
import { cleaned, draftOf, isDirty, type Problems, problemsOf } from './draft.ts'
import { idOfField } from './field-row.tsx'
import { type FieldName, fieldOfFailure, fieldsOf } from './presets.ts'

export interface StoreForm {
  draft: Draft
  problems: Problems
  report: ConnectionReport | undefined
  testError: Error | null
  saveError: Error | null
  isTesting: boolean
  isSaving: boolean
  change: (draft: Draft) => void
  set: (settings: Partial<StorageSettings>) => void
  test: () => void
  save: () => void
  undo: () => void
}

const focusField = (name: FieldName): void => document.getElementById(idOfField(name))?.focus()

/** What the form shows and does. Fields complain once somebody wanted to test or save with them. */
export function useStoreForm(overview: StorageOverview): StoreForm {
  const { settings: saved, hasSecret } = overview
  const draft = useStore(storageDraft) ?? draftOf(saved)
  const [isChecked, setIsChecked] = useState(false)
  const testing = useCommand('storage.test')
  const saving = useCommand('storage.save')
  const report = testing.data
  const isChanged = isDirty(draft, saved)
  useLeavingNotice(isChanged)

  const change = (next: Draft): void => {
    storageDraft.set(isDirty(next, saved) ? next : null)
    // An answer is about what was asked, and that is no longer what stands here.
    testing.reset()
    saving.reset()
  }
  const whenSound = (run: (input: { settings: StorageSettings; secretAccessKey?: string }) => void): void => {
    setIsChecked(true)
    const problems = problemsOf(draft, hasSecret)
    const first = fieldsOf(draft.settings).find(name => problems[name])
    const secret = draft.secret?.trim()
    if (first) focusField(first)
    else run({ settings: cleaned(draft), ...(secret && { secretAccessKey: secret }) })
  }
  const save = (): void => {
    if (saving.isPending || !isChanged) return
    whenSound(input => saving.mutate(input, { onSuccess: () => void finishSaving(input.settings) }))
  }
  const finishSaving = async (settings: StorageSettings): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: ['storage.overview'] })
    storageDraft.set(null)
    setIsChecked(false)
    tell(settings.keepsIn === 'cloud' ? 'Saved. What the store does not have yet is being sent.' : 'Saved.')
  }
  return {
    draft,
    problems: { ...(isChecked && problemsOf(draft, hasSecret)), ...failedField(report, draft.settings) },
    report,
    testError: testing.error,
    saveError: saving.error,
    isTesting: testing.isPending,
    isSaving: saving.isPending,
    change,
    set: settings => change({ ...draft, settings: { ...draft.settings, ...settings } }),
    test: () => whenSound(input => testing.mutate(input)),
    save,
    undo: () => {
      storageDraft.set(null)
      testing.reset()
      saving.reset()
      setIsChecked(false)
    },
  }
}

function failedField(report: ConnectionReport | undefined, { preset }: StorageSettings): Problems {
  const field = report && !report.ok && fieldOfFailure(report, preset)
  return field ? { [field]: report.message } : {}
}

/** Says that what is not saved waits, and asks the browser to ask before it forgets it. */
function useLeavingNotice(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
      // Gone from the page and not from the draft: somebody went elsewhere.
      if (storageDraft.get()) tell('Where originals are kept is not saved yet. What you typed waits in Settings.')
    }
  }, [isChanged])
}
