// `npm test`: all checks and all tests. What follows `--` goes to Vitest.
import { join } from 'node:path'
import { ensureBrowser } from './ensure-browser.ts'
import { ensureBuilt } from './ensure-built.ts'
import { commandOf, root, runAttached } from './steps.ts'

const noBrowser =
  'The end-to-end tests did not run: there is no browser that starts, and none could be installed. ' +
  'Install Chromium or Chrome, or set BURG_INK_BROWSER to its executable, and run the tests again.'

const isCheckGreen = (await runAttached(process.execPath, [join(root, 'scripts/check.ts')])) === 0
await ensureBuilt()
const browser = await ensureBrowser()
const args = [commandOf('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)]
const areTestsGreen = browser
  ? (await runAttached(process.execPath, args, { ...process.env, BURG_INK_BROWSER: browser })) === 0
  : (await runAttached(process.execPath, [...args, '--project', '!e2e'])) === 0
if (!browser) console.error(noBrowser)
if (!isCheckGreen) console.error('The checks are red: see above the tests, or run "npm run check".')
process.exitCode = isCheckGreen && areTestsGreen && browser ? 0 : 1
