import { lazy, Suspense, useEffect, useState } from 'react'
import { messageOf, useCall } from '../../lib/api.ts'
import { onReversed } from '../../lib/history.ts'
import { onMediaChanged } from '../../lib/live.ts'
import { onMarksForeseen } from '../../lib/marks.ts'
import { gridLayout } from '../../lib/preferences.ts'
import { go, onRoute, type Route, routeNow, useRoute } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Grid } from './grid/grid.tsx'
import { GridController } from './grid/grid-controller.ts'
import { LibraryEmpty } from './library-empty.tsx'
import { ResultBar } from './result-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useLibraryCommands } from './use-library-commands.ts'
import './library.css'

const viewOf = ({ filter, sort, group }: Route) => ({ filter, sort, group })

const OpenPicture = lazy(() => import('./open-picture.tsx').then(module => ({ default: module.OpenPicture })))

export function LibraryScreen() {
  const { openId } = useRoute()
  const [controller] = useState(() => new GridController(viewOf(routeNow()), gridLayout.get()))
  const { total, isLoaded, error } = useStore(controller.state)
  const overview = useCall('library.overview', {})

  useEffect(() => {
    const show = (): void => {
      if (routeNow().screen === 'library') controller.show(viewOf(routeNow()))
    }
    show()
    // Asked for before the page is drawn for it: the answer takes longer than the drawing.
    return onRoute(show)
  }, [controller])
  useEffect(() => onMediaChanged(change => controller.onMediaChanged(change)), [controller])
  useEffect(() => onMarksForeseen(() => controller.list.foresee()), [controller])
  useEffect(() => onReversed(() => controller.onReversed()), [controller])
  useLibraryCommands(controller)

  const open = (): void => {
    const id = controller.cursor.focusedId
    if (id) go({ openId: id })
  }

  return (
    <main className="library">
      <TopBar />
      <ResultBar controller={controller} total={isLoaded ? total : null} overview={overview.data} />
      <div className="library-content">
        <Grid controller={controller} onOpen={open} />
        {isLoaded && total === 0 && <LibraryEmpty overview={overview.data} />}
        {!isLoaded && error !== null && (
          <EmptyState icon="failed" title="The pictures could not be listed">
            {messageOf(error)}
          </EmptyState>
        )}
      </div>
      {openId && (
        <Suspense fallback={<div className="opening-picture" />}>
          <OpenPicture controller={controller} openId={openId} />
        </Suspense>
      )}
    </main>
  )
}
