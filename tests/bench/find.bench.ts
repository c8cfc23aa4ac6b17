import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { ensureBuilt } from '../../scripts/ensure-built.ts'
import { launchBrowser } from '../support/browser.ts'
import { millionRows, tagNames, vocabulary } from '../support/million.ts'
import { project } from '../support/timed-starts.ts'
import type { BenchRow } from './rows.ts'

const rowCount = 100_000
const mostMs = 50
/** Somebody who types fast. */
const betweenLettersMs = 150

/** Words that many pictures have and few, a phrase, tags and what is left out: letter by letter. */
const questions = [
  vocabulary[3],
  vocabulary[60],
  vocabulary[2000],
  `"${vocabulary[0]} ${vocabulary[1]}"`,
  `tag:${tagNames[4]} ${vocabulary[9]}`,
  `${vocabulary[5]} -color:red rating:0`,
].filter(text => text !== undefined)

/** What is seen of a question as it is typed into the built program, of 100,000 pictures. */
export async function benchFind(): Promise<BenchRow[]> {
  await ensureBuilt()
  const library = await millionRows(rowCount)
  const browser = await launchBrowser({ args: ['--disable-gpu'] })
  const program = spawn(process.execPath, [join(project, 'out/main/cli.js'), 'serve', '--library', library])
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchAnswers)
    await page.goto(await addressOf(program))
    // Rows of a made library have no files: their names are what there is to see.
    await page.locator('.cell[aria-label]').first().waitFor()
    // The first is for the caches.
    const times: number[] = []
    for (const [i, question] of [vocabulary[7] ?? '', ...questions].entries()) {
      const measured = await typeSlowly(page, question)
      if (i > 0) times.push(...measured)
    }
    const bare = await openBarePage(page)
    const floor = await typeSlowly(bare, questions.join(' '))
    return [
      { ...row('a bare field whose every letter asks for the settings, half within', at(floor, 0.5)), ...asFloor },
      { ...row('a bare field, 95 of 100 within', at(floor, 0.95)), ...asFloor },
      { ...row(`a letter of ${times.length}, half of them within`, at(times, 0.5)), ...seen },
      { ...row('a letter, 95 of 100 within', at(times, 0.95)), ...seen },
      row('above the bare field, half of them within', at(times, 0.5) - at(floor, 0.5)),
    ]
  } finally {
    program.kill('SIGTERM')
    await Promise.all([browser.close(), once(program, 'close')])
  }
}

const asFloor = { target: 'floor', isMet: true }
const seen = { target: 'see above', isMet: true }

function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN
}

const row = (name: string, ms: number): BenchRow => ({
  name,
  value: Math.round(ms * 10) / 10,
  unit: 'ms',
  target: `< ${mostMs}`,
  isMet: ms < mostMs,
})

async function addressOf(program: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of program.stdout ?? []) {
    said += chunk
    const found = /http:\/\/\S+/.exec(said)
    if (found) return found[0]
  }
  throw new Error(`The program ended without an address: ${said}`)
}

type Watching = Window & { listed?: string; letterMs?: Promise<number> }

/** In the page: which text the list on the screen is of. */
function watchAnswers(): void {
  const fetched = window.fetch
  window.fetch = async (input, init) => {
    const response = await fetched(input, init)
    if (!String(input).endsWith('/media.index')) return response
    const { filter } = JSON.parse(String(init?.body))
    const read = async () => {
      const answer = await Response.prototype.json.call(response)
      // The page makes its list of it before the next task.
      setTimeout(() => Object.assign(window, { listed: filter.text ?? '' }))
      return answer
    }
    return Object.assign(response, { json: read })
  }
}

/** What the browser, the connection and the machine take for themselves: a field, a question that is no work, and a line of text. */
async function openBarePage(page: Page): Promise<Page> {
  await page.goto(new URL('/api/nothing', page.url()).href)
  await page.setContent('<input id="find"><p></p>')
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#find')
    const ask = async (): Promise<void> => {
      const text = field?.value ?? ''
      const headers = { 'content-type': 'application/json' }
      await (await fetch('/api/call/settings.get', { method: 'POST', headers, body: '{}' })).json()
      document.querySelector('p')?.replaceChildren(text)
      Object.assign(window, { listed: text.trim() })
    }
    field?.addEventListener('input', () => void ask())
    window.addEventListener('keydown', event => event.key === '/' && field?.focus())
  })
  return page
}

/** Milliseconds of each letter, until the frame after the one that drew its list. */
async function typeSlowly(page: Page, text: string): Promise<number[]> {
  await page.keyboard.press('/')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  const times: number[] = []
  for (const [i, letter] of [...text].entries()) {
    await page.waitForTimeout(betweenLettersMs)
    await page.evaluate(listenForLetter, text.slice(0, i + 1))
    await page.keyboard.type(letter)
    const elapsedMs = await page.evaluate(() => (window as Watching).letterMs ?? Number.NaN)
    // A space alone asks for nothing else.
    if (letter !== ' ') times.push(elapsedMs)
  }
  return times
}

/** In the page: from the time stamp of the next key until the list is of this text. */
function listenForLetter(text: string): void {
  const isShown = (): boolean =>
    document.querySelector<HTMLInputElement>('#find')?.value === text && (window as Watching).listed === text.trim()
  ;(window as Watching).letterMs = new Promise(resolve => {
    const onKey = (event: KeyboardEvent): void => {
      window.removeEventListener('keydown', onKey, true)
      const look = (): void => {
        if (!isShown()) requestAnimationFrame(look)
        // A task after the frame in which it is there: that frame is drawn.
        else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp)))
      }
      requestAnimationFrame(look)
    }
    window.addEventListener('keydown', onKey, true)
  })
}
