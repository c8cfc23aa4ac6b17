/** What a page can ask for, and who answers. On Electron itself too: see electron-page.test.ts. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desktop, dropOn } from '../support/electron-app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
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

describe('schemes of the program', () => {
  test('get what the page sends', async () => {
    const asked = await tiny.page.evaluate(async () =>
      (await fetch('/asked', { method: 'POST', body: 'hello' })).json(),
    )
    expect(asked).toEqual({ method: 'POST', body: 'hello', origin: 'app://tiny', url: 'app://tiny/asked' })
  })

  test('answer with a status, or not at all', async () => {
    const answers = await tiny.page.evaluate(async () => {
      const failed = await fetch('/throws').catch((error: Error) => error.name)
      return [(await fetch('/nothing')).status, failed]
    })
    expect(answers).toEqual([404, 'TypeError'])
  })

  test('answer as they go: the first half is there before the second', async () => {
    const parts = await tiny.page.evaluate(async () => {
      const reader = (await fetch('/stream')).body?.pipeThrough(new TextDecoderStream()).getReader()
      const first = (await reader?.read())?.value
      await fetch('/go-on').catch(() => {})
      return [first, (await reader?.read())?.value]
    })
    expect(parts).toEqual(['first,', 'second'])
  })

  test('play from anywhere in a long sound', async () => {
    const played = await tiny.page.evaluate(async () => {
      const sound = new Audio('media://library/sound')
      await new Promise((resolve, reject) => {
        sound.onloadedmetadata = resolve
        sound.onerror = () => reject(new Error(sound.error?.message))
      })
      const sought = new Promise(resolve => {
        sound.onseeked = resolve
      })
      sound.currentTime = 1000
      await sought
      return { duration: Math.round(sound.duration), at: sound.currentTime }
    })
    expect(played).toEqual({ duration: 1200, at: 1000 })
    const starts = (await seenBy(tiny.app)).flatMap(line => /^range (\d+)$/.exec(line)?.[1] ?? [])
    expect(starts.some(start => Number(start) > 1_000_000)).toBe(true)
  })

  test('are open to the program as well', async () => {
    const texts = await tiny.app.evaluate(async ({ net, session }) => [
      await (await net.fetch('app://tiny/frame.html')).text(),
      await (await session.defaultSession.fetch('app://tiny/frame.html')).text(),
    ])
    expect(texts[0]).toContain('<title>Frame</title>')
    expect(texts[1]).toBe(texts[0])
  })

  test('are not to be read by a script that has no leave', async () => {
    const names = await tiny.page.evaluate(() =>
      Promise.all(
        ['media://library/dot', 'file:///etc/passwd'].map(url => fetch(url).catch((error: Error) => error.name)),
      ),
    )
    expect(names).toEqual(['TypeError', 'TypeError'])
  })
})

test('a hook of the program stops and leads requests elsewhere', async () => {
  await tiny.app.evaluate(({ session }) => {
    session.defaultSession.webRequest.onBeforeRequest({ urls: ['app://tiny/hooked*'] }, ({ url }, answer) =>
      answer(url.endsWith('stop') ? { cancel: true } : { redirectURL: 'app://tiny/asked' }),
    )
  })
  const answers = await tiny.page.evaluate(async () => {
    const stopped = await fetch('/hooked-stop').catch((error: Error) => error.name)
    return [stopped, (await (await fetch('/hooked-lead')).json()).url, (await fetch('/frame.html')).status]
  })
  expect(answers).toEqual(['TypeError', 'app://tiny/asked', 200])
})

describe('permissions', () => {
  const states = ({ page }: Desktop) =>
    page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as PermissionName[]
      const all = names.map(async name => [name, (await navigator.permissions.query({ name })).state] as const)
      return Object.fromEntries(await Promise.all(all))
    })

  test('are what the handlers of the program say', async () => {
    const denied = { geolocation: 'denied', camera: 'denied', microphone: 'denied', 'clipboard-read': 'denied' }
    expect(await states(tiny)).toEqual({ ...denied, notifications: 'denied' })
    expect(await tiny.page.evaluate(() => Notification.requestPermission())).toBe('denied')
    await tiny.app.evaluate(() => {
      globalThis.tiny.permissions.notifications = true
    })
    await tiny.page.reload()
    expect(await states(tiny)).toEqual({ ...denied, notifications: 'granted' })
    expect(await tiny.page.evaluate(() => Notification.requestPermission())).toBe('granted')
  })

  test('are granted where nobody checks them, and where nobody is asked', async () => {
    const unchecked = await states(await launchTinyForTest({ without: ['permission-check'] }))
    expect(new Set(Object.values(unchecked))).toEqual(new Set(['granted']))
    const { page } = await launchTinyForTest({ without: ['permission-request'] })
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('granted')
  })
})

describe('downloads', () => {
  test("are the program's to stop, and to put where it wants", async () => {
    const path = join(await makeTempFolder('downloads'), 'saved.txt')
    await tiny.app.evaluate(({ session }, savePath) => {
      session.defaultSession.on('will-download', (event, item) => {
        const name = item.getFilename()
        item.once('done', (_event, state) => globalThis.tiny.seen.push(`download ${name} ${state}`))
        if (name === 'kept.txt') item.setSavePath(savePath)
        else event.preventDefault()
      })
    }, path)
    await tiny.page.evaluate(() => {
      for (const download of ['refused.txt', 'kept.txt']) {
        const href = URL.createObjectURL(new Blob([`the text of ${download}`]))
        Object.assign(document.createElement('a'), { href, download }).click()
      }
    })
    await expect.poll(() => seenBy(tiny.app)).toContain('download kept.txt completed')
    expect(await readFile(path, 'utf8')).toBe('the text of kept.txt')
    expect(await seenBy(tiny.app)).not.toContain('download refused.txt completed')
  })
})

describe('files', () => {
  test('that are dropped are known by their paths, folders too', async () => {
    const folder = await makeTempFolder('dropped')
    await mkdir(join(folder, 'a folder'))
    await writeFile(join(folder, 'a file.png'), 'bytes')
    const paths = [join(folder, 'a file.png'), join(folder, 'a folder')]
    await dropOn(tiny, paths)
    const said = () => tiny.page.locator('#dropped').textContent()
    await expect.poll(said).toBe(`a file.png is ${paths[0]}; a folder is ${paths[1]}`)
  })

  test('that are chosen are known too, and those that the page makes are nowhere', async () => {
    const path = join(await makeTempFolder('chosen'), 'chosen.txt')
    await writeFile(path, 'bytes')
    await tiny.page.getByLabel('File').setInputFiles(path)
    await expect.poll(() => tiny.page.locator('#dropped').textContent()).toBe(`chosen.txt is ${path}`)
    expect(await tiny.page.evaluate(() => globalThis.tiny.pathOf(new File(['x'], 'made.txt')))).toBe('')
  })
})
