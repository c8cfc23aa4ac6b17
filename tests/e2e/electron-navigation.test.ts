/** Where a page goes, and who is asked. On Electron itself too: see electron-page.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Desktop } from '../support/electron-app.ts'
import { launchTiny, launchTinyForTest, seenBy, serveOutside } from '../support/tiny-app.ts'

let tiny: Desktop
let outside: Awaited<ReturnType<typeof serveOutside>>
beforeAll(async () => {
  outside = await serveOutside()
  tiny = await launchTiny()
})
afterAll(async () => {
  await tiny[Symbol.asyncDispose]()
  outside.stop()
})

const addressOf = ({ app }: Desktop) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())

const follow = ({ page }: Desktop, url: string) =>
  page.evaluate(href => {
    const link = document.createElement('a')
    link.href = href
    document.body.append(link)
    link.click()
    link.remove()
  }, url)

/** The page it was on, still alive. */
async function expectToStay({ page, ...desktop }: Desktop): Promise<void> {
  expect(await addressOf({ page, ...desktop })).toBe('app://tiny/index.html')
  expect(await page.evaluate(() => (window as { isTheSame?: boolean }).isTheSame)).toBe(true)
}

describe('with its guard', () => {
  beforeAll(() => tiny.page.evaluate(() => void Object.assign(window, { isTheSame: true })))

  test.for(['outside', 'media://library/page'])('the page does not leave for %s', async where => {
    const url = where === 'outside' ? `${outside.address}/` : where
    await follow(tiny, url)
    await expect.poll(() => seenBy(tiny.app)).toContain(`will-navigate ${url}`)
    await expectToStay(tiny)
    expect(outside.asked).toEqual([])
  })

  test('what Chromium refuses is not even asked about', async () => {
    await follow(tiny, 'file:///etc/passwd')
    await follow(tiny, 'data:text/html,<h1>data</h1>')
    await follow(tiny, `${outside.address}/last`)
    await expect.poll(() => seenBy(tiny.app)).toContain(`will-navigate ${outside.address}/last`)
    expect((await seenBy(tiny.app)).filter(line => /file:|data:/.test(line))).toEqual([])
    await expectToStay(tiny)
  })

  test('a frame in the page does not go there either', async () => {
    const url = `${outside.address}/in-a-frame`
    await tiny.page.evaluate(src => document.body.append(Object.assign(document.createElement('iframe'), { src })), url)
    await expect.poll(() => seenBy(tiny.app)).toContain(`will-frame-navigate ${url}`)
    expect(await seenBy(tiny.app)).not.toContain(`will-navigate ${url}`)
    expect(outside.asked).toEqual([])
    await tiny.page.evaluate(() => document.querySelector('iframe')?.remove())
    await expectToStay(tiny)
  })

  test('no window is opened, and the page is told null', async () => {
    const opened = await tiny.page.evaluate(url => window.open(url) === null, `${outside.address}/new`)
    expect(opened).toBe(true)
    await expect.poll(() => seenBy(tiny.app)).toContain(`window-open ${outside.address}/new`)
    expect(tiny.app.windows()).toHaveLength(1)
    expect(outside.asked).toEqual([])
  })

  test('the program itself is not asked where it goes, and hears when that fails', async () => {
    const load = (url: string) =>
      tiny.app.evaluate(({ BrowserWindow }, given) => {
        const loaded = BrowserWindow.getAllWindows()[0]?.loadURL(given)
        return loaded?.then(
          () => 'loaded',
          (error: Error) => error.message,
        )
      }, url)
    const before = await seenBy(tiny.app)
    const nowhere = 'http://127.0.0.1:1/'
    expect(await load(nowhere)).toMatch(
      /^ERR_(UNSAFE_PORT|CONNECTION_REFUSED) \(-\d+\) loading 'http:\/\/127\.0\.0\.1:1\/'/,
    )
    expect(await load('app://tiny/frame.html')).toBe('loaded')
    expect(await load('app://tiny/index.html')).toBe('loaded')
    expect(await seenBy(tiny.app)).toEqual(before)
  })
})

test('a redirection is asked about', async () => {
  const desktop = await launchTinyForTest({ env: { TINY_ADDRESS: `${outside.address}/may-be-shown` } })
  await desktop.app.evaluate(({ BrowserWindow }, url) => {
    BrowserWindow.getAllWindows()[0]
      ?.loadURL(url)
      .catch(() => {})
  }, `${outside.address}/redirect`)
  await expect.poll(() => seenBy(desktop.app)).toContain(`will-redirect ${outside.address}/`)
  expect(await addressOf(desktop)).toBe(`${outside.address}/may-be-shown`)
  expect(outside.asked).not.toContain('/')
})

describe('without its guard', () => {
  test('the page leaves, for the web and for a scheme of the program', async () => {
    const desktop = await launchTinyForTest({ without: ['guard'] })
    await follow(desktop, 'media://library/page')
    await expect.poll(() => addressOf(desktop)).toBe('media://library/page')
    await desktop.page.getByRole('heading', { name: 'media' }).waitFor()
    await follow(desktop, `${outside.address}/left-for`)
    await expect.poll(() => addressOf(desktop)).toBe(`${outside.address}/left-for`)
    expect(outside.asked).toContain('/left-for')
  })

  test('windows are opened where nobody handles them, with what their opener has', async () => {
    const desktop = await launchTinyForTest({ without: ['window-handler', 'guard'] })
    const opening = desktop.app.waitForEvent('window')
    expect(await desktop.page.evaluate(() => window.open('frame.html') === null)).toBe(false)
    const opened = await opening
    await opened.getByRole('heading', { name: 'Frame' }).waitFor()
    const count = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(await count()).toBe(2)
    // A test follows pages as the stand-in does, and may let one go before that has equipped it. What is loaded anew has all.
    const kindOfTiny = async () => {
      await opened.reload()
      return opened.evaluate(() => typeof globalThis.tiny)
    }
    await expect.poll(kindOfTiny).toBe('object')
    await opened.close()
    await expect.poll(count).toBe(1)
  })
})
