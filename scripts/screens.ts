/**
 * Takes the pictures of `docs/screens`, with an index of them, and the one of the README: `npm run screens`, of every screen or
 * of those that are named. The library is one that somebody has worked in (`tests/support/studio.ts`).
 */
import { spawn } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { launchBrowser } from '../tests/support/browser.ts'
import { type ShownScreen, shownScreens, showScreen, workedInScreens } from '../tests/support/screens.ts'
import { callsTo, fillStudio, livedIn } from '../tests/support/studio.ts'
import { ensureBuilt } from './ensure-built.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'docs/screens')
const wanted = process.argv.slice(2)
// Works are on the first of their two screens already.
const screens = [...shownScreens, ...workedInScreens].filter(({ name }) => name !== 'artworks-list')
const chosen = screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
/** Where the light theme says more than that colours are swapped. */
const alsoLight = new Set(['library', 'inspector', 'artworks', 'filter', 'export', 'keys', 'describe-setup'])

await ensureBuilt()
await mkdir(target, { recursive: true })
// Paths are seen on some screens: a home as somebody has it.
const home = join(tmpdir(), 'ada')
await rm(home, { recursive: true, force: true })
const studio = join(home, 'Studio')
await fillStudio(studio)
const program = spawn(
  process.execPath,
  [join(root, 'out/main/cli.js'), 'open', studio, '--library', join(home, 'Burg Ink')],
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
  await allIn(address)
  await livedIn(callsTo(address))
  await takeAll(address, 'dark', chosen)
  await takeAll(
    address,
    'light',
    chosen.filter(({ name }) => alsoLight.has(name)),
  )
  await writeFile(join(target, 'README.md'), index())
} finally {
  await browser.close()
  program.kill('SIGTERM')
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
}

/** Marks and works are of pictures that are there. */
async function allIn(address: string): Promise<void> {
  const call = callsTo(address)
  for (;;) {
    const [sync] = await call('sync.list', { limit: 1 })
    if (sync?.state === 'completed') return
    await new Promise(resolve => setTimeout(resolve, 500))
  }
}

async function takeAll(address: string, theme: 'dark' | 'light', taken: readonly ShownScreen[]): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  await context.addInitScript(name => {
    localStorage.setItem('burg-ink.theme', JSON.stringify(name))
    localStorage.setItem('burg-ink.welcomed', 'true')
  }, theme)
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('.cell-image:not([hidden])').nth(5).waitFor()
  for (const screen of taken) {
    await showScreen(page, `${new URL(address).origin}/`, screen)
    await untilStill(page)
    const picture = sharp(await page.screenshot())
    await picture
      .clone()
      .webp({ quality: 78, effort: 5 })
      .toFile(join(target, `${screen.name}-${theme}.webp`))
    if (screen.name === 'inspector' && theme === 'dark')
      await picture.png({ palette: true, quality: 90, effort: 8 }).toFile(join(root, 'docs/screenshot.png'))
  }
  await context.close()
}

/** Every picture in view is decoded, and what came last is drawn. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      [...document.images]
        .filter(({ loading }) => loading !== 'lazy')
        .map(image => image.decode().catch(() => undefined)),
    ),
  )
  await page.waitForTimeout(200)
}

function index(): string {
  const lines = screens.map(({ name, about }) => {
    const light = alsoLight.has(name) ? `, [light](${name}-light.webp)` : ''
    return `| [${name}](${name}-dark.webp)${light} | ${about} |`
  })
  return `# Every screen

Made by \`npm run screens\`; a picture is made anew by its name, such as \`npm run screens -- library\`.

| picture | what it shows |
| --- | --- |
${lines.join('\n')}
`
}
