import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { createApp } from '../../src/main/app.ts'
import { startServer } from '../../src/main/server/index.ts'
import { noGoogle } from '../support/google.ts'
import { newVisitor, openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { hills } from '../support/pictures.ts'
import { s3Error, startFaultProxy } from '../support/s3-fault-proxy.ts'
import { startS3Server } from '../support/s3-server.ts'
import { importFolder } from '../support/served-app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

shareBrowser()

const pictureCount = 12

/** The app with the built page, a store on this machine, and pictures of which the library keeps copies. */
async function startWithStore() {
  const store = await startS3Server()
  const proxy = await startFaultProxy(store.url)
  onTestFinished(async () => {
    await proxy.stop()
    await store.stop()
  })
  const folder = await makeTempFolder('storage')
  const album = await makeTempFolder('album')
  for (let number = 0; number < pictureCount; number++) {
    await writeFile(join(album, `page ${number}.png`), await hills(400, 300, number).png().toBuffer())
  }
  const secrets = createMemoryStore()
  const reported: unknown[] = []
  const app = await createApp({
    libraryFolder: join(folder, 'library'),
    pageFolder: join(import.meta.dirname, '../../out/renderer'),
    samplesFolder: null,
    google: { ...noGoogle, openSecrets: async () => ({ store: secrets, notice: null }) },
    report: error => reported.push(error),
  })
  const server = await startServer(app.serverParts, 0)
  await app.start()
  onTestFinished(async () => {
    await server.stop()
    await app.stop()
    expect(reported).toEqual([])
  })
  await importFolder({ app }, album, true)
  const visitor = await newVisitor()
  const origin = `http://127.0.0.1:${server.port}/`
  await visitor.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const page = await openPage(`${origin}#token=${app.serverParts.token}`, { visitor })
  await expect.poll(() => shownPictures(page)).toBe(pictureCount)
  const originalsOnDisk = async () => {
    const entries = await readdir(join(app.library.layout.store, 'originals'), {
      recursive: true,
      withFileTypes: true,
    })
    return entries.filter(entry => entry.isFile()).length
  }
  return { app, store, proxy, page, album, origin, originalsOnDisk }
}

type Started = Awaited<ReturnType<typeof startWithStore>>

async function openStorage(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Where originals are kept' }).click()
  await page.getByRole('heading', { name: 'Where originals are kept' }).waitFor()
}

/** Fills in the fields of the server of these tests, other than said here. */
async function fillIn({ page, store, proxy }: Started, other: Record<string, string> = {}): Promise<void> {
  await page.getByRole('radio', { name: /Also in the cloud/ }).check()
  await page.getByRole('radio', { name: 'Another S3 server' }).check()
  const { bucket, accessKeyId, secretAccessKey } = store.config
  const fields = { Address: proxy.url, Bucket: bucket, 'Key id': accessKeyId, 'Secret key': secretAccessKey, ...other }
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
}

async function save(started: Started): Promise<void> {
  await openStorage(started.page)
  await fillIn(started)
  await started.page.getByRole('button', { name: 'Save' }).click()
}

async function setUp(started: Started): Promise<void> {
  await save(started)
  await started.page.getByText('Every original that the library keeps is in the cloud.').waitFor()
}

const testOf = (page: Page) => page.getByRole('region', { name: 'Test of the connection' })
const amountOf = (page: Page, where: string) =>
  page.locator('.storage-amounts dt', { hasText: new RegExp(`^${where}$`) }).locator('+ dd')

test('a test of the connection says what is wrong, at the field that it is about', async () => {
  const started = await startWithStore()
  const { page, store } = started
  await openStorage(page)
  await page.getByRole('radio', { name: /Also in the cloud/ }).check()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await page.getByText('The region is missing.').waitFor()
  const region = page.getByLabel('Region', { exact: true })
  await expect.poll(() => region.evaluate(field => field === document.activeElement)).toBe(true)

  await fillIn(started, { 'Key id': 'NOBODY' })
  const attempt = page.getByRole('button', { name: 'Test connection' })
  const fails = async (label: string, wrong: string, sentence: RegExp): Promise<void> => {
    await fillIn(started, { [label]: wrong })
    await attempt.click()
    await testOf(page).getByText(sentence).waitFor()
    await testOf(page).getByText('Failed').waitFor()
    const field = page.getByLabel(label, { exact: true })
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => page.locator(`[id="${'storage-'}${idOf[label]}-hint"]`).textContent()).toMatch(sentence)
  }
  await fails('Key id', 'NOBODY', /does not know this access key/)
  await fails('Secret key', 'not this one', /secret does not fit the access key/)
  await fails('Bucket', 'no-such-bucket', /There is no such bucket/)
  await fails('Address', 'http://127.0.0.1:9', /cannot be reached|no S3 store/)

  await fillIn(started)
  await attempt.click()
  await testOf(page).getByText('The store works as asked for.').waitFor()
  expect(await testOf(page).getByText('Works', { exact: true }).count()).toBe(3)
  expect(await store.contents()).toEqual([])
})

const idOf: Record<string, string> = {
  'Key id': 'accessKeyId',
  'Secret key': 'secret',
  Bucket: 'bucket',
  Address: 'endpoint',
}

