/** A window, and what becomes of it. On Electron itself too: see electron-page.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Desktop } from '../support/electron-app.ts'
import { launchTiny, launchTinyForTest, seenBy } from '../support/tiny-app.ts'

let tiny: Desktop
beforeAll(async () => {
  tiny = await launchTiny()
})
afterAll(() => tiny[Symbol.asyncDispose]())

type Act = 'maximize' | 'unmaximize' | 'minimize' | 'restore' | 'hide' | 'show' | 'close'
const act = (name: Act) =>
  tiny.app.evaluate(({ BrowserWindow }, each) => BrowserWindow.getAllWindows()[0]?.[each](), name)

const looks = () =>
  tiny.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('There is no window.')
    const [width, height] = [window.getBounds().width, window.getBounds().height]
    return {
      size: [width, height],
      normal: [window.getNormalBounds().width, window.getNormalBounds().height],
      isMaximized: window.isMaximized(),
      isMinimized: window.isMinimized(),
      isVisible: window.isVisible(),
    }
  })

const inner = () => tiny.page.evaluate(() => [innerWidth, innerHeight])

test('is shown once it has something to show', async () => {
  await expect.poll(() => seenBy(tiny.app)).toContain('show')
  expect(await looks()).toMatchObject({ size: [800, 600], isVisible: true })
})

test('has the size it is given, within its limits, and so has its page', async () => {
  const resize = (width: number, height: number) =>
    tiny.app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setBounds(size), { width, height })
  await resize(700, 500)
  await expect.poll(looks).toMatchObject({ size: [700, 500] })
  await expect.poll(async () => (await inner())[0]).toBe(700)
  expect(await seenBy(tiny.app)).toContain('resize')
})

test('is as large as the screen for a while, and knows its size from before', async () => {
  await act('maximize')
  await expect.poll(looks).toMatchObject({ isMaximized: true, normal: [700, 500] })
  expect((await looks()).size[0]).toBeGreaterThan(700)
  await act('unmaximize')
  await expect.poll(looks).toMatchObject({ isMaximized: false, size: [700, 500] })
  await act('minimize')
  await expect.poll(looks).toMatchObject({ isMinimized: true })
  await act('restore')
  await expect.poll(looks).toMatchObject({ isMinimized: false })
  const named = ['maximize', 'unmaximize', 'minimize', 'restore']
  expect((await seenBy(tiny.app)).filter(name => named.includes(name))).toEqual(named)
})

test('is hidden and shown', async () => {
  await act('hide')
  await expect.poll(looks).toMatchObject({ isVisible: false })
  await act('show')
  await expect.poll(looks).toMatchObject({ isVisible: true })
  expect((await seenBy(tiny.app)).filter(name => name === 'hide')).toHaveLength(1)
})

test('is zoomed: fewer and larger pixels in the same window', async () => {
  const zoom = (level: number) =>
    tiny.app.evaluate(({ BrowserWindow }, given) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents) contents.zoomLevel = given
      return contents?.zoomFactor
    }, level)
  const before = await inner()
  expect(await zoom(1)).toBeCloseTo(1.2)
  await expect.poll(async () => (await inner())[0]).toBe(Math.round((before[0] ?? 0) / 1.2))
  expect(await tiny.page.evaluate(() => devicePixelRatio)).toBeCloseTo(1.2)
  expect(await zoom(0)).toBe(1)
  await expect.poll(inner).toEqual(before)
})

test('has the title of its page', async () => {
  await tiny.page.evaluate(() => {
    document.title = 'Another'
  })
  const title = () => tiny.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  await expect.poll(title).toBe('Another')
})

describe('its page', () => {
  test('can crash, and be loaded again', async () => {
    const desktop = await launchTinyForTest()
    const run = (code: string) =>
      desktop.app.evaluate(({ BrowserWindow }, given) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return contents?.executeJavaScript(given)
      }, code)
    await run('window.isOld = true')
    await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    await expect
      .poll(() => seenBy(desktop.app))
      .toContainEqual(expect.stringMatching(/^render-process-gone (crashed|killed)$/))
    const isCrashed = () =>
      desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed())
    expect(await isCrashed()).toBe(true)
    await desktop.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const loaded = new Promise<void>(resolve => contents?.once('did-finish-load', () => resolve()))
      contents?.reload()
      return loaded
    })
    expect(await isCrashed()).toBe(false)
    expect(await run('[document.title, typeof window.isOld, typeof window.tiny].join()')).toBe('Tiny,undefined,object')
    expect(await run('window.tiny.invoke("echo", 7)')).toBe(7)
  })
})

test('stays where the program keeps it, and is closed where it does not', async () => {
  const desktop = await launchTinyForTest()
  const close = (isKept: boolean) =>
    desktop.app.evaluate(({ BrowserWindow }, keeps) => {
      globalThis.tiny.keepsWindow = keeps
      BrowserWindow.getAllWindows()[0]?.close()
    }, isKept)
  await close(true)
  await expect.poll(() => seenBy(desktop.app)).toContain('close')
  expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  const ended = new Promise(resolve => desktop.app.process().once('exit', resolve))
  await close(false).catch(() => {})
  expect(await ended).toBe(0)
  const order = desktop.output().match(/(?<=\[tiny\] )(?!shown).*/g)
  expect(order).toEqual(['window-all-closed', 'before-quit', 'will-quit', 'quit'])
})
