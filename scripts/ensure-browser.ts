import { findBrowsers, launchBrowser } from '../tests/support/browser.ts'
import { canReach } from './reach.ts'
import { commandOf, runAttached } from './steps.ts'

/** The first browser found that starts: one that lacks a system library is there and of no use. */
async function firstThatStarts(): Promise<string | undefined> {
  for (const executablePath of findBrowsers()) {
    const browser = await launchBrowser({ executablePath, timeout: 30_000 }).catch(() => undefined)
    if (!browser) continue
    await browser.close()
    return executablePath
  }
  return undefined
}

/** From Playwright's own host, where it answers. */
async function installByPlaywright(): Promise<void> {
  const host = process.env.PLAYWRIGHT_DOWNLOAD_HOST ?? 'https://cdn.playwright.dev'
  if (!(await canReach(host, 3000))) return
  console.error('No browser found: fetching Chromium by Playwright.')
  await runAttached(process.execPath, [commandOf('playwright-core/cli.js'), 'install', 'chromium'])
}

async function installByApt(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  console.error('No browser found: installing Chromium by apt-get.')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = async (...args: string[]) => (await runAttached('apt-get', args, env).catch(() => 1)) === 0
  if (await apt('update', '-qq')) await apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
}

/** Finds a browser for the end-to-end tests, or installs one; `undefined` where neither can be done. */
export async function ensureBrowser(): Promise<string | undefined> {
  const found = await firstThatStarts()
  // A browser that was named is not replaced by another.
  if (found || process.env.BURG_INK_BROWSER) return found
  for (const install of [installByPlaywright, installByApt]) {
    await install()
    const installed = await firstThatStarts()
    if (installed) return installed
  }
  return undefined
}
