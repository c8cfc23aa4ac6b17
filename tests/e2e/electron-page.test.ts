/** What a page of Electron has and has not. Runs on Electron itself too: so it is shown that its stand-in tells the truth. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Desktop } from '../support/electron-app.ts'
import { launchTiny, launchTinyForTest, seenBy } from '../support/tiny-app.ts'

let tiny: Desktop
beforeAll(async () => {
  tiny = await launchTiny()
})
afterAll(() => tiny[Symbol.asyncDispose]())

describe('the page', () => {
  test('has the bridge, and nothing of Node or of who stands in', async () => {
    const found = await tiny.page.evaluate(() => {
      const names = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron']
      const all = window as unknown as Record<string, unknown>
      return {
        node: names.filter(name => all[name] !== undefined),
        odd: Object.getOwnPropertyNames(window).filter(name => /electron|harness|ipc/i.test(name)),
        bridge: Object.keys(globalThis.tiny).sort(),
        isSecure: isSecureContext,
      }
    })
    const bridge = ['about', 'ask', 'hear', 'invoke', 'pathOf', 'tell', 'throws']
    expect(found).toEqual({ node: [], odd: [], bridge, isSecure: true })
  })

  test('is at its own address, and says which browser it is in', async () => {
    const url = await tiny.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
    expect(url).toBe('app://tiny/index.html')
    expect(await tiny.page.evaluate(() => navigator.userAgent)).toMatch(
      /tiny-app\/1\.2\.3 Chrome\/\d+\.\S+ Electron\/45\./,
    )
  })

  test('has a preload in a sandbox, with the few modules of it', async () => {
    const { strange: _, ...about } = await tiny.page.evaluate(() => globalThis.tiny.about)
    const there = { events: 'there', timers: 'there', url: 'there' }
    const modules = { ...there, fs: 'module not found: fs', 'node:path': 'module not found: node:path' }
    expect(about).toEqual({ modules, argument: true, isSandboxed: true, isIsolated: true })
  })

  test('cannot change the bridge, and calls through it at once', async () => {
    const found = await tiny.page.evaluate(() => {
      const { tiny } = globalThis
      const failureOf = (act: () => unknown) => {
        try {
          return act()
        } catch (error) {
          return `${(error as Error).name}: ${(error as Error).message}`
        }
      }
      return {
        isFrozen: Object.isFrozen(tiny) && Object.isFrozen(tiny.about),
        isSame: [tiny.invoke].includes(globalThis.tiny.invoke),
        isOfThisWorld: Object.getPrototypeOf(tiny.invoke) === Function.prototype,
        replaced: failureOf(() => {
          return Object.assign(window, { tiny: 1 })
        }),
        asked: tiny.ask(from => `heard ${from}`),
        thrown: failureOf(tiny.throws),
      }
    })
    expect(found).toMatchObject({ isFrozen: true, isSame: true, isOfThisWorld: true })
    expect(found.replaced).toMatch(/^TypeError/)
    expect(found.asked).toBe('heard from the preload')
    expect(found.thrown).toBe('Error: of the preload')
  })

  test('writes to a console that the program reads', async () => {
    await tiny.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.webContents.on('console-message', ({ level, message }) =>
        globalThis.tiny.seen.push(`${level}: ${message}`),
      )
    })
    await tiny.page.evaluate(() => console.error('careful', 1))
    await expect.poll(() => seenBy(tiny.app)).toContain('error: careful 1')
  })

  test('runs what the program tells it to run', async () => {
    const run = (code: string) =>
      tiny.app.evaluate(({ BrowserWindow }, given) => {
        const run = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(given)
        return run?.catch((error: Error) => `failed: ${error.message}`)
      }, code)
    expect(await run('Promise.resolve(document.title)')).toBe('Tiny')
    expect(await run('throw new Error("no")')).toMatch(/^failed: .*no/)
  })
})

describe('what is said between page and program', () => {
  test('is cloned', async () => {
    const result = await tiny.page.evaluate(async () => {
      const cyclic: Record<string, unknown> = { name: 'c' }
      cyclic.self = cyclic
      const sent = {
        date: new Date(86_400_000),
        map: new Map([['k', new Set([1, 'two'])]]),
        bytes: new Uint8Array([1, 2, 255]),
        floats: new Float32Array([1.5]),
        big: 12n,
        nothing: undefined,
        nan: Number.NaN,
        minusZero: -0,
        pattern: /x\/y/gi,
        cyclic,
        error: new RangeError('far'),
        text: '\u2028 "quoted" \u{1f600}',
      }
      const got = (await globalThis.tiny.invoke('echo', sent)) as typeof sent
      return {
        date: got.date.getTime(),
        map: [...(got.map.get('k') ?? [])],
        bytes: got.bytes instanceof Uint8Array && [...got.bytes],
        floats: got.floats instanceof Float32Array && got.floats[0],
        big: String(got.big),
        nothing: 'nothing' in got && got.nothing === undefined,
        nan: Number.isNaN(got.nan),
        minusZero: Object.is(got.minusZero, -0),
        pattern: String(got.pattern),
        isCyclic: got.cyclic.self === got.cyclic,
        error: got.error.message,
        isSameText: got.text === sent.text,
      }
    })
    const { map, bytes, ...rest } = result
    expect([map, bytes]).toEqual([
      [1, 'two'],
      [1, 2, 255],
    ])
    expect(rest).toEqual({
      date: 86_400_000,
      floats: 1.5,
      big: '12',
      nothing: true,
      nan: true,
      minusZero: true,
      pattern: '/x\\/y/gi',
      isCyclic: true,
      error: 'far',
      isSameText: true,
    })
  })

  test('fails with what went wrong', async () => {
    const failures = await tiny.page.evaluate(async () => {
      const failure = (channel: string, ...args: unknown[]) =>
        globalThis.tiny.invoke(channel, ...args).then(
          () => 'answered',
          (error: Error) => error.message,
        )
      return Promise.all([failure('fail'), failure('nobody'), failure('function'), failure('echo', () => 1)])
    })
    expect(failures.slice(0, 2)).toEqual([
      "Error invoking remote method 'fail': RangeError: too far",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    ])
    expect(failures[2]).toMatch(/could not be cloned/)
    expect(failures[3]).toMatch(/could not be cloned/)
  })

  test('comes from the page itself, whatever frames are in it', async () => {
    const { url, ...rest } = await tiny.page.evaluate(async () => {
      const frame = document.createElement('iframe')
      const loaded = new Promise(resolve => {
        frame.onload = resolve
      })
      frame.src = 'frame.html'
      document.body.append(frame)
      await loaded
      const isBare = !('tiny' in (frame.contentWindow ?? {}))
      const sender = (await globalThis.tiny.invoke('sender')) as object
      frame.remove()
      return { url: '', ...sender, isBare }
    })
    expect(url).toBe('app://tiny/index.html')
    const frames = ['app://tiny/index.html', 'app://tiny/frame.html']
    expect(rest).toEqual({ origin: 'app://tiny', isTop: true, isOwn: true, frames, isBare: true })
  })

  test('is heard until nobody listens', async () => {
    const heard = await tiny.page.evaluate(async () => {
      const all: unknown[] = []
      const first = Promise.withResolvers<void>()
      const stop = globalThis.tiny.hear('told', (...args) => {
        all.push(args)
        first.resolve()
      })
      globalThis.tiny.tell('a', 'b')
      await first.promise
      stop()
      globalThis.tiny.tell('c')
      await globalThis.tiny.invoke('echo', 1)
      return all as [number, { at: Date }][]
    })
    expect(heard).toEqual([[2, { at: new Date(0) }]])
  })
})

describe('the policy', () => {
  const hasInlineScriptRun = ({ page }: Desktop) =>
    page.evaluate(() => (window as { hasInlineScriptRun?: boolean }).hasInlineScriptRun === true)

  test('refuses what it does not name', async () => {
    expect(await hasInlineScriptRun(tiny)).toBe(false)
    const width = await tiny.page.evaluate(async () => {
      const image = new Image()
      image.src = 'media://library/dot'
      await image.decode()
      return image.naturalWidth
    })
    expect(width).toBe(3)
  })

  test('is needed: without it an inline script runs', async () => {
    expect(await hasInlineScriptRun(await launchTinyForTest({ without: ['policy'] }))).toBe(true)
  })
})

test('a preload that is a module cannot be loaded, and is said', async () => {
  const broken = await launchTinyForTest({ without: ['classic-preload'] })
  expect(await broken.page.evaluate(() => typeof globalThis.tiny)).toBe('undefined')
  await expect.poll(() => seenBy(broken.app)).toContainEqual(expect.stringMatching(/^preload-error .*import/))
})
