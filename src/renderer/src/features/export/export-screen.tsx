import { useState } from 'react'
import { messageOf, queryClient, useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { exportFolder, exportSelection } from '../../lib/export-choice.ts'
import { plural } from '../../lib/format.ts'
import { goToLibrary, lastView, type Route } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { FolderChooser } from '../../ui/folder-chooser.tsx'
import { ExportState } from './export-state.tsx'
import { chosenOf, type Draft, type Format, firstDraft, orderOf, type Which } from './order.ts'
import { SidecarFields } from './sidecar-fields.tsx'
import './export.css'

const formats: readonly { value: Format; title: string; text: string }[] = [
  { value: 'csv', title: 'Table', text: 'A CSV file with a line for each picture, for spreadsheets and databases.' },
  { value: 'json', title: 'JSON', text: 'Everything Burg Ink knows of each picture, for programs.' },
  {
    value: 'xmp',
    title: 'Sidecars',
    text: 'An XMP file for each picture, which digiKam, Lightroom, Bridge and others read.',
  },
]

/** What is known of pictures, written for other programs. The pictures themselves stay as they are. */
export function ExportScreen() {
  const selected = useStore(exportSelection)
  const [view] = useState(lastView)
  const [draft, setDraft] = useState<Draft>(() => ({ ...firstDraft, which: selected.length > 0 ? 'selected' : 'view' }))
  const [folder, setFolder] = useState(exportFolder.get)
  const state = useCall('export.state', {})
  const start = useCommand('export.start')
  const isRunning = state.data?.export?.state === 'running'
  const needsFolder = draft.format !== 'xmp' || !draft.isBeside
  const canStart = !isRunning && !start.isPending && (!needsFolder || folder.trim() !== '')
  const change = (changes: Partial<Draft>): void => setDraft(before => ({ ...before, ...changes }))
  const run = (): void => {
    if (!canStart) return
    if (needsFolder) exportFolder.set(folder)
    const { filter, sort } = view
    start.mutate(
      { chosen: chosenOf(draft.which, { selected, view: { filter, sort } }), order: orderOf(draft, folder) },
      { onSuccess: () => queryClient.invalidateQueries({ queryKey: ['export.state'] }) },
    )
  }
  useCommands([
    {
      id: 'export.back',
      title: 'Back to the pictures',
      group: 'Export',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: goToLibrary,
    },
    {
      id: 'export.start',
      title: 'Start the export',
      group: 'Export',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => canStart,
      run,
    },
  ])
  return (
    <main className="page">
      <div className="page-column export">
        <h1>Export</h1>
        <p className="quiet">Writes what is known of pictures for other programs. The pictures stay as they are.</p>
        <h2>Pictures</h2>
        <Pictures draft={draft} selectedCount={selected.length} view={view} onChange={which => change({ which })} />
        <h2>Format</h2>
        <Choice name="Format" value={draft.format} options={formats} onChange={format => change({ format })} />
        {draft.format === 'csv' && (
          <label className="check-row">
            <input
              type="checkbox"
              checked={draft.isForSpreadsheets}
              onChange={event => change({ isForSpreadsheets: event.target.checked })}
            />
            <span>
              For spreadsheets
              <br />
              <span className="quiet">
                Excel reads every letter right, and an apostrophe keeps texts that begin like a formula from being run.
              </span>
            </span>
          </label>
        )}
        {draft.format === 'xmp' && <SidecarFields draft={draft} onChange={change} />}
        {needsFolder && (
          <>
            <h2>Into the folder</h2>
            <FolderChooser
              startAt={exportFolder.get() || null}
              hint="What others wrote there stays as it is."
              isLater
              onChange={setFolder}
            />
          </>
        )}
        <p className="error-line export-error" role="alert">
          {start.error && messageOf(start.error)}
        </p>
        <ExportState shown={state.data?.export ?? null} />
        <p className="form-actions">
          <Button kind="primary" keyName="Mod+Enter" disabled={!canStart} onClick={run}>
            Export
          </Button>
          <Button kind="quiet" keyName="Escape" onClick={goToLibrary}>
            Back to the pictures
          </Button>
        </p>
      </div>
    </main>
  )
}

interface PicturesProps {
  draft: Draft
  selectedCount: number
  view: Pick<Route, 'filter' | 'sort'>
  onChange: (which: Which) => void
}

function Pictures({ draft, selectedCount, view, onChange }: PicturesProps) {
  const { filter, sort } = view
  const overview = useCall('library.overview', {})
  const index = useCall('media.index', { filter, sort, pageSize: 500 })
  const counted = (title: string, count: number | undefined): string =>
    count === undefined ? title : `${title}: ${plural(count, 'picture')}`
  const options: { value: Which; title: string; text?: string }[] = [
    ...(selectedCount > 0 ? [{ value: 'selected' as const, title: counted('The selection', selectedCount) }] : []),
    {
      value: 'view',
      title: counted('This view', index.data?.total),
      text: 'What the grid showed last, in its order.',
    },
    { value: 'all', title: counted('The whole library', overview.data?.counts.shown) },
  ]
  return <Choice name="Pictures" value={draft.which} options={options} onChange={onChange} />
}
