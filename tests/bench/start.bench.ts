import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { ensureBuilt } from '../../scripts/ensure-built.ts'
import { libraryLayout, previewPath } from '../../src/main/library/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { untilPicturesDrawn } from '../support/drawn.ts'
import { isStandIn } from '../support/electron-app.ts'
import { fillLibrary, millionRows, rowCount } from '../support/million.ts'
import {
  emptyProgram,
  openBlankPage,
  project,
  startDesktop,
  startHeadless,
  startNode,
  type Times,
} from '../support/timed-starts.ts'
import type { BenchRow } from './rows.ts'

const rounds = 7
/** More than a screen holds. */
const picturesWithFiles = 300
const fewRows = 300

type Measure = () => Promise<Times>

/**
 * The built program from being called to its first screen of pictures, with a library of a million rows and with one of a few
 * hundred; medians, and everything in turns, so that other work on the machine meets all of it.
 */
export async function benchStart(): Promise<BenchRow[]> {
  await ensureBuilt()
  const million = await millionRows()
  const folder = mkdtempSync(join(tmpdir(), 'burg-ink-start-bench-'))
  const few = join(folder, 'few')
  const blank = emptyProgram(folder)
  const window = { program: project, dataFolder: join(folder, 'data'), untilDrawn: untilPicturesDrawn }
  const browser = await launchBrowser({ args: ['--disable-gpu'] })
  try {
    await fillLibrary(few, fewRows)
    await drawNewest(million, rowCount)
    await drawNewest(few, fewRows)
    const times = await inTurns({
      'bare Node': startNode,
      'blank page': () => openBlankPage(browser),
      'headless, few': () => startHeadless(few, browser),
      'headless, million': () => startHeadless(million, browser),
      'blank window': () =>
        startDesktop({ program: blank, libraryFolder: few, dataFolder: join(folder, 'blank-data'), untilDrawn: '0' }),
      'window, few': () => startDesktop({ ...window, libraryFolder: few }),
      'window, million': () => startDesktop({ ...window, libraryFolder: million }),
    })
    rmSync(libraryLayout(million).checkMark)
    const withCheck = await startHeadless(million, browser)
    return [...headlessRows(times, withCheck), ...windowRows(times)]
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Medians = (what: string, figure: string) => number

async function inTurns(measures: Record<string, Measure>): Promise<Medians> {
  const all: Record<string, Times[]> = {}
  // The first round is for the caches: what is compiled, and what the disk has read.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, measure] of Object.entries(measures)) {
      const times = await measure()
      if (round > 0) all[name] = [...(all[name] ?? []), times]
    }
  }
  return (what, figure) => {
    const sorted = (all[what] ?? []).map(times => times[figure] ?? Number.NaN).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
}

function headlessRows(median: Medians, withCheck: Times): BenchRow[] {
  const address = median('headless, million', 'address')
  const screen = median('headless, million', 'screen')
  return [
    floor('Node that does nothing', median('bare Node', 'end')),
    floor('Chromium opens a blank page', median('blank page', 'open')),
    row('burg-ink serve, a few hundred rows: address printed', median('headless, few', 'address'), 1000),
    row('burg-ink serve, a million rows: address printed', address, 1000),
    share('address, a million rows / a few hundred', address / median('headless, few', 'address')),
    row('first screen in Chromium, a few hundred rows', median('headless, few', 'screen'), 2000),
    row('first screen in Chromium, a million rows', screen, 2000),
    row('first screen, a million rows, the daily check beside it', withCheck.screen ?? Number.NaN, 2000),
  ]
}

function windowRows(median: Medians): BenchRow[] {
  const of = isStandIn ? 'on the stand-in for Electron' : 'on Electron'
  const shown = median('window, million', 'shown')
  return [
    floor(`blank window ${of}: shown`, median('blank window', 'shown')),
    row(`window ${of}, a few hundred rows: shown`, median('window, few', 'shown'), 1000),
    row(`window ${of}, a million rows: shown`, shown, 1000),
    { ...row('above the blank window', shown - median('blank window', 'shown'), 500), target: '< 500 ms' },
    share('window shown, a million rows / a few hundred', shown / median('window, few', 'shown')),
    row(`first screen ${of}, a few hundred rows`, median('window, few', 'drawn'), 2000),
    row(`first screen ${of}, a million rows`, median('window, million', 'drawn'), 2000),
    row('longest the main process was busy, until shown', median('window, million', 'stallBeforeMs'), 200),
    row('longest the main process was busy, until drawn', median('window, million', 'stallAfterMs'), 500),
  ]
}

const row = (name: string, ms: number, below: number): BenchRow => ({
  name,
  value: ms,
  unit: 'ms',
  target: `< ${below}`,
  isMet: ms < below,
})
const floor = (name: string, ms: number): BenchRow => ({ name, value: ms, unit: 'ms', target: 'floor', isMet: true })
const share = (name: string, value: number): BenchRow => ({
  name,
  value,
  unit: '×',
  target: '≤ 1.2',
  isMet: value <= 1.2,
})

/** Compresses as little as a photograph. */
const noise = {
  create: {
    width: 320,
    height: 240,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  },
} as const

/** Rows of a made library have no files; the newest get a small picture each, as many bytes as usual. */
async function drawNewest(library: string, count: number): Promise<void> {
  const drawn = join(library, 'drawn.webp')
  if (!existsSync(drawn)) writeFileSync(drawn, await sharp(noise).webp().toBuffer())
  for (let n = count - 1; n >= Math.max(0, count - picturesWithFiles); n--) {
    const path = join(library, previewPath(n.toString(16).padStart(64, '0'), 'thumbnail'))
    mkdirSync(dirname(path), { recursive: true })
    if (!existsSync(path)) linkSync(drawn, path)
  }
}
