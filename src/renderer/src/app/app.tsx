import { lazy, Suspense, useEffect } from 'react'
import { LibraryScreen } from '../features/library/library-screen.tsx'
import { messageOf, useCall } from '../lib/api.ts'
import { connection } from '../lib/connection.ts'
import { hasSeenWelcome } from '../lib/preferences.ts'
import { go, type Screen, type SettingsPart, useRoute } from '../lib/route.ts'
import { useStore } from '../lib/store.ts'
import { SessionMissing } from '../lib/transport.ts'
import { Frame } from './frame.tsx'
import { Message } from './message.tsx'
import { Opening } from './opening.tsx'

const ActivityScreen = lazy(() =>
  import('../features/activity/activity-screen.tsx').then(m => ({ default: m.ActivityScreen })),
)
const ArtworksScreen = lazy(() =>
  import('../features/artworks/artworks-screen.tsx').then(m => ({ default: m.ArtworksScreen })),
)
const DescribeScreen = lazy(() =>
  import('../features/describing/describe-screen.tsx').then(m => ({ default: m.DescribeScreen })),
)
const DriveScreen = lazy(() => import('../features/drive/drive-screen.tsx').then(m => ({ default: m.DriveScreen })))
const ExportScreen = lazy(() => import('../features/export/export-screen.tsx').then(m => ({ default: m.ExportScreen })))
const FirstRun = lazy(() => import('../features/first-run/first-run.tsx').then(m => ({ default: m.FirstRun })))
const ImportScreen = lazy(() => import('../features/import/import-screen.tsx').then(m => ({ default: m.ImportScreen })))
const ImportTableScreen = lazy(() =>
  import('../features/import-table/import-table-screen.tsx').then(m => ({ default: m.ImportTableScreen })),
)
const LookAlikes = lazy(() => import('../features/look-alikes/look-alikes.tsx').then(m => ({ default: m.LookAlikes })))
const SettingsScreen = lazy(() =>
  import('../features/settings/settings-screen.tsx').then(m => ({ default: m.SettingsScreen })),
)
const SidecarsScreen = lazy(() =>
  import('../features/sidecars/sidecars-screen.tsx').then(m => ({ default: m.SidecarsScreen })),
)
const StorageScreen = lazy(() =>
  import('../features/storage/storage-screen.tsx').then(m => ({ default: m.StorageScreen })),
)

const screenOf: Record<Screen, React.ComponentType> = {
  library: LibraryScreen,
  artworks: ArtworksScreen,
  activity: ActivityScreen,
  import: ImportScreen,
  'import-table': ImportTableScreen,
  drive: DriveScreen,
  describe: DescribeScreen,
  export: ExportScreen,
  sidecars: SidecarsScreen,
  welcome: FirstRun,
  settings: SettingsScreen,
  duplicates: LookAlikes,
}

const settingsPartOf: Record<SettingsPart, React.ComponentType> = { storage: StorageScreen }

export function App() {
  const overview = useCall('library.overview', {})
  const host = useCall('host.get', {})
  const { screen, settingsPart } = useRoute()
  const link = useStore(connection)
  const isFirstRun = overview.data?.folders.length === 0 && overview.data.counts.shown === 0

  useEffect(() => {
    if (isFirstRun && screen === 'library' && !hasSeenWelcome.get()) go({ screen: 'welcome' }, { replaces: true })
  }, [isFirstRun, screen])

  if (link === 'locked' || overview.error instanceof SessionMissing) {
    return (
      <Message title="This page belongs to a running Burg Ink">
        Open the address it printed when it started: it lets this browser in.
      </Message>
    )
  }
  if (!overview.data) {
    return overview.error ? (
      <Message title="The library could not be opened">{messageOf(overview.error)}</Message>
    ) : (
      <Opening />
    )
  }
  // What it can do is part of how screens are laid out. Asked again after a failure it is pending again, which must take away nothing.
  if (!host.isFetched) return <Opening />
  const Shown = screen === 'settings' && settingsPart ? settingsPartOf[settingsPart] : screenOf[screen]
  return (
    <Frame overview={overview.data}>
      <Suspense fallback={<main className="page" />}>
        <Shown />
      </Suspense>
    </Frame>
  )
}
