import { lazy, type ReactNode, Suspense, useLayoutEffect, useState } from 'react'
import { useArtworkCommands } from '../features/artworks/use-artwork-commands.ts'
// This one and the palette are not loaded when they are asked for: letters typed at once would be commands of what lies below.
import { CollectionChooser } from '../features/collections/collection-chooser.tsx'
import { Inspector, useInspectorCommands } from '../features/inspector/inspector.tsx'
import { Palette } from '../features/palette/palette.tsx'
import { choosingFor } from '../lib/collections.ts'
import type { Output } from '../lib/contract.ts'
import { inspectorWidth, isInspectorOpen, sidebarWidth } from '../lib/preferences.ts'
import { useRoute } from '../lib/route.ts'
import { useStore } from '../lib/store.ts'
import { ResizeHandle } from '../ui/resize-handle.tsx'
import { Drops } from './drops.tsx'
import { Sidebar } from './sidebar.tsx'
import { StatusLine } from './status-line.tsx'
import { type Overlay, useAppCommands } from './use-app-commands.ts'
import { useCollectionCommands } from './use-collection-commands.ts'
import { useEndNotice } from './use-end-notice.ts'
import { useHistoryCommands } from './use-history-commands.ts'
import { useProgramCommands } from './use-program-commands.ts'
import { useStorageCommands } from './use-storage-commands.ts'
import './frame.css'

const KeySheet = lazy(() => import('../features/palette/key-sheet.tsx').then(m => ({ default: m.KeySheet })))

/** What stays while screens come and go. */
export function Frame({ overview, children }: { overview: Output<'library.overview'>; children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const route = useRoute()
  const { screen } = route
  const hasInspector = useStore(isInspectorOpen) && screen === 'library'
  const sidebar = useStore(sidebarWidth)
  const inspector = useStore(inspectorWidth)
  const chosenFor = useStore(choosingFor)
  const close = (): void => setOverlay(null)
  useAppCommands(overview, setOverlay)
  useProgramCommands()
  useStorageCommands()
  useCollectionCommands()
  useEndNotice()
  useInspectorCommands()
  useHistoryCommands()
  useArtworkCommands()
  // A menu or a notification may lead elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when the route changes.
  useLayoutEffect(() => setOverlay(null), [route])
  return (
    <div className="frame">
      {overview.problem && (
        <p className="frame-problem" role="alert">
          {overview.problem}
        </p>
      )}
      <div className="panes">
        <aside className="pane" style={{ width: sidebar }}>
          <Sidebar overview={overview} onKeys={() => setOverlay('keys')} />
          <ResizeHandle
            label="Width of the sidebar"
            width={sidebarWidth}
            limits={{ least: 176, most: 400, usual: 232 }}
            growsTo="right"
          />
        </aside>
        {children}
        {hasInspector && (
          <aside className="pane inspector-pane" style={{ width: inspector }} aria-label="Inspector">
            <ResizeHandle
              label="Width of the inspector"
              width={inspectorWidth}
              limits={{ least: 240, most: 560, usual: 320 }}
              growsTo="left"
            />
            <Inspector />
          </aside>
        )}
      </div>
      <StatusLine overview={overview} />
      <Drops />
      <Suspense>
        {overlay === 'palette' && <Palette onClose={close} />}
        {chosenFor && <CollectionChooser mediaIds={chosenFor} onClose={() => choosingFor.set(null)} />}
        {overlay === 'keys' && <KeySheet onClose={close} />}
      </Suspense>
    </div>
  )
}
