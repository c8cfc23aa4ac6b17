import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallFailed } from '../../src/shared/contract.ts'
import type { UpdateState } from '../../src/shared/host.ts'
import { holdCalls, openPage, shareBrowser } from '../support/page.ts'
import { hills, plain } from '../support/pictures.ts'
import { makeWorkspace, removeWorkspace, startForTest } from '../support/program.ts'
import { openEmptyLibrary, openWindow } from '../support/window.ts'

shareBrowser()

let workspace: string
let pictures: string
beforeAll(async () => {
  workspace = await makeWorkspace()
  pictures = join(workspace, 'Ink & Co 100%')
  await mkdir(join(pictures, 'Inside'), { recursive: true })
  await plain(120, 80, [230, 200, 30]).png().toFile(join(pictures, 'yellow.png'))
})
afterAll(() => removeWorkspace(workspace))

const pathOf = (page: Page) => page.getByRole('textbox', { name: 'Path of the folder' })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

test('a browser has no dialog and nothing to set about the program, but says its version', async () => {
  const program = await startForTest(['serve', '--library', join(workspace, 'browser')])
  const page = await openPage(program.address)
  await pathOf(page).waitFor()
  expect(await page.getByRole('button', { name: 'Choose…' }).count()).toBe(0)
  await page.keyboard.press('Control+o')
  await heading(page, 'Import a folder').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Settings' }).click()
  const part = page.getByRole('region', { name: 'This program' })
  await part.getByText(/^Burg Ink \d+\.\d+\.\d+/).waitFor()
  expect(await part.getByRole('combobox').or(part.getByRole('checkbox')).count()).toBe(0)
})

test('the dialog fills in the import screen, which begins nothing before it is told to', async () => {
  const { page, host, call } = await openEmptyLibrary()
  host.choice = pictures
  await page.keyboard.press('Control+o')
  await heading(page, 'Import a folder').waitFor()
  await page.getByText('1 picture directly inside, 1 folder.').waitFor()
  await expect.poll(() => pathOf(page).inputValue()).toBe(pictures)
  expect(await call('sync.list', { limit: 10 })).toEqual([])

  await page.reload()
  await page.getByText('1 picture directly inside, 1 folder.').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '1 picture' }).waitFor()
  expect((await call('sync.list', { limit: 10 })).map(({ folderPath }) => folderPath)).toEqual([pictures])
})

test('a form that is shown keeps its place and takes the folder; a change of mind changes nothing', async () => {
  const { page, host } = await openWindow()
  await heading(page, 'Your pictures, in one quiet place').waitFor()
  host.choice = join(pictures, 'Inside')
  await page.getByRole('button', { name: 'Choose…' }).click()
  await expect.poll(() => pathOf(page).inputValue()).toBe(host.choice)
  await page.getByText('0 pictures directly inside').waitFor()

  host.choice = null
  await pathOf(page).press('Control+o')
  host.choice = pictures
  await pathOf(page).press('Control+o')
  await expect.poll(() => pathOf(page).inputValue()).toBe(pictures)
  await heading(page, 'Your pictures, in one quiet place').waitFor()
})

test('a dialog that cannot be opened says so in the form, and elsewhere at the foot of the window', async () => {
  const sentence = 'The dialog could not be opened. Type the path of the folder.'
  const { page, host } = await openWindow()
  host.choice = new CallFailed('not-allowed', sentence)
  await page.getByRole('button', { name: 'Choose…' }).click()
  await page.getByRole('alert').getByText(sentence).waitFor()

  await page.keyboard.press('Control+,')
  await heading(page, 'Settings').waitFor()
  await page.keyboard.press('Control+o')
  await page.getByRole('status').getByText(sentence).waitFor()
  await heading(page, 'Settings').waitFor()
})

/** In the page: tells how many dialogs there are the moment that a screen is there, before the browser draws it. */
function countDialogsOver(screen: string): { counted: Promise<number> } {
  const { promise, resolve } = Promise.withResolvers<number>()
  const observer = new MutationObserver(() => {
    if (![...document.querySelectorAll('h1')].some(title => title.textContent === screen)) return
    observer.disconnect()
    resolve(document.querySelectorAll('dialog').length)
  })
  observer.observe(document.body, { childList: true, subtree: true })
  // In an object: by itself it would be waited for.
  return { counted: promise }
}

