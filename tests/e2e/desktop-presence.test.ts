import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Desktop, type DesktopOptions, isStandIn, launchDesktop } from '../support/electron-app.ts'
import {
  call,
  clickNotification,
  closeWindow,
  endOf,
  isWindowVisible,
  notifications,
  pressInMenu,
  pressInTray,
  startAgain,
  trayLabels,
} from '../support/presence.ts'
import { startProgram } from '../support/program.ts'
import { drawSomePictures } from '../support/some-pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

async function launch(options: DesktopOptions = {}): Promise<Desktop> {
  const desktop = await launchDesktop(options)
  onTestFinished(() => desktop[Symbol.asyncDispose]())
  return desktop
}

/** A program whose person has chosen whether it goes on behind its closed window. */
async function dataFolderWith(goesOnInBackground: boolean | null): Promise<string> {
  const dataFolder = await makeTempFolder('data')
  const preferences = { goesOnInBackground, startsAtLogin: false, updateChannel: 'off' }
  await writeFile(join(dataFolder, 'program.json'), JSON.stringify({ preferences }))
  return dataFolder
}

const pictures = async (count: number) => drawSomePictures(await makeTempFolder('pictures'), count)
const routeOf = ({ page }: Desktop) => page.evaluate(() => location.hash)
const stateOf = async (desktop: Desktop) => (await call(desktop, 'sync.list', { limit: 1 }))[0]?.state
/** Seconds that an import has to last before its end is told. */
const toldAfterMs = 5000

