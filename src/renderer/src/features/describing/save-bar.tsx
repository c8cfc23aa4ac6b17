import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { messageOf } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { tell } from '../../lib/notice.ts'
import { Button } from '../../ui/button.tsx'
import type { DraftOfSettings } from './draft.ts'

/** Saves what was typed in the form it is the foot of, or drops it. */
export function SaveBar(props: { draft: DraftOfSettings; trouble?: string | null; children?: ReactNode }) {
  const { draft, trouble = null, children } = props
  const saving = useMutation({ mutationFn: draft.save, networkMode: 'always' })
  const canSave = draft.isChanged && trouble === null && !saving.isPending
  const save = (): void => saving.mutate(undefined, { onSuccess: () => tell('Saved.') })
  useCommands([
    {
      id: 'describe.save',
      title: 'Save the settings of descriptions',
      group: 'Descriptions',
      keys: ['Mod+S'],
      worksWhileTyping: true,
      isAvailable: () => canSave,
      run: save,
    },
  ])
  return (
    <footer className="save-bar">
      <Button kind="primary" keyName="Mod+S" disabled={!canSave} onClick={save}>
        Save
      </Button>
      <Button kind="quiet" disabled={!draft.isChanged || saving.isPending} onClick={draft.discard}>
        Discard
      </Button>
      {children}
      <p className={trouble || saving.error ? 'error-line' : 'hint'} aria-live="polite">
        {trouble ?? (saving.error ? messageOf(saving.error) : draft.isChanged ? 'Not saved yet.' : '')}
      </p>
    </footer>
  )
}
