import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { CallName } from '../../src/shared/contract.ts'
import { launchBrowser } from './browser.ts'

let browser: Browser

/** One browser for a file of tests; each test gets pages of its own. */
export function shareBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
}

/** A browser that never was here: no cookies, nothing kept. */
export async function newVisitor(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  onTestFinished(() => context.close())
  return context
}

/**
 * The page at an address. At the end of the test nothing may have been written to its console, thrown in it, refused by
 * its policy or asked of another address than its own, except what matches `expected`.
 */
export async function openPage(
  address: string,
  options: { visitor?: BrowserContext; expected?: RegExp } = {},
): Promise<Page> {
  const visitor = options.visitor ?? (await newVisitor())
  const page = await visitor.newPage()
  const problems: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => problems.push(`thrown: ${error.message}`))
  page.on('request', request => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== new URL(address).origin && protocol !== 'data:' && protocol !== 'blob:')
      problems.push(`asked: ${request.url()}`)
  })
  onTestFinished(() => {
    expect(problems.filter(problem => !options.expected?.test(problem))).toEqual([])
  })
  await page.goto(address)
  return page
}

/** Keeps the page's calls of one name from the program. @returns what lets them through, and all that come later. */
export async function holdCalls(page: Page, name: CallName): Promise<() => void> {
  const { promise: held, resolve } = Promise.withResolvers<void>()
  await page.route(`**/api/call/${name}`, async route => {
    await held
    await route.continue()
  })
  return resolve
}

/** How many pictures of the grid are there to be seen, decoded. */
export function shownPictures(page: Page): Promise<number> {
  return page
    .getByRole('option')
    .locator('img')
    .evaluateAll(
      images =>
        images.filter(image => !(image as HTMLImageElement).hidden && (image as HTMLImageElement).naturalWidth > 0)
          .length,
    )
}

/** The names of the pictures in the grid, in their order on the page. Read in one go: cells come and go. */
export function namesShown(page: Page): Promise<string[]> {
  return page
    .getByRole('listbox', { name: 'Pictures' })
    .getByRole('option')
    .evaluateAll(cells =>
      cells.toSorted((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet)).map(cell => cell.ariaLabel ?? ''),
    )
}
