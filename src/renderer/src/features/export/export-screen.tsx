import { useRef, useState } from 'react'
import { messageOf, useCall, useCommand } from '../../lib/api.ts'
import { lastArtworkList } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import type { Settings } from '../../lib/contract.ts'
import { exportFolder, exportFrom } from '../../lib/export-choice.ts'
import { lastView } from '../../lib/route.ts'
import { useSettings } from '../../lib/saved.ts'
import { useStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { FolderChooser } from '../../ui/folder-chooser.tsx'
import { ExportState } from './export-state.tsx'
import { askedBy, firstDraft, hasTitle, needsFolder, printingOf, type Shown } from './order.ts'
import { PicturesPart } from './pictures-part.tsx'
import { lastPortfolio } from './portfolio-draft.ts'
import { WorksPart } from './works-part.tsx'
import './export.css'

const subjects = [
  { value: 'pictures' as const, title: 'Pictures', text: 'What is known of them. The pictures stay as they are.' },
  { value: 'works' as const, title: 'Artworks', text: 'What you said of them, and their pictures.' },
]

/** What is known of pictures and of works, written for other programs and for people. */
export function ExportScreen() {
  const { selected, work, subject, goBack } = useStore(exportFrom)
  const [{ view, list }] = useState(() => ({ view: lastView(), list: lastArtworkList() }))
  const shown: Shown = { selected, view: { filter: view.filter, sort: view.sort }, work, list }
  const [draft, setDraft] = useState(() => firstDraft(shown, subject, lastPortfolio.get()))
  const [folder, setFolder] = useState(exportFolder.get)
  const state = useCall('export.state', {})
  const start = useCommand('export.start', ['export.state'])
  const { shown: settings, save } = useSettings()
  const isRunning = state.data?.export?.state === 'running'
  const hasPlace = !needsFolder(draft) || folder.trim() !== ''
  const canStart = !isRunning && !start.isPending && hasPlace && hasTitle(draft) && settings !== undefined
  const remember = (known: Settings): void => {
    const { artist: artistName, pageSize } = printingOf(draft.works.sheets, known)
    if (artistName === known.artistName && pageSize === known.pageSize) return
    save({ artistName, pageSize })
  }
  /** How it goes is said below the form, and the keys that start it work all over it. */
  const end = useRef<HTMLParagraphElement>(null)
  const showEnd = (): void => void requestAnimationFrame(() => end.current?.scrollIntoView({ block: 'nearest' }))
  const run = (): void => {
    if (!canStart) return
    remember(settings)
    if (needsFolder(draft)) exportFolder.set(folder)
    lastPortfolio.set(draft.works.portfolio)
    start.mutate(askedBy(draft, shown, folder, settings), { onSettled: showEnd })
  }
  const back = subject === 'works' ? 'Back to the artworks' : 'Back to the pictures'
  useCommands([
    { id: 'export.back', title: back, group: 'Export', keys: ['Escape'], worksWhileTyping: true, run: goBack },
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
        <Choice
          name="What leaves"
          isRow
          value={draft.subject}
          options={subjects}
          onChange={changed => setDraft({ ...draft, subject: changed })}
        />
        {draft.subject === 'pictures' ? (
          <PicturesPart
            draft={draft.pictures}
            shown={shown}
            onChange={changes => setDraft({ ...draft, pictures: { ...draft.pictures, ...changes } })}
          />
        ) : (
          <WorksPart
            draft={draft.works}
            shown={shown}
            settings={settings}
            onChange={changes => setDraft({ ...draft, works: { ...draft.works, ...changes } })}
          />
        )}
        {needsFolder(draft) && (
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
        <p ref={end} className="form-actions">
          <Button kind="primary" keyName="Mod+Enter" disabled={!canStart} onClick={run}>
            Export
          </Button>
          <Button kind="quiet" keyName="Escape" onClick={goBack}>
            {back}
          </Button>
        </p>
      </div>
    </main>
  )
}
