import { expect, onTestFinished, test } from 'vitest'
import { launchDesktop, whatRuns } from '../support/electron-app.ts'

console.error(whatRuns)

test('opens its window on the library', async () => {
  const desktop = await launchDesktop()
  onTestFinished(() => desktop[Symbol.asyncDispose]())
  await desktop.page.getByText('Import a folder').first().waitFor()
  console.error(desktop.output())
})