test('a menu leads to a place and runs a command, over what lies above', async () => {
  const { page, host, app } = await openEmptyLibrary()
  // Once it is loaded, a screen is there as soon as it is asked for.
  await page.keyboard.press('Shift+A')
  await heading(page, 'Activity').waitFor()
  await page.keyboard.press('Escape')
  await heading(page, 'No pictures yet').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  const lying = await page.evaluateHandle(countDialogsOver, 'Activity')
  app.say({ name: 'page.show', data: { route: '/activity' } })
  expect(await lying.evaluate(({ counted }) => counted)).toBe(0)

  host.choice = pictures
  app.say({ name: 'page.run', data: { command: 'app.import' } })
  await expect.poll(() => pathOf(page).inputValue()).toBe(pictures)
  app.say({ name: 'page.show', data: { route: '/nowhere' } })
  await heading(page, 'No pictures yet').waitFor()
})

test('what is around the page is told how it looks, at the start and when that changes', async () => {
  const { page, host } = await openEmptyLibrary()
  await expect.poll(() => host.themes).toEqual(['dark'])
  await page.keyboard.press('Control+,')
  await page.getByRole('checkbox', { name: 'Light window' }).check()
  await expect.poll(() => host.themes).toEqual(['dark', 'light'])
})

test('what is set about the program is saved at once, and stays as it was where that fails', async () => {
  const { page, host } = await openEmptyLibrary()
  await page.keyboard.press('Control+,')
  const part = page.getByRole('region', { name: 'This program' })
  const closed = part.getByRole('combobox', { name: 'When the window is closed' })
  await expect.poll(() => closed.inputValue()).toBe('ask')
  for (const [choice, goesOn] of [
    ['yes', true],
    ['no', false],
    ['ask', null],
  ] as const) {
    await closed.selectOption(choice)
    await expect.poll(() => host.facts().preferences?.goesOnInBackground).toBe(goesOn)
  }
  // Asked within the click: a box that is drawn empty until the program has answered is empty by then.
  const startsAtLogin = part.getByRole('checkbox', { name: 'Start at login' })
  const isTicked = await startsAtLogin.evaluate((box: HTMLInputElement) => {
    box.click()
    return box.checked
  })
  expect(isTicked).toBe(true)
  await part.getByRole('combobox', { name: 'Updates' }).selectOption('beta')
  await expect
    .poll(() => host.facts().preferences)
    .toEqual({ goesOnInBackground: null, startsAtLogin: true, updateChannel: 'beta' })

  host.setPreferences = () => {
    throw new CallFailed('not-allowed', 'The system keeps programs from starting at login. Allow it in its settings.')
  }
  // A click and not `uncheck`, which would ask for a box that stays empty.
  await startsAtLogin.click()
  await part.getByRole('alert').getByText('The system keeps programs').waitFor()
  await expect.poll(() => startsAtLogin.isChecked()).toBe(true)
})

test('a newer version is told as far as it is, and installed when asked to', async () => {
  const { page, host, app } = await openEmptyLibrary()
  const become = (update: UpdateState) => {
    host.change({ update })
    app.say({ name: 'host.changed', data: {} })
  }
  await page.keyboard.press('Control+,')
  const part = page.getByRole('region', { name: 'This program' })
  await part.getByText('Not looked for yet.').waitFor()
  become({ kind: 'downloading', version: '1.3.0', share: 0.34 })
  await part.getByText('Downloading 1.3.0: 34 %.').waitFor()
  become({ kind: 'failed', message: 'The server of updates did not answer. It is asked again in an hour.' })
  await part.getByText('The server of updates did not answer.').waitFor()
  expect(await page.getByRole('button', { name: 'Restart to update' }).count()).toBe(0)

  become({ kind: 'ready', version: '1.3.0' })
  await part.getByRole('button', { name: 'Restart to update' }).click()
  await expect.poll(() => host.installs).toBe(1)
  await page.keyboard.press('Escape')
  await page.getByText('1.3.0 is ready').waitFor()
  await page.getByRole('button', { name: 'Restart to update' }).click()
  await expect.poll(() => host.installs).toBe(2)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('restart')
  await page.keyboard.press('Enter')
  await expect.poll(() => host.installs).toBe(3)
})