test('what is typed waits while one looks elsewhere, and a saved secret is never shown again', async () => {
  const started = await startWithStore()
  const { page } = started
  await openStorage(page)
  await fillIn(started)
  await page.keyboard.press('Escape')
  await page.getByText('What you typed waits in Settings.').waitFor()
  await page.getByText('What you changed there is not saved yet.').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => shownPictures(page)).toBe(pictureCount)

  await openStorage(page)
  await expect
    .poll(() => page.getByLabel('Secret key', { exact: true }).inputValue())
    .toBe(started.store.config.secretAccessKey)
  await page.getByLabel('Bucket', { exact: true }).focus()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Every original that the library keeps is in the cloud.').waitFor()
  await page.getByRole('button', { name: 'Replace the secret key' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByRole('button', { name: 'Replace the secret key' }).click()
  const field = page.getByLabel('Secret key', { exact: true })
  await expect.poll(() => field.inputValue()).toBe('')
  await expect.poll(() => field.evaluate(each => each === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 'Keep the saved one' }).click()
  await page.getByText('Everything is saved.').waitFor()

  const another = page.getByRole('radio', { name: 'Amazon S3' })
  await another.check()
  await field.waitFor()
  await expect.poll(() => another.evaluate(each => each === document.activeElement)).toBe(true)
  await page.getByRole('button', { name: 'Undo changes' }).click()
  await page.getByText('Everything is saved.').waitFor()
})

test('originals are sent, and a link to one is copied', async () => {
  const started = await startWithStore()
  const { page, store, album } = started
  await setUp(started)
  await expect.poll(() => amountOf(page, 'In the cloud').textContent()).toContain(`${pictureCount} originals, `)
  await expect.poll(() => amountOf(page, 'Only in the cloud').textContent()).toBe('None')
  expect(await store.contents()).toHaveLength(pictureCount)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('option', { name: 'page 3.png' }).click()
  await page.getByText('Kept on this computer and in the cloud').waitFor()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText(/^Link copied\. Until .* everyone who has it can see the original\.$/).waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const answer = await fetch(link)
  expect(answer.status).toBe(200)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(await readFile(join(album, 'page 3.png')))
})

test('all originals move to the cloud, are looked at there, and come back', async () => {
  const started = await startWithStore()
  const { page, store, album, originalsOnDisk } = started
  await setUp(started)
  expect(await originalsOnDisk()).toBe(pictureCount)

  await page.getByRole('button', { name: 'Move to the cloud…' }).click()
  await page.getByText('Each is read back from the store and compared').waitFor()
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('button', { name: 'Move to the cloud…' }).click()
  await page.getByRole('button', { name: `Move ${pictureCount} originals to the cloud` }).click()
  await page.getByText(`Moved ${pictureCount} originals to the cloud`).waitFor()
  await expect.poll(() => amountOf(page, 'On this computer').textContent()).toBe('None')
  await expect.poll(() => amountOf(page, 'Only in the cloud').textContent()).toContain(`${pictureCount} originals, `)
  expect(await originalsOnDisk()).toBe(0)
  expect(await store.contents()).toHaveLength(pictureCount)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('option', { name: 'page 5.png' }).click()
  await page.getByText('Kept in the cloud', { exact: true }).waitFor()
  await page.keyboard.press('Enter')
  const loupe = page.getByRole('dialog', { name: 'page 5.png' })
  await expect
    .poll(() =>
      loupe
        .locator('img')
        .last()
        .evaluate(image => (image as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(0)
  const id = Number(/open=(\d+)/.exec(page.url())?.[1])
  const original = await page.evaluate(async address => {
    const bytes = await (await fetch(address)).arrayBuffer()
    return [...new Uint8Array(bytes)]
  }, `/media/${id}/original`)
  expect(Buffer.from(original)).toEqual(await readFile(join(album, 'page 5.png')))

  await page.keyboard.press('Escape')
  await openStorage(page)
  await page.getByRole('button', { name: 'Move to this computer…' }).click()
  await page.getByRole('button', { name: `Move ${pictureCount} originals back` }).click()
  await page.getByText(`Moved ${pictureCount} originals to this computer`).waitFor()
  await expect.poll(() => amountOf(page, 'In the cloud').textContent()).toBe('None')
  expect(await originalsOnDisk()).toBe(pictureCount)
  expect(await store.contents()).toEqual([])
})

test('sending that stands still says why wherever one is, and goes on when it can', async () => {
  const started = await startWithStore()
  const { page, store, proxy } = started
  proxy.fault(s3Error('InvalidAccessKeyId', 403))
  await save(started)
  const reason = /does not know this access key/
  await page.getByRole('button', { name: reason }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Originals stand still' }).click()
  await page.getByRole('heading', { name: 'Where originals are kept' }).waitFor()
  await page.locator('.storage-work').getByText(reason).waitFor()
  await page.getByText(`Paused: ${pictureCount} originals`).waitFor()

  proxy.heal()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Every original that the library keeps is in the cloud.').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Originals stand still' }).count()).toBe(0)
  expect(await store.contents()).toHaveLength(pictureCount)
})

test('a move shows how far it is, is paused from the palette, and is stopped where it stands', async () => {
  const started = await startWithStore()
  const { page, proxy, originalsOnDisk } = started
  await setUp(started)
  // No original comes back to be compared, so that none may leave.
  proxy.fault({ kind: 'silence' }, ['get'])
  await page.getByRole('button', { name: 'Move to the cloud…' }).click()
  await page.getByRole('button', { name: `Move ${pictureCount} originals to the cloud` }).click()
  const foot = page.getByRole('contentinfo')
  await foot.getByRole('button', { name: /^Moving to the cloud: 0 of 12/ }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill('Pause the move')
  await page.keyboard.press('Enter')
  await page
    .locator('.storage-work')
    .getByText(/^Move to the cloud paused at/)
    .waitFor()
  await foot.getByRole('button', { name: /^Move to the cloud paused at/ }).waitFor()

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'Go on' }).last().click()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'Stop the move' }).click()
  await page.getByText(/^Stopped at 0 of 12\./).waitFor()
  await page.getByRole('button', { name: 'Move to the cloud…' }).waitFor()
  expect(await originalsOnDisk()).toBe(pictureCount)
})
