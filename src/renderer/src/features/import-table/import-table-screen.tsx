import { useState } from 'react'
import { messageOf, useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Table, TableWork } from '../../lib/contract.ts'
import { goToLibrary } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { ChooseTable, useSending } from './choose-table.tsx'
import { Columns } from './columns.tsx'
import { type Draft, draftOf, isPreviewed, orderOf, readingOf } from './draft.ts'
import { HowToRead } from './how-to-read.tsx'
import { countedOf, toImport } from './kinds.ts'
import { Preview } from './preview.tsx'
import './import-table.css'

/** From a table of another program to works or words: its columns, what would become of each row, and then all at once. */
export function ImportTableScreen() {
  const state = useCall('table.state', {})
  const { table = null, work = null } = state.data ?? {}
  const sending = useSending()
  useCommands([
    {
      id: 'table.back',
      title: 'Back to the pictures',
      group: 'Import',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: goToLibrary,
    },
  ])
  return (
    <main className="page">
      <div className="page-column import-table">
        <h1>Import a table</h1>
        <p className="quiet">
          Works, or what you say of pictures, from a spreadsheet or a database. You see what becomes of each row before
          anything is written, and can take all of it back in one step.
        </p>
        {state.data && <ChooseTable table={table} isImporting={work?.state === 'importing'} sending={sending} />}
        {table && <OpenTable key={readingOf(table)} table={table} work={work} isReplaced={sending.sent !== null} />}
      </div>
    </main>
  )
}

/** `isReplaced`: by another table that is on its way. */
function OpenTable({ table, work, isReplaced }: { table: Table; work: TableWork | null; isReplaced: boolean }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(table, work))
  const preview = useCommand('table.preview', ['table.state'])
  const start = useCommand('table.import', ['table.state'])
  const isLocked = work?.state === 'previewing' || work?.state === 'importing' || isReplaced
  const isFresh = isPreviewed(table, work, draft)
  const canImport = isFresh && work !== null && isImportable(work)
  const isBusy = isLocked || preview.isPending || start.isPending
  const goOn = (): void => {
    if (isBusy) return
    start.reset()
    preview.reset()
    if (canImport) start.mutate({ previewId: work.previewId })
    else preview.mutate(orderOf(table, draft))
  }
  const title = canImport ? `Import ${countedOf(table.subject, toImport(work))}` : 'Preview'
  useCommands([
    {
      id: 'table.goOn',
      title: canImport ? 'Import the table' : 'Preview the table',
      group: 'Import',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => !isBusy,
      run: goOn,
    },
  ])
  const error = preview.error ?? start.error
  return (
    <>
      <HowToRead table={table} isLocked={isLocked} />
      <h2>Columns</h2>
      {table.isRemembered && <p className="quiet">As they were the last time that a table had these columns.</p>}
      <Columns table={table} draft={draft} isLocked={isLocked} onChange={setDraft} />
      <label className="check-row">
        <input
          type="checkbox"
          checked={draft.clearsEmpty}
          disabled={isLocked}
          onChange={event => setDraft({ ...draft, clearsEmpty: event.target.checked })}
        />
        <span>
          Empty cells take away what there is
          <br />
          <span className="quiet">Otherwise they leave it as it is.</span>
        </span>
      </label>
      <h2>Rows</h2>
      {work ? (
        <Preview work={work} isStale={!isFresh} onUndone={() => preview.mutate(orderOf(table, draft))} />
      ) : (
        <p className="quiet">The preview says what would become of each row, and writes nothing.</p>
      )}
      {error && (
        <p className="error-line" role="alert">
          {messageOf(error)}
        </p>
      )}
      <p className="form-actions">
        <Button kind="primary" keyName="Mod+Enter" aria-disabled={isBusy} onClick={goOn}>
          {title}
        </Button>
        <Button kind="quiet" keyName="Escape" onClick={goToLibrary}>
          Back to the pictures
        </Button>
      </p>
    </>
  )
}

/** A preview that was cut off shows only some of the rows. */
const isImportable = (work: TableWork): boolean =>
  work.total !== null && work.state !== 'imported' && toImport(work) > 0