describe.runIf(isStandIn)('in the background', () => {
  test('a closed window hides; the tray pauses the import, resumes it, and its end is told and leads to its pictures', async () => {
    const desktop = await launch({ dataFolder: await dataFolderWith(true) })
    await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
    await closeWindow(desktop)
    await expect.poll(() => isWindowVisible(desktop)).toBe(false)

    await call(desktop, 'folder.import', { path: await pictures(60) })
    await expect.poll(() => trayLabels(desktop)).toContainEqual(expect.stringMatching(/^Working on \d+ of 60$/))
    const isAwake = () => desktop.app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(1))
    expect(await isAwake()).toBe(true)
    await pressInTray(desktop, 'Pause All Work')
    await expect.poll(() => stateOf(desktop)).toBe('paused')
    await expect.poll(() => trayLabels(desktop)).toContain('1 import paused')
    await expect.poll(isAwake).toBe(false)

    const [sync] = await call(desktop, 'sync.list', { limit: 1 })
    await expect.poll(() => Date.now() - Date.parse(sync?.startedAt ?? '')).toBeGreaterThan(toldAfterMs)
    await pressInTray(desktop, 'Resume')
    await expect.poll(() => stateOf(desktop)).toBe('completed')
    const told = { title: 'Import done', body: expect.stringMatching(/^Imported 60 pictures from /) }
    await expect.poll(() => notifications(desktop)).toEqual([told])
    await expect.poll(() => trayLabels(desktop)).toContain('Nothing is under way')

    await clickNotification(desktop, 0)
    await expect.poll(() => isWindowVisible(desktop)).toBe(true)
    await expect.poll(() => routeOf(desktop)).toBe(`#/library?folder=${sync?.folderId}`)
  })

  test('a window that is closed before it has drawn itself does not come afterwards, and the tray brings it', async () => {
    const desktop = await launch({ dataFolder: await dataFolderWith(true) })
    await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
    const [page] = await Promise.all([
      desktop.app.waitForEvent('window'),
      desktop.app.evaluate(({ app, BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.once('closed', () => {
          app.emit('activate')
          BrowserWindow.getAllWindows()[0]?.close()
        })
        BrowserWindow.getAllWindows()[0]?.destroy()
      }),
    ])
    await page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
    expect(await isWindowVisible(desktop)).toBe(false)
    await pressInTray(desktop, 'Open Burg Ink')
    await expect.poll(() => isWindowVisible(desktop)).toBe(true)
  })

  test('an end that a person sees is not told', async () => {
    const desktop = await launch()
    await call(desktop, 'folder.import', { path: await pictures(12) })
    await call(desktop, 'work.pause')
    const [sync] = await call(desktop, 'sync.list', { limit: 1 })
    await expect.poll(() => Date.now() - Date.parse(sync?.startedAt ?? '')).toBeGreaterThan(toldAfterMs)
    await call(desktop, 'work.resume')
    await desktop.page.getByText('Imported 12 pictures').waitFor()
    expect(await notifications(desktop)).toEqual([])
    // No window is missing, and nobody asked for a tray.
    expect(await trayLabels(desktop)).toBeNull()
  })

  test('started by the system it has no window, and goes on where it was; quitting by the tray ends it', async () => {
    const dataFolder = await dataFolderWith(null)
    const libraryFolder = join(await makeTempFolder('library'), 'Library')
    const first = await launch({ dataFolder, libraryFolder })
    await call(first, 'folder.import', { path: await pictures(60) })
    await expect.poll(async () => (await call(first, 'sync.list', { limit: 1 }))[0]?.imported).toBeGreaterThan(0)
    const firstEnd = endOf(first)
    await first.app.evaluate(({ app }) => app.quit()).catch(() => {})
    expect(await firstEnd).toBe(0)

    const second = await launch({ dataFolder, libraryFolder, args: ['--background'], hasWindow: false })
    await expect.poll(() => stateOf(second)).toBe('completed')
    expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
    const secondEnd = endOf(second)
    await pressInTray(second, 'Quit Burg Ink').catch(() => {})
    expect(await secondEnd).toBe(0)
    expect(second.output()).not.toMatch(/Error/)
  })

  test('what stops right at the start is told, after a kill as well, and not told again by the next start', async () => {
    const dataFolder = await dataFolderWith(true)
    const libraryFolder = join(await makeTempFolder('library'), 'Library')
    const folder = await pictures(60)
    const first = await launch({ dataFolder, libraryFolder })
    await call(first, 'folder.import', { path: folder })
    await expect.poll(async () => (await call(first, 'sync.list', { limit: 1 }))[0]?.imported).toBeGreaterThan(0)
    const firstEnd = endOf(first)
    first.app.process().kill('SIGKILL')
    await firstEnd
    await rename(folder, `${folder} elsewhere`)

    const inBackground = { dataFolder, libraryFolder, args: ['--background'], hasWindow: false }
    const second = await launch(inBackground)
    const told = [{ title: expect.stringMatching(/^The import of .* is paused$/), body: expect.any(String) }]
    await expect.poll(() => notifications(second)).toEqual(told)
    const secondEnd = endOf(second)
    await pressInTray(second, 'Quit Burg Ink').catch(() => {})
    expect(await secondEnd).toBe(0)

    const third = await launch(inBackground)
    await expect.poll(() => third.app.evaluate(({ app }) => app.getBadgeCount())).toBe(1)
    expect(await notifications(third)).toEqual([])
  })

  test('what needs the person is told once, and counted', async () => {
    const folder = await pictures(40)
    const desktop = await launch({ dataFolder: await dataFolderWith(true) })
    await closeWindow(desktop)
    await call(desktop, 'folder.import', { path: folder })
    await call(desktop, 'work.pause')
    await rename(folder, `${folder} elsewhere`)
    await call(desktop, 'work.resume')
    await expect.poll(() => stateOf(desktop)).toBe('paused')
    await expect
      .poll(() => notifications(desktop))
      .toEqual([{ title: expect.stringMatching(/^The import of .* is paused$/), body: expect.any(String) }])
    expect(await desktop.app.evaluate(({ app }) => app.getBadgeCount())).toBe(1)
    await clickNotification(desktop, 0)
    await expect.poll(() => routeOf(desktop)).toMatch(/^#\/activity\/\d+$/)

    await rename(`${folder} elsewhere`, folder)
    const [sync] = await call(desktop, 'sync.list', { limit: 1 })
    await call(desktop, 'sync.resume', { syncId: sync?.id })
    await expect.poll(() => stateOf(desktop)).toBe('completed')
    await expect.poll(() => desktop.app.evaluate(({ app }) => app.getBadgeCount())).toBe(0)
  })
})

describe('closing the window', () => {
  test('asks once while something is under way, and does so from then on', async () => {
    const dataFolder = await dataFolderWith(null)
    const desktop = await launch({ dataFolder, dialogs: [{ button: 2 }, { button: 0, isForAlways: true }] })
    await call(desktop, 'folder.import', { path: await pictures(100) })
    await closeWindow(desktop)
    await expect.poll(() => desktop.dialogs().length).toBe(1)
    expect(desktop.dialogs()[0]?.buttons).toEqual(['Go On in the Background', 'Quit', 'Cancel'])
    await expect.poll(() => isWindowVisible(desktop)).toBe(true)

    await closeWindow(desktop)
    await expect.poll(() => isWindowVisible(desktop)).toBe(false)
    expect((await call(desktop, 'host.get')).preferences?.goesOnInBackground).toBe(true)
    await expect.poll(() => stateOf(desktop)).toBe('completed')
  })

  test('quits where nothing is under way', async () => {
    const desktop = await launch()
    const end = endOf(desktop)
    await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
    await closeWindow(desktop).catch(() => {})
    expect(await end).toBe(0)
  })
})

test('a signal ends it behind a hidden window, a second one changes nothing', async () => {
  const desktop = await launch({ dataFolder: await dataFolderWith(true) })
  await call(desktop, 'folder.import', { path: await pictures(30) })
  await closeWindow(desktop)
  const end = endOf(desktop)
  desktop.app.process().kill('SIGTERM')
  desktop.app.process().kill('SIGTERM')
  expect(await end).toBe(0)
})

test('a question that nobody answers keeps nothing alive', async () => {
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const other = await startProgram(['serve', '--library', libraryFolder])
  onTestFinished(async () => void (await other.stop()))
  const desktop = await launch({ libraryFolder, dialogs: [{ button: 0, onceThere: '/nowhere/at all' }] })
  await expect.poll(() => desktop.dialogs()[0]?.message).toBe('The library could not be opened')
  const end = endOf(desktop)
  const askedAtMs = performance.now()
  desktop.app.process().kill('SIGTERM')
  expect(await end).toBe(0)
  // Nothing was waited for until it was cut off.
  expect(performance.now() - askedAtMs).toBeLessThan(10_000)
})

test('another library is opened by a program that begins anew, without what this one was started with', async () => {
  const dataFolder = await makeTempFolder('data')
  const chosen = join(await makeTempFolder('chosen'), 'Studio')
  await mkdir(chosen)
  const env = { BURG_INK_LIBRARY: '', HOME: await makeTempFolder('home') }
  const desktop = await launch({ dataFolder, env, dialogs: [{ folder: chosen }] })
  await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
  const end = endOf(desktop)
  await pressInMenu(desktop, 'Open Library…').catch(() => {})
  expect(await end).toBe(0)
  const again = await launch({ dataFolder, env })
  await again.page.getByText('Studio').first().waitFor()
})

test('the taskbar shows how far an import is, and nothing afterwards', async () => {
  const desktop = await launch()
  await desktop.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const shown: number[] = []
    Object.assign(globalThis, { progressShown: shown })
    if (window) window.setProgressBar = value => void shown.push(value)
  })
  const shown = () => desktop.app.evaluate(() => (globalThis as unknown as { progressShown: number[] }).progressShown)
  await call(desktop, 'folder.import', { path: await pictures(100) })
  await expect.poll(() => stateOf(desktop)).toBe('completed')
  await expect.poll(async () => (await shown()).at(-1)).toBe(-1)
  const during = (await shown()).slice(0, -1)
  expect(during.length).toBeGreaterThan(0)
  expect(during.every(value => value >= 0 && value <= 1)).toBe(true)
})

