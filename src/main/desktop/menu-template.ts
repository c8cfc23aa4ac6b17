import type { MenuItemConstructorOptions as Item } from 'electron'

export interface MenuActions {
  /** A command of the page, by its id. */
  run(command: string): void
  /** A place of the page, as in its address after `#`. */
  show(route: string): void
  chooseLibrary(): void
  revealLibrary(): void
  zoom(step: -1 | 0 | 1): void
  pauseWork(): void
  resumeWork(): void
  openInBrowser(): void
  revealLog(): void
  /** Left out: this copy of the program does not update itself. */
  checkForUpdates?(): void
}

export interface MenuParts {
  platform: NodeJS.Platform
  isPackaged: boolean
  /** False where the environment names the library. */
  canChooseLibrary: boolean
  actions: MenuActions
}

/** Of items that change while the menu is there. */
export const menuIds = { pauseWork: 'work.pause', resumeWork: 'work.resume' } as const

const separator: Item = { type: 'separator' }

const nameOfFiles: Partial<Record<NodeJS.Platform, string>> = { darwin: 'Finder', win32: 'Explorer' }

/**
 * Of a command that the page has a key for. A page hears each key first, and what it answers never comes to a menu; so on
 * Windows and Linux the menu names the key and does not take it. On macOS every key that is named is taken: only those with
 * Cmd are, since a plain letter would be taken out of what is being typed.
 */
function pageKey(platform: NodeJS.Platform, accelerator: string): Item {
  if (platform !== 'darwin') return { accelerator, registerAccelerator: false }
  return /^Cmd/.test(accelerator) ? { accelerator } : {}
}

function settings({ platform, actions }: MenuParts): Item {
  const label = platform === 'darwin' ? 'Settings…' : 'Settings'
  return { label, ...pageKey(platform, 'CmdOrCtrl+,'), click: () => actions.run('go.settings') }
}

function updates({ actions }: MenuParts): Item[] {
  const { checkForUpdates } = actions
  return checkForUpdates ? [{ label: 'Check for Updates…', click: () => checkForUpdates() }] : []
}

/** The one that has the program's name, which macOS alone has. */
function programMenu(parts: MenuParts): Item {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      ...updates(parts),
      separator,
      settings(parts),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
}

function fileMenu(parts: MenuParts): Item {
  const { platform, canChooseLibrary, actions } = parts
  const end: Item[] = [
    separator,
    settings(parts),
    separator,
    { role: 'close', label: 'Close Window' },
    { role: 'quit' },
  ]
  return {
    label: '&File',
    submenu: [
      { label: 'Import Folder…', ...pageKey(platform, 'CmdOrCtrl+O'), click: () => actions.run('app.import') },
      { label: 'Import Table…', click: () => actions.run('app.importTable') },
      { label: 'Read Sidecars…', click: () => actions.run('app.sidecars') },
      { label: 'Export…', ...pageKey(platform, 'CmdOrCtrl+E'), click: () => actions.run('app.export') },
      separator,
      { label: 'Open Library…', enabled: canChooseLibrary, click: () => actions.chooseLibrary() },
      { label: `Show Library in ${nameOfFiles[platform] ?? 'Files'}`, click: () => actions.revealLibrary() },
      ...(platform === 'darwin' ? [separator, { role: 'close', label: 'Close Window' } as Item] : end),
    ],
  }
}

const editMenu: Item = {
  label: '&Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'delete' },
    separator,
    { role: 'selectAll' },
  ],
}

function viewMenu({ platform, isPackaged, actions }: MenuParts): Item {
  const zoomIn = () => actions.zoom(1)
  const forDevelopers: Item[] = [separator, { role: 'reload' }, { role: 'toggleDevTools' }]
  return {
    label: '&View',
    submenu: [
      { label: 'Inspector', ...pageKey(platform, 'I'), click: () => actions.run('app.inspector') },
      { label: 'Light or Dark', click: () => actions.run('app.theme') },
      separator,
      { label: 'Actual Size', accelerator: 'CmdOrCtrl+0', click: () => actions.zoom(0) },
      { label: 'Zoom In', accelerator: 'CmdOrCtrl+Plus', click: zoomIn },
      // The same key without Shift, where plus is above another character.
      {
        label: 'Zoom In',
        accelerator: 'CmdOrCtrl+=',
        visible: false,
        acceleratorWorksWhenHidden: true,
        click: zoomIn,
      },
      { label: 'Zoom Out', accelerator: 'CmdOrCtrl+-', click: () => actions.zoom(-1) },
      separator,
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : forDevelopers),
    ],
  }
}

function goMenu({ platform, actions }: MenuParts): Item {
  const place = (label: string, route: string, key?: string): Item => ({
    label,
    ...(key !== undefined && pageKey(platform, key)),
    click: () => actions.show(route),
  })
  return {
    label: '&Go',
    submenu: [
      place('All Pictures', '/library'),
      place('Activity', '/activity', 'Shift+A'),
      place('Look-alikes', '/duplicates', 'Shift+L'),
      place('Google Drive', '/drive', 'Shift+D'),
      place('Descriptions', '/describe', 'Shift+W'),
    ],
  }
}

function workMenu({ actions }: MenuParts): Item {
  return {
    label: '&Work',
    submenu: [
      { id: menuIds.pauseWork, label: 'Pause All Work', enabled: false, click: () => actions.pauseWork() },
      { id: menuIds.resumeWork, label: 'Resume', enabled: false, click: () => actions.resumeWork() },
      separator,
      { label: 'Show All Work', click: () => actions.show('/activity/work') },
      { label: 'Open Inngest’s Dashboard', click: () => actions.run('engine.dashboard') },
    ],
  }
}

function helpMenu(parts: MenuParts): Item {
  const { platform, actions } = parts
  return {
    role: 'help',
    label: '&Help',
    submenu: [
      { label: 'Keys', ...pageKey(platform, '?'), click: () => actions.run('app.keys') },
      { label: 'First Steps', click: () => actions.run('app.welcome') },
      separator,
      { label: 'Open in Browser', click: () => actions.openInBrowser() },
      { label: 'Show Log', click: () => actions.revealLog() },
      ...(platform === 'darwin' ? [] : [separator, ...updates(parts), { role: 'about' } as Item]),
    ],
  }
}

/** The menus of the program, as each platform is used to have them. */
export function menuTemplate(parts: MenuParts): Item[] {
  const isMac = parts.platform === 'darwin'
  return [
    ...(isMac ? [programMenu(parts)] : []),
    fileMenu(parts),
    editMenu,
    viewMenu(parts),
    goMenu(parts),
    workMenu(parts),
    ...(isMac ? [{ role: 'windowMenu' } as Item] : []),
    helpMenu(parts),
  ]
}
