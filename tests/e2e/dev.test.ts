import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { environment, isStandIn } from '../support/electron-app.ts'
import { openPage, shareBrowser } from '../support/page.ts'

shareBrowser()

const project = join(import.meta.dirname, '../..')
/** Programs are built and started several times, which takes its time on a busy machine. */
const longTest = { timeout: 180_000 }
const sidebar = 'src/renderer/src/app/sidebar.tsx'
const handlers = 'src/main/app/handlers.ts'
const entry = 'src/main/index.ts'
const name = 'name: basename(library.layout.folder)'

/** A copy of the sources to write in. It lies within the project, whose packages it finds from there. */
async function makeCopy() {
  await mkdir(join(project, 'out'), { recursive: true })
  const folder = await mkdtemp(join(project, 'out/develop-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const needed = ['src', 'scripts', 'resources/prompts', 'electron.vite.config.ts', 'package.json', 'tsconfig.json']
  for (const path of needed) await cp(join(project, path), join(folder, path), { recursive: true })
  return {
    folder,
    /** As an editor saves it. */
    async change(path: string, from: string, to: string): Promise<void> {
      const text = await readFile(join(folder, path), 'utf8')
      expect(text).toContain(from)
      await writeFile(join(folder, path), text.replace(from, to))
    },
  }
}

function develop(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(folder, 'scripts/dev.ts'), ...args], {
    env: { ...process.env, BURG_INK_LIBRARY: join(folder, 'Studio'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (text: Buffer) => {
    output += text
  }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', keep)
  const ended = new Promise(resolve => child.on('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return {
    said: () => output,
    /** What it said where the pattern has brackets, as soon as it has said it that often. */
    async says(pattern: RegExp, times = 1): Promise<string> {
      const found = () => [...output.matchAll(pattern)].map(([whole, part]) => part ?? whole)
      await expect.poll(() => found().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(times)
      return found()[times - 1] ?? ''
    },
    async interrupt() {
      child.kill('SIGINT')
      return ended
    },
  }
}

test(
  'npm run dev without Electron: what is saved is seen, in the page that is open and in its session',
  longTest,
  async () => {
    const copy = await makeCopy()
    const program = develop(copy.folder, ['--browser'])
    // While the program starts anew, the page asks in vain.
    const page = await openPage(await program.says(/http:\S+/g), { expected: /Failed to load resource|ERR_/ })
    await page.evaluate(() => {
      location.hash = '#/activity'
      document.title = 'the same page'
    })
    const shows = (text: string) => page.getByText(text, { exact: true }).waitFor({ timeout: 60_000 })
    await shows('Studio')

    await copy.change(sidebar, '{overview.name}', '{overview.name} of mine')
    await shows('Studio of mine')

    await copy.change(handlers, name, "name: 'Atelier'")
    await shows('Atelier of mine')

    await copy.change(handlers, "'Atelier'", "'Atelier' 'twice'")
    await program.says(/SyntaxError[\s\S]*Waiting for file changes/g)
    expect(program.said()).toContain('app/handlers.ts:')
    await copy.change(handlers, "'Atelier' 'twice'", "'Workshop'")
    await shows('Workshop of mine')
    expect(await page.title()).toBe('the same page')

    expect(await program.interrupt()).toBe(0)
    await expect(fetch(page.url())).rejects.toThrow()
  },
)

// The stand-in for Electron needs no display, but there has to be one for anybody to look for Electron.
test.skipIf(!isStandIn)(
  'npm run dev with Electron: the program starts anew when the old one has ended',
  longTest,
  async () => {
    const copy = await makeCopy()
    const program = develop(copy.folder, [`--user-data-dir=${join(copy.folder, 'data')}`], {
      ...(await environment()),
      DISPLAY: ':7',
      BURG_INK_LIBRARY: join(copy.folder, 'Studio'),
    })
    /** In the window of the program that was started last: one change may be built in two steps, each of which starts it anew. */
    const shows = async (text: string): Promise<void> => {
      const isShown = async (): Promise<boolean> => {
        const address = [...program.said().matchAll(/DevTools listening on (ws:\S+)/g)].at(-1)?.[1]
        const browser = address && (await chromium.connectOverCDP(address, { timeout: 5000 }).catch(() => null))
        if (!browser) return false
        try {
          const page = browser
            .contexts()[0]
            ?.pages()
            .find(each => each.url().startsWith('http'))
          await page?.evaluate(() => {
            location.hash = '#/activity'
          })
          return (await page?.getByText(text, { exact: true }).isVisible()) ?? false
        } catch {
          // It was closed meanwhile.
          return false
        } finally {
          await browser.close()
        }
      }
      await expect.poll(isShown, { timeout: 60_000, interval: 500, message: text }).toBe(true)
    }
    await shows('Studio')
    await copy.change(handlers, name, "name: 'Atelier'")
    await shows('Atelier')

    await copy.change(entry, 'startDesktop({', "throw new Error('not today')\nstartDesktop({")
    await program.says(/not today[\s\S]*It starts again when something is saved/g)
    await copy.change(entry, "throw new Error('not today')\n", '')
    await shows('Atelier')
    expect(program.said()).not.toContain('ERR_MODULE_NOT_FOUND')

    expect(await program.interrupt()).toBe(0)
  },
)
