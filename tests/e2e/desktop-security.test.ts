/**
 * Electron's security checklist, point by point (electronjs.org/docs/latest/tutorial/security), on the built program.
 * Point 19, the fuses, is of the packaged program: `package.test.ts`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Bridge } from '../../src/shared/bridge.ts'
import {
  addressOf,
  answerToFrame,
  grantedPermissions,
  runsInlineScript,
  staysDespite,
} from '../support/desktop-observations.ts'
import { makeTemporaryFolder } from '../support/drawn-folder.ts'
import { type Desktop, launchDesktop } from '../support/electron-app.ts'
import { serveElsewhere } from '../support/elsewhere.ts'
import { drawSomePictures } from '../support/some-pictures.ts'

declare global {
  var opened: string[]
}

let desktop: Desktop
let elsewhere: Awaited<ReturnType<typeof serveElsewhere>>
let pictures: Awaited<ReturnType<typeof makeTemporaryFolder>>

beforeAll(async () => {
  pictures = await makeTemporaryFolder()
  await drawSomePictures(pictures.path, 3)
  elsewhere = await serveElsewhere()
  desktop = await launchDesktop()
  await desktop.app.evaluate(({ shell }) => {
    globalThis.opened = []
    shell.openExternal = async (url: string) => {
      globalThis.opened.push(url)
    }
  })
  const begun = await desktop.page.evaluate(path => window.burgInk?.call('folder.import', { path }), pictures.path)
  expect(begun).toMatchObject({ ok: true })
  await desktop.page.getByText('Imported 3 pictures').waitFor()
  await desktop.page.getByRole('button', { name: 'All pictures' }).click()
  await desktop.page.getByRole('listbox', { name: 'Pictures' }).getByRole('option').nth(2).waitFor()
})
afterAll(async () => {
  await desktop?.[Symbol.asyncDispose]()
  await elsewhere.stop()
  await pictures.remove()
})

const openedOutside = () => desktop.app.evaluate(() => globalThis.opened)
test('1: nothing is loaded from anywhere else', async () => {
  const { page } = desktop
  expect(await addressOf(desktop)).toMatch(/^app:\/\/burg-ink\//)
  const { own, loaded } = await page.evaluate(() => ({
    own: location.origin,
    loaded: performance.getEntriesByType('resource').map(({ name }) => name),
  }))
  expect(loaded.length).toBeGreaterThan(3)
  expect(
    loaded.filter(name => !name.startsWith(`${own}/`) && !/^(media:\/\/library\/|data:|blob:)/.test(name)),
  ).toEqual([])
  const remote = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => 'fetched',
      (error: Error) => error.name,
    ),
  )
  expect(remote).toBe('TypeError')
})

test('2, 3, 4: the page has no Node, its world is its own, and it lives in the sandbox', async () => {
  const found = await desktop.page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', '__dirname']
    return names.filter(name => (window as unknown as Record<string, unknown>)[name] !== undefined)
  })
  expect(found).toEqual([])
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    // Electron has it and does not say so.
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false })
  expect(preferences.nodeIntegrationInWorker ?? false).toBe(false)
  expect(preferences.nodeIntegrationInSubFrames ?? false).toBe(false)
})

test('5: whatever the page asks permission for is refused, but to copy text', async () => {
  const { page } = desktop
  expect(await grantedPermissions(desktop)).toEqual(['clipboard-write'])
  await page.evaluate(() => navigator.clipboard.writeText('copied'))
  const asked = await page.evaluate(() => Notification.requestPermission())
  expect(asked).toBe('denied')
})

test('6, 8, 9, 10: nothing of the web is loosened', async () => {
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences.webSecurity ?? true).toBe(true)
  expect(preferences.allowRunningInsecureContent ?? false).toBe(false)
  expect(preferences.experimentalFeatures ?? false).toBe(false)
  expect(preferences.enableBlinkFeatures ?? '').toBe('')
  expect(preferences.webviewTag ?? false).toBe(false)
})

test('7: the policy comes with the page, and it holds', async () => {
  const { page } = desktop
  const policy = await desktop.app.evaluate(async ({ session }) =>
    (await session.defaultSession.fetch('app://burg-ink/')).headers.get('content-security-policy'),
  )
  expect(policy).toMatch(/default-src 'self'/)
  expect(policy).toMatch(/script-src 'self'/)
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/)
  const result = await page.evaluate(async () => {
    const violations = new Set<string>()
    const all = Promise.withResolvers<void>()
    const wanted = ['img-src', 'connect-src', 'frame-src']
    document.addEventListener('securitypolicyviolation', event => {
      violations.add(event.effectiveDirective)
      if (wanted.every(directive => violations.has(directive))) all.resolve()
    })
    const image = new Image()
    image.src = 'https://example.com/x.png'
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    await fetch('https://example.com/').catch(() => {})
    await all.promise
    frame.remove()
    return [...violations].sort()
  })
  expect(result).toEqual(['connect-src', 'frame-src', 'img-src'])
  expect(await runsInlineScript(desktop)).toBe(false)
  const evaluated = await page.evaluate(() => {
    const script = document.createElement('script')
    script.src = 'data:text/javascript,window.injected = 2'
    document.head.append(script)
    return new Promise(resolve => {
      script.onerror = () => resolve('refused')
      script.onload = () => resolve('run')
    })
  })
  expect(evaluated).toBe('refused')
})

test('7: what comes with no policy of its own is given one', async () => {
  const headers = await desktop.page.evaluate(async () => {
    const picture = document.querySelector<HTMLImageElement>('img[src^="media://"]')?.src ?? ''
    const image = new Image()
    image.src = picture
    await image.decode()
    return { width: image.naturalWidth }
  })
  expect(headers.width).toBeGreaterThan(0)
  const answered = await desktop.app.evaluate(async ({ session }) => {
    const answer = await session.defaultSession.fetch('media://library/1/thumbnail')
    return Object.fromEntries(answer.headers)
  })
  expect(answered['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
  expect(answered['x-content-type-options']).toBe('nosniff')
})

test('11, 12: a webview is nothing', async () => {
  const kind = await desktop.page.evaluate(() => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'https://example.com/')
    document.body.append(view)
    const name = Object.prototype.toString.call(view)
    view.remove()
    return name
  })
  expect(kind).toMatch(/HTML(Unknown)?Element/)
  expect(desktop.app.windows()).toHaveLength(1)
})

test('13: the page does not leave, wherever a link leads', async () => {
  const { page } = desktop
  await page.evaluate(() => {
    ;(window as { isStillHere?: boolean }).isStillHere = true
  })
  const away = ['file:///etc/passwd', 'data:text/html,<h1>hi</h1>', 'media://library/1/original', elsewhere.address]
  for (const url of away) expect(await staysDespite(desktop, url), url).toBe(true)
  expect(await page.evaluate(() => (window as { isStillHere?: boolean }).isStillHere)).toBe(true)
  expect(elsewhere.asked()).toBe(0)
})

test('14: no window is opened', async () => {
  const results = await desktop.page.evaluate(() =>
    ['https://example.com/', 'app://burg-ink/', 'about:blank', 'file:///'].map(url => window.open(url) === null),
  )
  expect(results).toEqual([true, true, true, true])
  expect(desktop.app.windows()).toHaveLength(1)
})

test('15: outside, only the addresses that pages lead to are opened', async () => {
  await desktop.page.evaluate(() => {
    for (const url of [
      'https://platform.openai.com/api-keys',
      'https://example.com/',
      'http://platform.openai.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://server/share',
    ]) {
      window.open(url)
    }
  })
  await expect.poll(openedOutside).toEqual(['https://platform.openai.com/api-keys'])
})

test('16: Electron is of one exact version', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
})

test('17: only the page itself is answered, and what it asks is parsed', async () => {
  const { page } = desktop
  const replies = await page.evaluate(async () => {
    const bridge = window.burgInk as Bridge
    return [
      await bridge.call('library.overview', {}),
      await bridge.call('media.get', { id: 'one' }),
      await bridge.call('constructor', {}),
      await bridge.call('__proto__', {}),
      await bridge.call({ toString: 'x' } as unknown as string, {}).catch((error: Error) => error.message),
    ]
  })
  expect(replies[0]).toMatchObject({ ok: true })
  for (const reply of replies.slice(1, 4)) expect(reply).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  const own = (await addressOf(desktop)) ?? ''
  expect(await answerToFrame(desktop, { url: own, isTop: true })).toBe('{"ok":true')
  const refused = 'This page may not ask.'
  expect(await answerToFrame(desktop, { url: own, isTop: false })).toBe(refused)
  expect(await answerToFrame(desktop, { url: 'https://example.com/', isTop: true })).toBe(refused)
  expect(await answerToFrame(desktop, null)).toBe(refused)
})

test('18: the page has no files, and paths lead nowhere', async () => {
  const { page } = desktop
  const file = await page.evaluate(
    url =>
      fetch(url).then(
        () => 'read',
        (error: Error) => error.name,
      ),
    pathToFileURL('/etc/passwd').href,
  )
  expect(file).toBe('TypeError')
  const outside = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '//etc/passwd',
  ]
  const statuses = await desktop.app.evaluate(
    ({ session }, paths) =>
      Promise.all(paths.map(async path => (await session.defaultSession.fetch(`app://burg-ink${path}`)).status)),
    outside,
  )
  expect(statuses).toEqual(outside.map(() => 404))
  const pictureStatuses = await desktop.app.evaluate(async ({ session }) => {
    const paths = ['1/secret', '0/original', '-1/original', '1e3/original', '..%2f1/original', '1/original/../../x', '']
    return Promise.all(paths.map(async path => (await session.defaultSession.fetch(`media://library/${path}`)).status))
  })
  expect(pictureStatuses.every(status => status === 404)).toBe(true)
})

test('20: of Electron the page has three functions of ours', async () => {
  const found = await desktop.page.evaluate(() => {
    const bridge = window.burgInk as Bridge
    const overwritten = (() => {
      try {
        ;(window as { burgInk?: unknown }).burgInk = 1
        return window.burgInk !== bridge
      } catch {
        return false
      }
    })()
    return { names: Object.keys(bridge).sort(), isFrozen: Object.isFrozen(bridge), overwritten }
  })
  expect(found).toEqual({ names: ['call', 'hear', 'pathOf'], isFrozen: true, overwritten: false })
})
