import { existsSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { smallPicture } from '../support/drawn-folder.ts'
import { type Desktop, type DesktopOptions, dropOn, launchDesktop } from '../support/electron-app.ts'
import { namesShown, shownPictures } from '../support/page.ts'
import { startProgram } from '../support/program.ts'
import { drawSomePictures } from '../support/some-pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { project, watchDesktop } from '../support/timed-starts.ts'

async function launch(options: DesktopOptions = {}): Promise<Desktop> {
  const desktop = await launchDesktop(options)
  onTestFinished(() => desktop[Symbol.asyncDispose]())
  return desktop
}

async function importFolder({ page }: Desktop, path: string): Promise<void> {
  const begun = await page.evaluate(folder => window.burgInk?.call('folder.import', { path: folder }), path)
  expect(begun).toMatchObject({ ok: true })
}

const showPictures = ({ page }: Desktop) => page.getByRole('button', { name: 'All pictures' }).click()
test('its window opens on the library', async () => {
  const { app, page } = await launch()
  await page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
  const state = await app.evaluate(({ app: electron, BrowserWindow }) => ({
    name: electron.getName(),
    windows: BrowserWindow.getAllWindows().length,
    isVisible: BrowserWindow.getAllWindows()[0]?.isVisible(),
    title: BrowserWindow.getAllWindows()[0]?.getTitle(),
  }))
  expect(state).toEqual({ name: 'Burg Ink', windows: 1, isVisible: true, title: 'Burg Ink' })
})

test('its window is there before anything of the library is opened', async () => {
  const folder = await makeTempFolder('start')
  const { shown, drawn } = await watchDesktop({
    program: project,
    libraryFolder: join(folder, 'Library'),
    dataFolder: join(folder, 'data'),
    untilDrawn: `new Promise(resolve => {
      const look = () => document.body.innerText.includes('Import a folder') ? resolve() : requestAnimationFrame(look)
      look()
    })`,
  })
  expect(shown.isLibraryOpen).toBe(false)
  expect(drawn.isLibraryOpen).toBe(true)
})

test('an import runs behind the window: its progress is pushed to the page, and its pictures come by media://', async () => {
  const desktop = await launch()
  const { app, page } = desktop
  const folder = await drawSomePictures(await makeTempFolder('pictures'), 12)
  await importFolder(desktop, folder)
  await page.getByText('Imported 12 pictures').waitFor()
  await showPictures(desktop)
  await expect.poll(() => shownPictures(page)).toBe(12)
  const sources = await page
    .getByRole('option')
    .locator('img')
    .evaluateAll(images => images.map(image => image.getAttribute('src')))
  expect(sources.every(source => /^media:\/\/library\/\d+\/thumbnail\?v=\w+$/.test(source ?? ''))).toBe(true)

  // A new picture in the folder, and the page shows it without being asked to.
  await writeFile(join(folder, 'another.jpg'), await smallPicture(400))
  await importFolder(desktop, folder)
  await expect.poll(() => namesShown(page)).toContain('another.jpg')
  expect(desktop.output()).not.toMatch(/Error/)

  const parts = await app.evaluate(async ({ session }) => {
    const ask = async (range?: string) => {
      const answer = await session.defaultSession.fetch(
        'media://library/1/original',
        range ? { headers: { range } } : {},
      )
      const { status, headers } = answer
      return { status, range: headers.get('content-range'), bytes: [...new Uint8Array(await answer.arrayBuffer())] }
    }
    return {
      whole: await ask(),
      middle: await ask('bytes=10-19'),
      end: await ask('bytes=-5'),
      none: await ask('bytes=9999999-'),
    }
  })
  const { whole } = parts
  expect(whole.status).toBe(200)
  expect(parts.middle).toEqual({
    status: 206,
    range: `bytes 10-19/${whole.bytes.length}`,
    bytes: whole.bytes.slice(10, 20),
  })
  expect(parts.end).toMatchObject({ status: 206, bytes: whole.bytes.slice(-5) })
  expect(parts.none).toMatchObject({ status: 416, bytes: [] })
})

test('folders and pictures that are dropped on the window are imported where they are', async () => {
  const desktop = await launch()
  const { page } = desktop
  await page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
  const folder = await drawSomePictures(await makeTempFolder('pictures'), 2)
  const others = await drawSomePictures(await makeTempFolder('others'), 3, 50)
  await dropOn(desktop, [folder, join(others, 'picture 0002.jpg')])
  await page.getByRole('button', { name: 'All pictures 3' }).waitFor()
  await showPictures(desktop)
  await expect.poll(() => shownPictures(page)).toBe(3)
})

test('a page that crashes is loaded again where it was, and the work goes on behind it', async () => {
  const desktop = await launch()
  const { app } = desktop
  await importFolder(desktop, await drawSomePictures(await makeTempFolder('pictures'), 40))
  await desktop.page.evaluate(() => {
    location.hash = '#/activity'
  })
  await desktop.page.getByRole('heading', { name: 'Activity' }).first().waitFor()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  await expect.poll(() => desktop.output()).toMatch(/The page ended \(crashed/)
  const said = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
    )
  await expect.poll(said).toMatch(/Activity[\s\S]*40 pictures/)
  expect(existsSync(join(desktop.dataFolder, 'logs', 'burg-ink.log'))).toBe(true)
})

test('who quits in the middle of an import goes on with it at the next start', async () => {
  const dataFolder = await makeTempFolder('data')
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const folder = await drawSomePictures(await makeTempFolder('pictures'), 60)
  const first = await launch({ dataFolder, libraryFolder })
  await importFolder(first, folder)
  await first.page.getByText(/Working on/).waitFor()
  const ended = new Promise(resolve => first.app.process().on('exit', resolve))
  await first.app.evaluate(({ app }) => app.quit()).catch(() => {})
  expect(await ended).toBe(0)

  const second = await launch({ dataFolder, libraryFolder })
  await second.page.getByText('60 pictures').first().waitFor()
  expect(second.output()).not.toMatch(/Error/)
})

test('a library that another program has open: the person is asked, and tries again when it is free', async () => {
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const other = await startProgram(['serve', '--library', libraryFolder])
  onTestFinished(async () => void (await other.stop()))
  const isFree = join(await makeTempFolder('signal'), 'free')
  const desktop = await launch({ libraryFolder, dialogs: [{ button: 0, onceThere: isFree }] })
  await expect.poll(() => desktop.dialogs().length).toBeGreaterThan(0)
  const [asked] = desktop.dialogs()
  expect(asked?.message).toBe('The library could not be opened')
  expect(asked?.detail).toMatch(/in use|open/i)
  expect(asked?.buttons).toEqual(['Try again', 'Choose another library…', 'Quit'])
  await other.stop()
  await writeFile(isFree, '')
  await desktop.page.getByRole('button', { name: 'Import a folder' }).first().waitFor()
})

test('whoever will not have that library chooses another, which is remembered', async () => {
  const notOurs = await makeTempFolder('other-files')
  await writeFile(join(notOurs, 'letter.txt'), 'nobody may write here')
  const chosen = join(await makeTempFolder('chosen'), 'Studio')
  await mkdir(chosen)
  const dataFolder = await makeTempFolder('data')
  const noChoice = { BURG_INK_LIBRARY: '', HOME: await makeTempFolder('home') }
  await cp(notOurs, join(noChoice.HOME, 'Burg Ink'), { recursive: true })
  const env = { ...noChoice }
  const desktop = await launch({ dataFolder, env, dialogs: [{ button: 1 }, { folder: chosen }] })
  await desktop.page.getByText('Studio').first().waitFor()
  expect(desktop.dialogs()).toHaveLength(2)
  await desktop.app.close()
  const again = await launch({ dataFolder, env, dialogs: [{ button: 2 }] })
  await again.page.getByText('Studio').first().waitFor()
  expect(again.dialogs()).toEqual([])
})

test('a damaged library is restored from its newest copy; where there is none, that is said; who gives up is let go', async () => {
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  await (await startProgram(['serve', '--library', libraryFolder])).stop()
  await writeFile(join(libraryFolder, 'library.db'), 'no database at all'.repeat(1000))
  const desktop = await launch({ libraryFolder, hasWindow: false, dialogs: [{ button: 0 }, { button: 2 }] })
  const ended = new Promise(resolve => desktop.app.process().on('exit', resolve))
  expect(await ended).toBe(0)
  const [asked, refused, again] = desktop.dialogs()
  expect(asked?.buttons?.[0]).toBe('Restore the newest copy')
  expect(refused?.title).toBe('No copy could be put in place')
  expect(again?.detail).toBe(asked?.detail)
})
