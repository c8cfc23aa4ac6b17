/**
 * Takes the pictures of `docs/screens`: `npm run screens`, of every screen or of those that are named. With pictures of a folder
 * of one's own where BURG_INK_SCREENS names one, else with the samples.
 */
import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import { launchBrowser } from '../tests/support/browser.ts'
import { shownScreens, showScreen } from '../tests/support/screens.ts'
import { ensureBuilt } from './ensure-built.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'docs/screens')
const wanted = process.argv.slice(2)

await ensureBuilt()
await mkdir(target, { recursive: true })
// Paths are seen on some screens: a home as somebody has it.
const home = join(tmpdir(), 'ada')
await mkdir(home)
const pictures = process.env.BURG_INK_SCREENS
const opened = pictures ? [pictures] : ['--samples']
const program = spawn(
  process.execPath,
  [join(root, 'out/main/cli.js'), 'open', ...opened, '--library', join(home, 'Studio')],
  { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, BURG_INK_NO_BROWSER: '1', HOME: home } },
)
const browser = await launchBrowser()
try {
  const address = await new Promise<string>(resolve =>
    createInterface(program.stdout).on('line', line => {
      const found = /http:\/\/\S+/.exec(line)?.[0]
      if (found) resolve(found)
    }),
  )
  for (const theme of ['dark', 'light'] as const) await takeAll(address, theme)
} finally {
  await browser.close()
  program.kill('SIGTERM')
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
}

async function takeAll(address: string, theme: 'dark' | 'light'): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  await context.addInitScript(name => {
    localStorage.setItem('burg-ink.theme', JSON.stringify(name))
    localStorage.setItem('burg-ink.welcomed', 'true')
  }, theme)
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('.cell-image:not([hidden])').nth(5).waitFor()
  for (const screen of shownScreens) {
    if (wanted.length > 0 && !wanted.includes(screen.name)) continue
    await showScreen(page, `${new URL(address).origin}/`, screen)
    await page.waitForTimeout(300)
    const path = join(target, `${screen.name}-${theme}.webp`)
    await sharp(await page.screenshot())
      .webp({ quality: 80 })
      .toFile(path)
  }
  await context.close()
}
