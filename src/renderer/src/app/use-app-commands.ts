import { importFolder } from '../lib/choose-folder.ts'
import { type Command, useCommands } from '../lib/commands.ts'
import type { Folder, Output } from '../lib/contract.ts'
import { openDashboard } from '../lib/engine.ts'
import { openExport } from '../lib/export-choice.ts'
import { showFolder } from '../lib/files.ts'
import { useHost } from '../lib/host.ts'
import { isInspectorOpen, theme } from '../lib/preferences.ts'
import { go, goToActivity, goToImport, goToImportTable, goToSettings, homeRoute, routeNow } from '../lib/route.ts'
import { allRuns } from '../lib/runs-spot.ts'
import { openSidecars } from '../lib/sidecars-choice.ts'
import { isOfDrive } from '../lib/sources.ts'
import { syncFolder, watchFolder } from '../lib/sync-folder.ts'

/** What lies over everything for a moment. */
export type Overlay = 'palette' | 'keys'

type Overview = Output<'library.overview'>

function placeCommands({ folders }: Overview, canShow: boolean): Command[] {
  const views: Command[] = [
    { id: 'go.all', title: 'All pictures', group: 'Go to', run: () => go(homeRoute) },
    { id: 'go.new', title: 'New', group: 'Go to', run: () => go({ ...homeRoute, filter: { text: 'is:new' } }) },
    {
      id: 'go.review',
      title: 'To review',
      group: 'Go to',
      run: () => go({ ...homeRoute, filter: { text: 'is:to-review' } }),
    },
    { id: 'go.failed', title: 'Failed', group: 'Go to', run: () => go({ ...homeRoute, filter: { status: 'failed' } }) },
    {
      id: 'go.missing',
      title: 'Missing',
      group: 'Go to',
      run: () => go({ ...homeRoute, filter: { isMissing: true } }),
    },
    {
      id: 'go.duplicates',
      title: 'Look-alikes',
      group: 'Go to',
      keys: ['Shift+L'],
      run: () => go({ screen: 'duplicates', openId: null }),
    },
    {
      id: 'go.activity',
      title: 'Activity',
      group: 'Go to',
      keys: ['Shift+A'],
      run: () => goToActivity(),
    },
    { id: 'go.work', title: 'All work', group: 'Go to', run: () => go({ screen: 'activity', runs: allRuns }) },
    { id: 'go.drive', title: 'Google Drive', group: 'Go to', keys: ['Shift+D'], run: () => go({ screen: 'drive' }) },
    {
      id: 'go.describe',
      title: 'Descriptions',
      group: 'Go to',
      keys: ['Shift+W'],
      run: () => go({ screen: 'describe', describe: 'runs' }),
    },
    { id: 'go.settings', title: 'Settings', group: 'Go to', keys: ['Mod+,'], run: () => goToSettings() },
  ]
  const toFolders = folders.map<Command>(folder => ({
    id: `go.folder.${folder.id}`,
    title: `Folder ${folder.name}`,
    group: 'Go to',
    run: () => go({ ...homeRoute, filter: { folderId: folder.id } }),
  }))
  return [...views, ...toFolders, ...folders.flatMap(folder => folderCommands(folder, canShow))]
}

function folderCommands(folder: Folder, canShow: boolean): Command[] {
  const { id, name, isWatched } = folder
  const group = isOfDrive(folder) ? 'Drive' : 'Import'
  const sync: Command = { id: `folder.sync.${id}`, title: `Sync ${name} now`, group, run: () => syncFolder(folder) }
  if (!isOfDrive(folder)) {
    const title = `Show ${name} in its folder`
    return [sync, { id: `folder.show.${id}`, title, group, isAvailable: () => canShow, run: () => showFolder(id) }]
  }
  return [
    sync,
    {
      id: `drive.watch.${id}`,
      title: isWatched ? `Watch ${name} no more` : `Watch ${name}`,
      group,
      run: () => watchFolder(folder, !isWatched),
    },
  ]
}

/** Commands that work on every screen. */
export function useAppCommands(overview: Overview, show: (overlay: Overlay) => void): void {
  const host = useHost()
  const hasDialog = host?.canChooseFolder ?? false
  useCommands([
    ...placeCommands(overview, host?.canShowInFolder ?? false),
    {
      id: 'app.import',
      title: hasDialog ? 'Choose a folder to import' : 'Import a folder',
      group: 'Import',
      keys: ['Mod+O'],
      worksWhileTyping: true,
      run: importFolder,
    },
    {
      id: 'go.import',
      title: 'Import a folder by its path',
      group: 'Import',
      isAvailable: () => hasDialog,
      run: () => goToImport(),
    },
    { id: 'app.importTable', title: 'Import a table …', group: 'Import', run: goToImportTable },
    {
      id: 'app.sidecars',
      title: 'Read sidecars of other programs …',
      group: 'Import',
      run: openSidecars,
    },
    {
      id: 'app.export',
      title: 'Export …',
      group: 'Export',
      keys: ['Mod+E'],
      worksWhileTyping: true,
      run: openExport,
    },
    { id: 'engine.dashboard', title: 'Open Inngest’s dashboard', group: 'Activity', run: openDashboard },
    { id: 'app.welcome', title: 'First steps', group: 'Help', run: () => go({ screen: 'welcome' }) },
    {
      id: 'app.inspector',
      title: 'Inspector',
      group: 'View',
      keys: ['I'],
      isAvailable: () => routeNow().screen === 'library' && routeNow().openId === null,
      run: () => isInspectorOpen.set(!isInspectorOpen.get()),
    },
    {
      id: 'app.theme',
      title: 'Light or dark window',
      group: 'View',
      run: () => theme.set(theme.get() === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'app.palette',
      title: 'Commands',
      group: 'Help',
      keys: ['Mod+K'],
      worksWhileTyping: true,
      run: () => show('palette'),
    },
    { id: 'app.keys', title: 'Keys', group: 'Help', keys: ['?'], run: () => show('keys') },
  ])
}
