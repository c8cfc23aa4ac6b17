import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { messageOf, transport, useCall } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { MediaId } from '../../lib/contract.ts'
import { lastSelected } from '../../lib/current-media.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { type DraftOfSettings, draftInput } from './draft.ts'
import { TrialCard } from './trial-card.tsx'

interface TrialsProps {
  draft: Pick<DraftOfSettings, 'settings' | 'apiKey'>
  /** Instead of the chosen prompt. */
  promptText?: string
  /** Why it cannot be tried; null where it can. */
  trouble: string | null
}

/** Three pictures and what would be said of them, side by side, before anything is saved. */
export function Trials({ draft, promptText, trouble }: TrialsProps) {
  const selected = useStore(lastSelected)
  const newest = useCall('media.page', { filter: { status: 'completed' }, sort: 'newest', after: null, limit: 3 })
  const mediaIds: readonly MediaId[] = selected.length > 0 ? selected : (newest.data?.items ?? []).map(({ id }) => id)
  const trial = useMutation({
    mutationFn: (ids: readonly MediaId[]) =>
      transport.call('analysis.trial', {
        mediaIds: [...ids],
        ...draftInput(draft),
        ...(promptText !== undefined && { promptText }),
      }),
    networkMode: 'always',
  })
  const canTry = trouble === null && mediaIds.length > 0 && !trial.isPending
  const section = useRef<HTMLElement>(null)
  const run = (): void => {
    trial.mutate(mediaIds)
    section.current?.scrollIntoView({ block: 'start' })
  }
  useCommands([
    {
      id: 'describe.try',
      title: 'Try on three pictures',
      group: 'Descriptions',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => canTry,
      run,
    },
  ])
  const shown = trial.variables ?? mediaIds
  return (
    <section ref={section} className="describe-section trials" aria-label="Trial">
      <div className="trials-head">
        <Button icon="play" keyName="Mod+Enter" disabled={!canTry} onClick={run}>
          Try on {mediaIds.length === 1 ? 'one picture' : mediaIds.length === 2 ? 'two pictures' : 'three pictures'}
        </Button>
        <p className={trial.error ? 'error-line' : 'hint'} aria-live="polite">
          {trial.error ? messageOf(trial.error) : (trouble ?? aboutLine(selected.length, mediaIds.length))}
        </p>
      </div>
      <div className="trial-cards">
        {shown.map(id => (
          <TrialCard
            key={id}
            mediaId={id}
            trial={trial.isPending ? undefined : trial.data?.trials.find(({ mediaId }) => mediaId === id)}
            isPending={trial.isPending}
          />
        ))}
      </div>
    </section>
  )
}

function aboutLine(selected: number, pictures: number): string {
  if (pictures === 0) return 'There are no pictures yet to try it on.'
  const which = selected > 0 ? 'The first you selected' : 'The newest; select others in the library to try it on those'
  return `${which}. Changes nothing, and a run does not pay for the same answer again.`
}
