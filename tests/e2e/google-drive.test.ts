import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { createApp } from '../../src/main/app.ts'
import { startServer } from '../../src/main/server/index.ts'
import { smallPicture } from '../support/drawn-folder.ts'
import { faults } from '../support/drive-server/index.ts'
import { startGoogle } from '../support/google.ts'
import { anna } from '../support/google-auth-server.ts'
import { newVisitor, openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

shareBrowser()

type Google = Awaited<ReturnType<typeof startGoogle>>

const forgetful = 'Accounts stay connected until Burg Ink is closed.'

/** The app with the built page and a Google of its own. Whoever signs in does so in a browser, once they are there. */
async function startWithGoogle({ hasClient = true } = {}) {
  const google = await startGoogle()
  onTestFinished(google.stop)
  const folder = await makeTempFolder('drive')
  const person = { isThere: Promise.resolve(), signIns: [] as Page[] }
  const reported: unknown[] = []
  const app = await createApp({
    libraryFolder: join(folder, 'library'),
    pageFolder: join(import.meta.dirname, '../../out/renderer'),
    samplesFolder: null,
    google: {
      ...google.config,
      ...(!hasClient && { environment: {} }),
      openSecrets: async () => ({ store: createMemoryStore(), notice: forgetful }),
      openBrowser: async url => void person.isThere.then(() => signingIn.push(signInAt(url))),
    },
    report: error => reported.push(error),
  })
  const server = await startServer(app.serverParts, 0)
  await app.start()
  onTestFinished(async () => {
    await server.stop()
    await app.stop()
    expect(reported).toEqual([])
  })
  const visitor = await newVisitor()
  // The access is there a moment before the page that says so. Awaited before its browser is closed.
  const signingIn: Promise<void>[] = []
  onTestFinished(async () => void (await Promise.all(signingIn)))
  async function signInAt(url: string): Promise<void> {
    const page = await visitor.newPage()
    person.signIns.push(page)
    await page.goto(url)
  }
  const origin = `http://127.0.0.1:${server.port}/`
  const open = () => openPage(`${origin}#token=${app.serverParts.token}`)
  return { google, world: google.world, app, person, origin, open }
}

/** The same with an account, and the page at its Drive. */
async function openDrive(fill: (world: Google['world']) => unknown) {
  const started = await startWithGoogle()
  await fill(started.world)
  await started.app.handlers['account.connect']({})
  const page = await started.open()
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  await page.keyboard.press('Shift+D')
  await page.getByRole('listbox', { name: 'Folders and pictures' }).waitFor()
  return { ...started, page }
}

const namesIn = (page: Page) => page.getByRole('listbox', { name: 'Folders and pictures' }).getByRole('option')
const chosenIn = (page: Page) =>
  page.getByRole('listbox', { name: 'Folders and pictures' }).getByRole('option', { selected: true }).textContent()

test('from nothing to 500 pictures of Drive in the library, and to what changed there since', async () => {
  const { google, world, person, open } = await startWithGoogle({ hasClient: false })
  const studio = world.addFolder('Studio')
  const sea = world.addFolder('Sea', studio)
  for (let i = 0; i < 500; i += 1) world.addFile(`${i}.png`, await smallPicture(i, 'png'), i % 2 ? studio : sea)
  const page = await open()
  await page.getByRole('main').getByRole('button', { name: 'Google Drive' }).click()

  await page.getByText('While the app is in testing, Google ends every sign-in after 7 days.').waitFor()
  await page.getByLabel('Client ID').fill(google.auth.client.id)
  await page.getByLabel('Client secret').fill(google.auth.client.secret)
  await page.keyboard.press('Enter')

  await page.getByText(forgetful).waitFor()
  await page.getByRole('button', { name: 'Connect a Google account' }).click()
  await page.getByRole('button', { name: anna.name }).waitFor()
  await person.signIns[0]?.getByText('close this window').waitFor()

  await namesIn(page).filter({ hasText: 'Studio' }).click()
  await page.getByText('1 folder and 99 pictures so far.').waitFor()
  await page.getByLabel('Watch this folder').check()
  await page.keyboard.press('Control+Enter')
  // All of them fetched and previewed: on two busy cores that is longer than a page is waited for.
  await page.getByRole('button', { name: 'All pictures 500' }).waitFor({ timeout: 150_000 })
  await expect.poll(() => shownPictures(page)).toBeGreaterThan(20)

  world.addFile('new.png', await smallPicture(1000, 'png'), sea)
  const folder = page.getByRole('button', { name: 'Studio 500' })
  await folder.click()
  await page.getByText(/^Synced /).waitFor()
  await expect.poll(() => page.getByLabel('Watch').isChecked()).toBe(true)
  const fetched = google.drive.count('files.media')
  await page.getByRole('main').getByRole('button', { name: 'Sync now' }).click()
  await page.getByText('Imported 1 picture from Studio.').waitFor()
  await page.getByRole('button', { name: 'Studio 501' }).waitFor()
  expect(google.drive.count('files.media') - fetched).toBe(1)
}, 200_000)

test('a sign-in that nobody ends can be cancelled and begun again', async () => {
  const { person, origin, open } = await startWithGoogle()
  person.isThere = new Promise(() => {})
  const page = await open()
  await page.goto(`${origin}#/drive`)
  await page.getByRole('button', { name: 'Connect a Google account' }).click()
  await page.getByText('Waiting for you in the browser').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('Waiting for you in the browser').waitFor({ state: 'detached' })
  expect(await page.locator('.error-line').count()).toBe(0)

  person.isThere = Promise.resolve()
  await page.getByRole('button', { name: 'Connect a Google account' }).click()
  await page.getByRole('button', { name: anna.name }).waitFor()
})

test('Drive is walked through by keys, and read on where somebody comes to the end of what is there', async () => {
  const { page, google } = await openDrive(async world => {
    world.addFolder('Attic')
    const scans = world.addFolder('Scans')
    for (let i = 0; i < 250; i += 1) world.addFile(`scan ${1000 + i}.png`, Buffer.from('a'), scans)
  })
  await expect.poll(() => chosenIn(page)).toBe('Attic')
  const before = google.drive.count('files.list')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText('0 folders and 100 pictures so far.').waitFor()
  expect(google.drive.count('files.list') - before).toBe(1)
  await page.keyboard.press('End')
  await page.getByText('0 folders and 200 pictures so far.').waitFor()
  await page.keyboard.press('End')
  await page.getByText('0 folders and 250 pictures here.').waitFor()
  await page.keyboard.press('End')
  await expect.poll(() => chosenIn(page)).toBe('scan 1249.png')
  expect(google.drive.count('files.list') - before).toBe(3)

  await page.keyboard.press('Backspace')
  await expect.poll(() => chosenIn(page)).toBe('Scans')
  await page.goBack()
  await page.getByText('0 folders and 250 pictures here.').waitFor()

  await page.keyboard.press('/')
  await page.keyboard.type('att')
  await expect.poll(() => namesIn(page).allTextContents()).toEqual(['Attic'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText('No folders and no pictures here').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
})

test('what Drive does not give out is said, and asked for again', async () => {
  const { page, google } = await openDrive(world => world.addFolder('Attic'))
  google.drive.failNext('files.list', faults.notEnabled())
  await page.getByRole('button', { name: 'Shared with me' }).click()
  await page.getByText('The Google Drive API is not enabled').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Nothing is shared with you').waitFor()
})

test('where Google has ended the access the account says Reconnect, and works again after it', async () => {
  const { page, google } = await openDrive(world => world.addFolder('Attic'))
  await expect.poll(() => namesIn(page).allTextContents()).toEqual(['Attic'])
  google.auth.endGrant(anna)
  await page.keyboard.press('r')
  await page.getByText(`Google has ended the access to ${anna.email}`).waitFor()
  expect(await namesIn(page).count()).toBe(0)
  await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
  await expect.poll(() => namesIn(page).allTextContents()).toEqual(['Attic'])
})

test('disconnecting says what stays, and leaves it', async () => {
  const { page, google } = await openDrive(async world => {
    world.addFile('boat.png', await smallPicture(1, 'png'), world.addFolder('Studio'))
  })
  await namesIn(page).filter({ hasText: 'Studio' }).click()
  await page.getByText('0 folders and 1 picture here.').waitFor()
  await page.getByRole('button', { name: 'Bring in this folder' }).click()
  await page.getByRole('button', { name: 'Studio 1' }).waitFor()

  await page.keyboard.press('Shift+D')
  await page.getByRole('button', { name: anna.name }).click()
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByText('Every picture that was brought in stays in the library').waitFor()
  await page.getByRole('button', { name: 'Keep it connected' }).click()
  expect(google.auth.requests).not.toContain('revoke')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('button', { name: `Disconnect ${anna.email}` }).click()
  await page.getByRole('button', { name: 'Connect a Google account' }).waitFor()
  expect(google.auth.requests).toContain('revoke')

  await page.getByRole('button', { name: 'Studio 1' }).click()
  await page.getByText('Not connected any more').waitFor()
  await expect.poll(() => shownPictures(page)).toBe(1)
})
