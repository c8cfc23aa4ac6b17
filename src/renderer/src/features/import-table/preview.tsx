import { useState } from 'react'
import { useCommand } from '../../lib/api.ts'
import { type RowKind, rowKinds, type TableWork } from '../../lib/contract.ts'
import { formatCount } from '../../lib/format.ts'
import { undo } from '../../lib/history.ts'
import { go } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { kindLooks, workLine } from './kinds.ts'
import { PreviewRows } from './preview-rows.tsx'

interface Props {
  work: TableWork
  isStale: boolean
  /** The import was taken back: what would become of the rows is another thing now. */
  onUndone: () => void
}

/** What would become of the table, and how far its import is. */
export function Preview({ work, isStale, onUndone }: Props) {
  const [chosen, setKind] = useState<RowKind | null>(null)
  const { state, counts } = work
  const total = rowKinds.reduce((sum, each) => sum + (counts[each] ?? 0), 0)
  // Another preview may have none of these.
  const kind = chosen !== null && (counts[chosen] ?? 0) > 0 ? chosen : null
  const isDone = state !== 'previewing'
  return (
    <section className="table-preview" aria-label="Preview">
      <Standing work={work} isStale={isStale} onUndone={onUndone} />
      {isDone && total > 0 && (
        <>
          <fieldset className="table-kinds" aria-label="Rows shown">
            <KindButton kind={null} count={total} isOn={kind === null} onClick={() => setKind(null)} />
            {rowKinds.map(each => (
              <KindButton
                key={each}
                kind={each}
                count={counts[each] ?? 0}
                isOn={kind === each}
                onClick={() => setKind(each)}
              />
            ))}
          </fieldset>
          <PreviewRows work={work} kind={kind} count={kind === null ? total : (counts[kind] ?? 0)} />
        </>
      )}
    </section>
  )
}

function Standing({ work, isStale, onUndone }: Props) {
  const cancel = useCommand('table.cancel')
  const { state, done, total, commandId, subject } = work
  const isUnderWay = state === 'previewing' || state === 'importing'
  const isUndoable = state === 'imported' && commandId !== null
  return (
    <div className="table-standing">
      <p role="status" className={state === 'failed' ? 'error-line' : undefined}>
        {isStale && !isUnderWay
          ? 'The columns were changed since. Preview again to see what becomes of the rows.'
          : workLine(work)}
      </p>
      {state === 'importing' && (
        <ProgressBar label="Rows imported" total={total ?? 0} parts={[{ tone: 'done', count: done }]} />
      )}
      {isUnderWay && (
        <Button disabled={cancel.isPending} onClick={() => cancel.mutate({})}>
          Cancel
        </Button>
      )}
      {isUndoable && (
        <p className="form-actions">
          {subject === 'works' && (
            <Button icon="artwork" onClick={() => go({ screen: 'artworks', artworks: null })}>
              Show the artworks
            </Button>
          )}
          <Button kind="quiet" keyName="Mod+Z" onClick={() => void undo(commandId).then(onUndone)}>
            Undo
          </Button>
        </p>
      )}
    </div>
  )
}

interface KindProps {
  kind: RowKind | null
  count: number
  isOn: boolean
  onClick: () => void
}

function KindButton({ kind, count, isOn, onClick }: KindProps) {
  return (
    <button type="button" aria-pressed={isOn} disabled={count === 0} onClick={onClick}>
      {kind === null ? 'All' : kindLooks[kind].word} <span className="quiet">{formatCount(count)}</span>
    </button>
  )
}