test('what is imported without being asked for on the first screen leads to the library', async () => {
  const { page, call } = await openWindow()
  await heading(page, 'Your pictures, in one quiet place').waitFor()
  const album = join(workspace, 'Given at the start')
  await mkdir(album)
  await writeFile(join(album, 'one.png'), await hills(60, 40, 1).png().toBuffer())
  await call('folder.import', { path: album })
  await heading(page, 'All pictures').waitFor()
  await page.getByRole('option', { name: 'one.png' }).waitFor()
})

test('all work is paused by one key and goes on by one button', async () => {
  const album = join(workspace, 'Album')
  await mkdir(album)
  const big = await hills(1600, 1200, 3).jpeg({ quality: 90 }).toBuffer()
  // What follows the end of a JPEG is not looked at: each file is another one, and as much work.
  for (let i = 0; i < 60; i++) await writeFile(join(album, `${i}.jpg`), Buffer.concat([big, Buffer.from(String(i))]))
  const { page, call } = await openEmptyLibrary()
  await page.keyboard.press('Shift+P')
  await page.getByRole('status').getByText('Nothing is under way.').waitFor()
  // What is shown at work can be paused, before the page heard so.
  const letGo = await holdCalls(page, 'work.state')
  await call('folder.import', { path: album })
  await page.getByRole('button', { name: /^Working on/ }).waitFor()
  await page.keyboard.press('Shift+P')
  await page.getByRole('status').getByText('All work is paused').waitFor()
  letGo()
  await page.getByRole('button', { name: 'Paused', exact: true }).waitFor()
  expect((await call('sync.list', { limit: 1 }))[0]?.state).toBe('paused')

  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await page.getByRole('button', { name: 'Paused', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '60 pictures' }).waitFor()
  expect(await page.getByRole('button', { name: 'Resume', exact: true }).count()).toBe(0)
})

test('keys lead from a picture to its file and from the sidebar to a folder; its history is told; what is gone says so', async () => {
  const folder = join(workspace, 'Quay')
  await mkdir(folder)
  await plain(90, 60, [20, 90, 160]).png().toFile(join(folder, 'boat.png'))
  const { page, host, call } = await openEmptyLibrary()
  await call('folder.import', { path: folder })
  await page.getByRole('option', { name: 'boat.png' }).click()
  await page.keyboard.press('o')
  await expect.poll(() => host.shownInFolder).toEqual([join(folder, 'boat.png')])
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('region', { name: 'File' }).getByRole('button', { name: 'Show in folder' }).click()
  await expect.poll(() => host.shownInFolder).toHaveLength(2)

  const history = inspector.getByRole('region', { name: 'History' })
  await history.getByText('Imported from Quay').waitFor()
  await page.getByRole('listbox', { name: 'Pictures' }).focus()
  await page.keyboard.press('4')
  await history.getByRole('listitem').first().getByText('You: Rated 1 picture 4 stars').waitFor()

  const button = page.getByRole('button', { name: 'What to do with Quay' })
  const active = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.ariaLabel)
  await button.focus()
  await page.keyboard.press('Enter')
  await expect.poll(active).toBe('Sync now')
  await page.keyboard.press('ArrowDown')
  await expect.poll(active).toBe('Show in folder')
  await page.keyboard.press('Escape')
  await expect.poll(active).toBe('What to do with Quay')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(() => host.shownInFolder.at(-1)).toBe(folder)
  await page.getByRole('menu').waitFor({ state: 'detached' })

  await rename(folder, join(workspace, 'Quay away'))
  await page.getByRole('option', { name: /^boat.png/ }).click()
  await page.keyboard.press('o')
  await page.getByRole('status').getByText(`The folder ${folder} is not there.`).waitFor()
  await page.reload()
  await page.getByRole('navigation').getByRole('button', { name: 'Quay Not there' }).waitFor()
  expect(host.shownInFolder).toHaveLength(3)
})
