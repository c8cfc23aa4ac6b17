import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'
import { createBenchLibrary } from '../support/bench-library.ts'
import { startBenchServer } from '../support/bench-server.ts'
import { launchBrowser } from '../support/browser.ts'
import { buildPage } from '../support/build-page.ts'
import { type GridSample, startSampling, stopSampling } from '../support/grid-sampler.ts'

interface BenchRow {
  name: string
  value: number
  unit: string
  target: string
  isMet: boolean
}

const ITEMS = 100_000
const PX_PER_SECOND = 2000
const SCROLL_MS = 60_000
/** How long nothing is done, to see what the machine itself costs: other programs take frames too. */
const STILL_MS = 5000
const JUMPS = 40
const JUMP_EVERY_MS = 500
const VIEWPORT = { width: 1440, height: 900 }
/** What a database on a busy disk takes to answer. */
const ANSWER_AFTER_MS = 5

/** Frames, blank cells and memory of the grid at 100,000 pictures, and what the first screen weighs. */
export async function benchGrid(scrollMs = SCROLL_MS): Promise<BenchRow[]> {
  const pageDir = mkdtempSync(join(tmpdir(), 'burg-ink-grid-bench-'))
  await buildPage(pageDir)
  const server = await startBenchServer(await createBenchLibrary(ITEMS), pageDir, ANSWER_AFTER_MS)
  const browser = await launchBrowser({ args: ['--disable-gpu', '--js-flags=--expose-gc'] })
  try {
    const page = await browser.newPage({ viewport: VIEWPORT })
    const scripts = watchScripts(page)
    await page.goto(server.url)
    await page.waitForSelector('.cell-image:not([hidden])')
    const firstScreen = firstScreenKb(pageDir, scripts)
    const still = await measure(page, () => page.waitForTimeout(STILL_MS))
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    // Warm, so that what grows afterwards is growth and no first use.
    await scrollFor(page, cdp, 5000)
    const heapBefore = await heapMb(cdp)
    const scrolled = await measure(page, () => scrollFor(page, cdp, scrollMs))
    const heapAfter = await heapMb(cdp)
    const jumped = await measure(page, () => jump(page))
    const heapAfterJumps = await heapMb(cdp)
    const picturesLeft = await blankAfterSettling(page)
    const toggled = await toggleLayout(page)
    const justified = await measure(page, () => scrollFor(page, cdp, scrollMs / 4))
    const justifiedJumps = await measure(page, () => jump(page))
    const heapJustified = await heapMb(cdp)
    return [
      { ...row('at rest, frames over 50 ms', shareOver50Ms(still), '%', 100), target: 'of the machine' },
      ...rowsOf(`scroll at ${PX_PER_SECOND} px/s`, scrolled),
      ...rowsOf('jumps', jumped),
      row('jumps, cells still of the place before', (jumped.heldCells / jumped.cells) * 100, '%', 10),
      row('heap growth, scroll', heapAfter - heapBefore, 'MB', 5),
      row('heap growth, jumps', heapAfterJumps - heapBefore, 'MB', 5),
      row('cells without picture 2 s after a jump', picturesLeft * 100, '%', 1),
      row('to justified rows, longest frame', toggled.longestFrameMs, 'ms', 250),
      ...rowsOf(`justified, scroll at ${PX_PER_SECOND} px/s`, justified),
      ...rowsOf('justified, jumps', justifiedJumps),
      row('heap growth, justified rows', heapJustified - heapBefore, 'MB', 8),
      row('first screen, script gzipped', firstScreen, 'KB', 250),
    ]
  } finally {
    await browser.close()
    await server.close()
    rmSync(pageDir, { recursive: true })
  }
}

function row(name: string, value: number, unit: string, below: number): BenchRow {
  return {
    name: `grid: ${name}`,
    value: Math.round(value * 100) / 100,
    unit,
    target: `< ${below} ${unit}`,
    isMet: value < below,
  }
}

const shareOver50Ms = ({ framesOver50Ms, frames }: GridSample): number => (framesOver50Ms / frames) * 100

function rowsOf(what: string, sample: GridSample): BenchRow[] {
  return [
    row(`${what}, frames over 50 ms`, shareOver50Ms(sample), '%', 1),
    row(`${what}, blank cells in view`, (sample.blankCells / sample.cells) * 100, '%', 1),
  ]
}

/** A wheel that turns steadily: real input, through the compositor. */
async function scrollFor(page: Page, cdp: CDPSession, durationMs: number): Promise<void> {
  const { x, y, width, height } = (await page.locator('.grid-scroller').boundingBox()) ?? { x: 0, y: 0, ...VIEWPORT }
  await cdp.send('Input.synthesizeScrollGesture', {
    x: x + width / 2,
    y: y + height / 2,
    yDistance: -(PX_PER_SECOND * durationMs) / 1000,
    speed: PX_PER_SECOND,
    gestureSourceType: 'mouse',
    preventFling: true,
  })
}

/** As if the scrollbar were dragged: to places all over the list, one after the other. */
async function jump(page: Page): Promise<void> {
  for (let i = 0; i < JUMPS; i++) {
    const share = (i * 0.618_034) % 1
    await page.evaluate(part => {
      const scroller = document.querySelector('.grid-scroller')
      if (scroller) scroller.scrollTop = part * scroller.scrollHeight
    }, share)
    await page.waitForTimeout(JUMP_EVERY_MS)
  }
}

/** From cells of one size to rows of the pictures' own proportions, those of all of the list fetched on the way. */
async function toggleLayout(page: Page): Promise<GridSample> {
  return measure(page, async () => {
    await page.getByRole('button', { name: /^Justified/ }).click()
    await page.waitForTimeout(2000)
  })
}

async function measure(page: Page, run: () => Promise<void>): Promise<GridSample> {
  await page.evaluate(startSampling)
  await run()
  return page.evaluate(stopSampling)
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(metric => metric.name === 'JSHeapUsedSize')?.value ?? 0) / 1e6
}

async function blankAfterSettling(page: Page): Promise<number> {
  await page.evaluate(() => document.querySelector('.grid-scroller')?.scrollTo(0, 123_456))
  await page.waitForTimeout(2000)
  return page.evaluate(() => {
    const view = document.querySelector('.grid-scroller')?.getBoundingClientRect() ?? new DOMRect()
    const inView = [...document.querySelectorAll('.cell:not([hidden], .is-failed)')].filter(cell => {
      const { top, bottom } = cell.getBoundingClientRect()
      return bottom > view.top && top < view.bottom
    })
    return inView.filter(cell => cell.querySelector('.cell-image[hidden]')).length / inView.length
  })
}

function watchScripts(page: Page): Set<string> {
  const scripts = new Set<string>()
  page.on('request', request => {
    if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname)
  })
  return scripts
}

function firstScreenKb(pageDir: string, scripts: Set<string>): number {
  const names = readdirSync(join(pageDir, 'assets')).filter(name => scripts.has(`/assets/${name}`))
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(pageDir, 'assets', name))).length, 0) / 1000
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.table(await benchGrid(Number(process.argv[2]) || SCROLL_MS))
