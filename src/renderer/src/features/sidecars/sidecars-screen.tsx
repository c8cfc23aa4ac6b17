import { useEffect, useState } from 'react'
import { messageOf, useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { SidecarConflicts } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { undo } from '../../lib/history.ts'
import { tell } from '../../lib/notice.ts'
import { goToLibrary, lastView } from '../../lib/route.ts'
import { sidecarsSelection } from '../../lib/sidecars-choice.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { picturesChosen, type WhichPictures, WhichPicturesChoice } from '../../ui/which-pictures.tsx'
import { Looked } from './looked.tsx'
import { countTaken, isUnderWay, lineOf } from './reading.ts'
import { ReadingState } from './reading-state.tsx'
import './sidecars.css'

/** What other programs wrote beside the originals: looked at first, and taken over once a person wants it. */
export function SidecarsScreen() {
  const selected = useStore(sidecarsSelection)
  const [{ filter, sort }] = useState(lastView)
  const choice = { selected, view: { filter, sort } }
  const [which, setWhich] = useState<WhichPictures>(selected.length > 0 ? 'selected' : 'view')
  const [conflicts, setConflicts] = useState<SidecarConflicts>('keep')
  /** What was begun here; another one is shown only while it is under way. */
  const [begunId, setBegunId] = useState<number | null>(null)
  const { data } = useCall('sidecars.state', {})
  const look = useCommand('sidecars.look', ['sidecars.state'])
  const take = useCommand('sidecars.take', ['sidecars.state'])
  const reading = data?.reading ?? null
  const shown = reading && (reading.id === begunId || isUnderWay(reading)) ? reading : null
  const told = shown?.state === 'taken' ? lineOf(shown) : null
  const commandId = shown?.commandId ?? null
  useEffect(() => {
    if (told !== null && commandId !== null) tell(told, { label: 'Undo', run: () => void undo(commandId) })
  }, [told, commandId])
  const isBusy = (shown !== null && isUnderWay(shown)) || look.isPending || take.isPending
  const takenCount = shown ? countTaken(shown, conflicts) : 0
  const change = (next: WhichPictures): void => {
    setWhich(next)
    setBegunId(null)
  }
  const run = (): void => {
    if (isBusy) return
    if (shown && takenCount > 0) {
      take.mutate({ id: shown.id, conflicts })
      return
    }
    look.mutate({ chosen: picturesChosen(which, choice) }, { onSuccess: ({ id }) => setBegunId(id) })
  }
  useCommands([
    {
      id: 'sidecars.back',
      title: 'Back to the pictures',
      group: 'Import',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: goToLibrary,
    },
    {
      id: 'sidecars.run',
      title: takenCount > 0 ? 'Take over what the sidecars say' : 'Look at the sidecars',
      group: 'Import',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => !isBusy,
      run,
    },
  ])
  const error = look.error ?? take.error
  return (
    <main className="page">
      <div className="page-column sidecars">
        <h1>Read sidecars</h1>
        <p className="quiet">
          Takes over what digiKam, Lightroom, darktable and others wrote in XMP files beside the originals: titles,
          descriptions, tags, stars, flags and labels. You see what would change first, and can undo it afterwards.
        </p>
        <h2>Which</h2>
        <WhichPicturesChoice which={which} {...choice} onChange={change} />
        <p className="error-line sidecars-error" role="alert">
          {error && messageOf(error)}
        </p>
        {shown && <ReadingState reading={shown} />}
        {shown?.state === 'looked' && <Looked reading={shown} conflicts={conflicts} onChange={setConflicts} />}
        <p className="form-actions">
          <Button kind="primary" keyName="Mod+Enter" disabled={isBusy} onClick={run}>
            {takenCount > 0
              ? `Change ${plural(takenCount, 'picture')}`
              : shown && !isBusy
                ? 'Look again'
                : 'Look at them'}
          </Button>
          <Button kind="quiet" keyName="Escape" onClick={goToLibrary}>
            Back to the pictures
          </Button>
        </p>
      </div>
    </main>
  )
}