test('size of the window, zoom and theme survive a restart', async () => {
  const dataFolder = await makeTempFolder('data')
  const first = await launch({ dataFolder })
  await first.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
  const bounds = { x: 40, y: 50, width: 900, height: 700 }
  await first.app.evaluate(({ BrowserWindow }, given) => BrowserWindow.getAllWindows()[0]?.setBounds(given), bounds)
  await pressInMenu(first, 'Zoom In')
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.emit('zoom-changed', {}, 'in'),
  )
  await pressInMenu(first, 'Light or Dark')
  const themeOf = (desktop: Desktop) => desktop.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)
  await expect.poll(() => themeOf(first)).toBe('light')
  await first.app.close()

  const second = await launch({ dataFolder })
  const looks = () =>
    second.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return { zoom: window?.webContents.zoomLevel, bounds: window?.getBounds() }
    })
  await expect.poll(looks).toEqual({ zoom: 1, bounds })
  expect(await themeOf(second)).toBe('light')
  await pressInMenu(second, 'Actual Size')
  expect(await looks()).toMatchObject({ zoom: 0 })
})

describe('the menu and the page', () => {
  test('have the same keys for the same things', async () => {
    const desktop = await launch({ args: [await pictures(1)] })
    const { page, app } = desktop
    await expect.poll(() => routeOf(desktop)).toBe('#/library')
    await page.getByText('1 picture').first().waitFor()
    const go = await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.find(({ label }) => label === '&Go')
        ?.submenu?.items.map(({ label, accelerator }) => ({ label, accelerator })),
    )
    expect(go).toHaveLength(5)
    for (const { label, accelerator } of go ?? []) {
      await pressInMenu(desktop, 'All Pictures')
      await expect.poll(() => routeOf(desktop)).toBe('#/library')
      await pressInMenu(desktop, label)
      if (!accelerator) continue
      await expect.poll(() => routeOf(desktop)).not.toBe('#/library')
      const place = await routeOf(desktop)
      await pressInMenu(desktop, 'All Pictures')
      await expect.poll(() => routeOf(desktop)).toBe('#/library')
      await page.keyboard.press(accelerator.replace('CmdOrCtrl', 'ControlOrMeta'))
      await expect.poll(() => routeOf(desktop)).toBe(place)
    }
  })

  test('Settings and Import Folder… are commands of the page, by key and by menu', async () => {
    const desktop = await launch({ args: [await pictures(1)] })
    const { page } = desktop
    await expect.poll(() => routeOf(desktop)).toBe('#/library')
    await page.getByText('1 picture').first().waitFor()
    await pressInMenu(desktop, 'Settings')
    await expect.poll(() => routeOf(desktop)).toBe('#/settings')
    await pressInMenu(desktop, 'All Pictures')
    await expect.poll(() => routeOf(desktop)).toBe('#/library')
    await page.keyboard.press('ControlOrMeta+,')
    await expect.poll(() => routeOf(desktop)).toBe('#/settings')
    await pressInMenu(desktop, 'Keys')
    await page.getByRole('dialog').waitFor()
  })

  test('Pause All Work and Resume are there for what is under way', async () => {
    const desktop = await launch()
    await expect(pressInMenu(desktop, 'Pause All Work')).rejects.toThrow(/has no Pause All Work/)
    await call(desktop, 'folder.import', { path: await pictures(100) })
    await expect
      .poll(() =>
        pressInMenu(desktop, 'Pause All Work').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await expect.poll(() => stateOf(desktop)).toBe('paused')
    await expect
      .poll(() =>
        pressInMenu(desktop, 'Resume').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await expect.poll(() => stateOf(desktop)).toBe('completed')
  })

  test('Open in Browser serves the page on this computer, for whoever has its address', async () => {
    const desktop = await launch({ dialogs: [{ button: 0 }] })
    await desktop.app.evaluate(({ shell }) => {
      shell.openExternal = async url => console.error(`[opened] ${url}`)
    })
    await pressInMenu(desktop, 'Open in Browser')
    const address = () => /^\[opened\] (.*)$/m.exec(desktop.output())?.[1]
    await expect.poll(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=.+/)
    await expect.poll(() => desktop.dialogs()[0]?.message).toBe('Burg Ink is open in your browser as well')
    const { origin } = new URL(address() ?? '')
    expect((await fetch(origin)).status).toBe(200)
    expect((await fetch(`${origin}/api/events`)).status).toBe(401)
    await pressInMenu(desktop, 'Open in Browser')
    await expect.poll(() => desktop.output().match(/^\[opened\] .*$/gm)?.length).toBe(2)
    expect(new Set(desktop.output().match(/^\[opened\] .*$/gm)).size).toBe(1)
  })
})

describe('opened a second time', () => {
  test('with a link it leads there; with folders and files, named from where it was called, it imports them', async () => {
    const desktop = await launch({ dataFolder: await dataFolderWith(true) })
    await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
    await closeWindow(desktop)
    await expect.poll(() => isWindowVisible(desktop)).toBe(false)
    const folder = await pictures(5)

    expect(await startAgain(desktop, ['burg-ink://activity'], '/')).toBe(0)
    await expect.poll(() => isWindowVisible(desktop)).toBe(true)
    await expect.poll(() => routeOf(desktop)).toBe('#/activity')
    expect(await startAgain(desktop, ['burg-ink://import?path=/'], '/')).toBe(0)
    expect(await startAgain(desktop, ['.'], folder)).toBe(0)
    await expect.poll(() => routeOf(desktop)).toBe('#/library')
    await expect.poll(() => stateOf(desktop)).toBe('completed')
    const syncs = await call(desktop, 'sync.list', { limit: 10 })
    expect(syncs).toMatchObject([{ folderPath: folder, imported: 5 }])
  })

  test('by the system at login it leaves the person alone', async () => {
    const desktop = await launch({ dataFolder: await dataFolderWith(true) })
    await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
    await closeWindow(desktop)
    await expect.poll(() => isWindowVisible(desktop)).toBe(false)
    expect(await startAgain(desktop, ['--background'], '/')).toBe(0)
    // The first heard of both, in this order.
    expect(await startAgain(desktop, ['--background', 'burg-ink://settings/storage'], '/')).toBe(0)
    await expect.poll(() => routeOf(desktop)).toBe('#/settings/storage')
  })
})

test('it begins with what it was started with', async () => {
  const folder = await pictures(5)
  const desktop = await launch({ args: [folder] })
  await desktop.page.getByText('5 pictures').first().waitFor()
  await expect.poll(() => routeOf(desktop)).toBe('#/library')
})

describe.runIf(process.platform === 'linux')('start at login', () => {
  test('is a file of the desktop, and what it says is what is shown', async () => {
    const config = await makeTempFolder('config')
    const desktop = await launch({ env: { XDG_CONFIG_HOME: config } })
    const path = join(config, 'autostart/burg-ink.desktop')
    const isOn = async () => (await call(desktop, 'host.get')).preferences?.startsAtLogin
    expect(await isOn()).toBe(false)
    await call(desktop, 'host.set', { startsAtLogin: true })
    const entry = await readFile(path, 'utf8')
    expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\n/)
    expect(entry).toMatch(/^Exec="\/.*" "\/.*" "--background"$/m)
    expect(await isOn()).toBe(true)
    await writeFile(path, `${entry}Hidden=true\n`)
    expect(await isOn()).toBe(false)
    await call(desktop, 'host.set', { startsAtLogin: false })
    expect(existsSync(path)).toBe(false)
  })

  test('that cannot be written is said, with the file', async () => {
    const config = await makeTempFolder('config')
    await writeFile(join(config, 'autostart'), 'a file, where a folder should be')
    const desktop = await launch({ env: { XDG_CONFIG_HOME: config } })
    await expect(call(desktop, 'host.set', { startsAtLogin: true })).rejects.toThrow(/burg-ink\.desktop could not be/)
    expect((await call(desktop, 'host.get')).preferences?.startsAtLogin).toBe(false)
  })
})
