/** What only the stand-in for Electron has: what a test can look at, and that nothing unproven passes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desktop, isStandIn } from '../support/electron-app.ts'
import { launchTiny } from '../support/tiny-app.ts'

describe.runIf(isStandIn)('the stand-in', () => {
  let tiny: Desktop
  beforeAll(async () => {
    tiny = await launchTiny()
  })
  afterAll(() => tiny[Symbol.asyncDispose]())

  /** The message of what is thrown by code that has `electron` and the window of the program. */
  const failureOf = (code: string) =>
    tiny.app.evaluate((electron, text) => {
      const [window] = electron.BrowserWindow.getAllWindows()
      try {
        new Function('electron', 'window', 'contents', text)(electron, window, window?.webContents)
        return 'nothing'
      } catch (error) {
        return (error as Error).message
      }
    }, code)

  test.for([
    ['electron.desktopCapturer', 'electron.desktopCapturer'],
    ['electron.app.getGPUInfo("basic")', 'app.getGPUInfo'],
    ['electron.app.dock.hide()', null],
    ['electron.app.on("gpu-info-update", () => {})', "app.on('gpu-info-update')"],
    ['electron.session.defaultSession.cookies', 'session.cookies'],
    ['window.setKiosk(true)', 'BrowserWindow.setKiosk'],
    ['window.once("app-command", () => {})', "BrowserWindow.on('app-command')"],
    ['contents.printToPDF({})', 'webContents.printToPDF'],
    ['contents.mainFrame.postMessage("a", 1)', 'WebFrameMain.postMessage'],
    ['new electron.BrowserWindow({ kiosk: true })', 'BrowserWindow { kiosk }'],
    ['new electron.BrowserWindow({ webPreferences: { sandbox: false } })', 'webPreferences { sandbox: false }'],
    ['new electron.BrowserWindow({ webPreferences: { webviewTag: true } })', 'webPreferences { webviewTag }'],
    ['electron.Menu.buildFromTemplate([{ sharingItem: {} }])', 'MenuItem { sharingItem }'],
    ['electron.safeStorage.encryptString("a")', 'safeStorage.encryptString'],
    ['new electron.Notification({ toastXml: "" }).show()', 'Notification { toastXml }'],
  ])('refuses %s', async ([code, named]) => {
    const failure = await failureOf(String(code))
    if (named === null) expect(failure).toMatch(/undefined/)
    else
      expect(failure).toBe(`electron harness: ${named} is not supported (it would be added in tests/support/electron)`)
  })

  test('refuses in a preload too', async () => {
    const { strange } = await tiny.page.evaluate(() => globalThis.tiny.about)
    expect(strange).toMatch(/^electron harness: electron\.webFrame is not supported/)
  })

  test('shows its tray and what was notified to whoever tests them', async () => {
    const shown = await tiny.app.evaluate(electron => {
      const { Menu, nativeImage } = electron
      const { Tray, Notification } = electron as unknown as StandIn
      const heard: string[] = []
      const tray = new Tray(nativeImage.createEmpty())
      tray.setToolTip('Working on 3')
      tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open', click: () => heard.push('open') }]))
      tray.on('click', () => heard.push('click'))
      Tray.all[0]?.emit('click')
      Tray.all[0]?.menu?.items[0]?.click()
      const notification = new Notification({ title: 'Done', body: 'Imported 3' })
      notification.on('click', () => heard.push('notification'))
      notification.show()
      Notification.shown[0]?.emit('click')
      const found = { toolTip: Tray.all[0]?.toolTip, title: Notification.shown[0]?.title, heard }
      tray.destroy()
      return { ...found, left: Tray.all.length }
    })
    expect(shown).toEqual({ toolTip: 'Working on 3', title: 'Done', heard: ['click', 'open', 'notification'], left: 0 })
  })

  test('keeps what a window tells the system', async () => {
    const told = await tiny.app.evaluate(({ BrowserWindow, app, powerSaveBlocker }) => {
      const [window] = BrowserWindow.getAllWindows() as unknown as (Electron.BrowserWindow & ShownWindow)[]
      if (!window) throw new Error('There is no window.')
      window.setProgressBar(0.5)
      const half = window.progress
      window.setProgressBar(-1)
      app.setBadgeCount(3)
      const id = powerSaveBlocker.start('prevent-app-suspension')
      const isAwake = powerSaveBlocker.isStarted(id)
      powerSaveBlocker.stop(id)
      return {
        half,
        none: window.progress,
        badge: app.getBadgeCount(),
        isAwake,
        isStill: powerSaveBlocker.isStarted(id),
      }
    })
    expect(told).toEqual({ half: { value: 0.5, mode: 'normal' }, none: null, badge: 3, isAwake: true, isStill: false })
  })

  test('presses what is in the menu, also what Electron itself does', async () => {
    const levels = await tiny.app.evaluate(({ BrowserWindow, Menu }) => {
      const menu = Menu.buildFromTemplate([
        { label: 'View', submenu: [{ id: 'in', role: 'zoomIn' }, { role: 'resetZoom' }] },
      ])
      Menu.setApplicationMenu(menu)
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      Menu.getApplicationMenu()?.getMenuItemById('in')?.click()
      const zoomed = contents?.zoomLevel
      menu.items[0]?.submenu?.items[1]?.click()
      return [zoomed, contents?.zoomLevel]
    })
    expect(levels).toEqual([0.5, 0])
  })
})

interface StandIn {
  Tray: typeof Electron.Tray & { all: (Electron.Tray & { toolTip: string; menu: Electron.Menu | null })[] }
  Notification: typeof Electron.Notification & { shown: Electron.Notification[] }
}
interface ShownWindow {
  progress: { value: number; mode: string } | null
}
