import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryStore } from '../../src/main/accounts/index.ts'
import { createApp } from '../../src/main/app.ts'
import { startServer } from '../../src/main/server/index.ts'
import { smallPicture } from '../support/drawn-folder.ts'
import { noGoogle } from '../support/google.ts'
import { faults, startOpenAiServer } from '../support/openai-server/index.ts'
import { openPage, shareBrowser, shownPictures } from '../support/page.ts'
import { importFolder } from '../support/served-app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

shareBrowser()

const saved = 'Saved.'

/** The app with the built page and some pictures, beside a server that answers as OpenAI does. */
async function startStudio(pictures = 5) {
  const openai = await startOpenAiServer()
  onTestFinished(openai.close)
  const folder = await makeTempFolder('descriptions')
  const studio = join(folder, 'Studio')
  await mkdir(studio)
  for (let i = 0; i < pictures; i += 1) await writeFile(join(studio, `${i}.png`), await smallPicture(i, 'png'))
  const reported: unknown[] = []
  const secrets = createMemoryStore()
  const app = await createApp({
    libraryFolder: join(folder, 'library'),
    pageFolder: join(import.meta.dirname, '../../out/renderer'),
    samplesFolder: null,
    google: { ...noGoogle, openSecrets: async () => ({ store: secrets, notice: null }) },
    analysis: { openAiUrl: openai.url },
    report: error => reported.push(error),
  })
  const server = await startServer(app.serverParts, 0)
  await app.start()
  onTestFinished(async () => {
    await server.stop()
    await app.stop()
    expect(reported).toEqual([])
  })
  await importFolder({ app }, studio)
  const open = () => openPage(`http://127.0.0.1:${server.port}/#token=${app.serverParts.token}`)
  const picturesAsked = () => openai.asked.filter(({ path }) => path === '/v1/responses').length
  return { app, openai, open, picturesAsked }
}

/** The same where OpenAI is set up, and the page is at the runs. */
async function startDescribing(pictures?: number) {
  const studio = await startStudio(pictures)
  const { app, openai } = studio
  const { settings } = await app.handlers['analysis.overview']({})
  await app.handlers['analysis.save']({
    settings: { ...settings, analyser: 'openai', model: 'gpt-5-mini', detail: 'low' },
    apiKey: openai.key,
  })
  const page = await studio.open()
  await goToDescriptions(page)
  return { ...studio, page }
}

async function goToDescriptions(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'All pictures', level: 1 }).waitFor()
  await page.keyboard.press('Shift+W')
  await page.getByRole('heading', { name: 'Descriptions', level: 1 }).waitFor()
}

const start = (page: Page) => page.getByRole('button', { name: /^Describe \d+ pictures?/ })
const newestRun = (page: Page) => page.getByRole('region', { name: 'Runs' }).getByRole('article').first()

test('from nothing to every picture described: a key, a model, a trial, a run, and what it cost', async () => {
  const { openai, open, picturesAsked } = await startStudio()
  const page = await open()
  await goToDescriptions(page)
  await page.getByRole('button', { name: 'Set up a model' }).click()
  await page.getByLabel('OpenAI').check()
  await page.getByLabel('Key', { exact: true }).fill(openai.key)
  await page.getByRole('button', { name: 'Choose' }).click()
  await page.getByRole('dialog', { name: 'Models' }).getByRole('button', { name: 'gpt-5-mini', exact: true }).click()
  await page.getByLabel('Most a run').fill('1.5')

  await page.getByRole('button', { name: 'Try on three pictures' }).and(page.locator(':enabled')).waitFor()
  await page.keyboard.press('Control+Enter')
  const cards = page.getByRole('region', { name: 'Trial' }).getByRole('article')
  await expect.poll(() => cards.getByText(/^\$0\.\d+ · [\d.]+ s · gpt-5-mini/).count()).toBe(3)
  expect(picturesAsked()).toBe(3)
  await page.getByText('Not saved yet.').waitFor()

  await page.keyboard.press('Control+S')
  await page.getByText(saved, { exact: true }).waitFor()
  await page.getByText('A key is kept in the keychain of this computer.').waitFor()
  await expect.poll(() => page.getByLabel('Key', { exact: true }).inputValue()).toBe('')

  await page.getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('heading', { name: '5 pictures not described yet' }).waitFor()
  await page.getByText('5 pictures. 3 of them were answered before and cost nothing.').waitFor()
  await page.keyboard.press('Control+Enter')
  await newestRun(page).getByText('Done', { exact: true }).waitFor()
  await newestRun(page).getByText('5 described, 3 of them answered before').waitFor()
  await newestRun(page)
    .getByText(/^\$0\.\d+ spent$/)
    .waitFor()
  await page.getByRole('heading', { name: 'Every picture is described' }).waitFor()
  await page.getByText(/^Today \$0\.\d+ of \$5\.00 · this month \$0\.\d+$/).waitFor()
  expect(picturesAsked()).toBe(5)
})

test('while a run works its spend is seen everywhere; without credit it stands still, says why, and goes on', async () => {
  const { page, openai, picturesAsked } = await startDescribing(4)
  openai.settings.latencyMs = 300
  openai.failNext(faults.noCredit(), { times: 50 })
  await start(page).click()
  await newestRun(page).getByText('There is no credit left at').waitFor()
  await newestRun(page).getByText('Paused', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => shownPictures(page)).toBe(4)
  await page.getByRole('button', { name: 'Descriptions paused: 0 of 4 · $0 today' }).click()

  openai.failNoMore()
  const refused = picturesAsked()
  openai.settings.latencyMs = 1500
  await newestRun(page).getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('button', { name: /^Describing \d of 4 · \$0(\.\d+)? today$/ }).waitFor()
  await newestRun(page).getByText('Done', { exact: true }).waitFor()
  await newestRun(page).getByText('4 described').waitFor()
  expect(picturesAsked() - refused).toBe(4)
})

test('a refusal is told apart from the picture, with its reason, in the run and at the picture, and asked again', async () => {
  const { page, openai, app } = await startDescribing(3)
  openai.failNext(faults.refusal())
  await start(page).click()
  await newestRun(page).getByText('2 described').waitFor()
  await newestRun(page).getByRole('button', { name: '1 failed: why?' }).click()
  const reasons = newestRun(page).getByRole('list', { name: 'Why pictures failed' })
  await reasons.getByText('The model refuses to describe this picture.').waitFor()
  const picture = reasons.getByRole('button', { name: /^Open \d\.png$/ })
  const name = (await picture.getAttribute('title'))?.replace('Open ', '') ?? ''
  await picture.click()
  await page.getByRole('button', { name: 'Back to the grid (Esc)' }).waitFor()
  await page.keyboard.press('Escape')
  await newestRun(page).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('option', { name }).click()
  await page.getByLabel('Inspector').getByText('The model refuses to describe this picture.').waitFor()
  const { counts } = await app.handlers['library.overview']({})
  expect(counts.byStatus.failed).toBe(0)

  await page.keyboard.press('Shift+W')
  await newestRun(page).getByRole('button', { name: 'Retry 1 failed' }).click()
  await newestRun(page).getByText('3 described').waitFor()
  await page.getByRole('heading', { name: 'Every picture is described' }).waitFor()
})

test('a picture that was refused is described again from the inspector', async () => {
  const { page, openai } = await startDescribing(1)
  openai.failNext(faults.refusal())
  await start(page).click()
  await newestRun(page).getByRole('button', { name: '1 failed: why?' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => shownPictures(page)).toBe(1)
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Describe again' }).click()
  await page.getByRole('button', { name: 'Describe again' }).waitFor({ state: 'detached' })
  await page.getByLabel('Inspector').getByText('Described by gpt-5-mini').waitFor()
})

test('a selection is described again with another prompt, which is then named beside what it said', async () => {
  const { page, openai, picturesAsked } = await startDescribing(3)
  await start(page).click()
  await newestRun(page).getByText('3 described').waitFor()

  await page.getByRole('button', { name: 'Prompts' }).click()
  await page.keyboard.press('n')
  await page.getByLabel('Name of the prompt').fill('For the catalogue')
  const text = page.getByLabel('Text of the prompt')
  await text.fill('A line for a catalogue, of {{medium}}')
  await page.getByText('There is no {{medium}}.').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await text.fill('A line for a catalogue, in ')
  await page.getByRole('button', { name: '{{language}}' }).click()
  await expect.poll(() => text.inputValue()).toBe('A line for a catalogue, in {{language}}')
  await page.keyboard.press('Control+S')
  await page.getByText('For the catalogue is saved.').waitFor()
  await text.blur()
  await page.keyboard.press('Escape')

  await expect.poll(() => shownPictures(page)).toBe(3)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByText('2 of 3 selected').waitFor()
  await page.keyboard.press('d')
  const panel = page.getByRole('dialog', { name: 'Describe' })
  await panel.getByLabel('Prompt').selectOption('For the catalogue')
  await panel.getByRole('button', { name: 'Describe 2 pictures' }).click()
  await page.getByLabel('Inspector').getByText('For the catalogue').waitFor()
  await expect.poll(picturesAsked).toBe(5)
  expect(openai.asked.at(-1)?.instructions).toContain('A line for a catalogue, in English')
})

test('what a model wrote is text and nothing else', async () => {
  const { page, openai } = await startDescribing(1)
  openai.answerWith({
    description: '<img src=x onerror=alert(1)> see https://evil.example and [this](javascript:alert(2))',
    content: '<b>bold</b>',
    tags: [{ name: '<i>tag</i>', confidence: 1 }],
    style: null,
    colors: null,
    subjects: null,
    mood: null,
  })
  await page.getByRole('button', { name: 'Set-up' }).click()
  await page.getByRole('button', { name: 'Try on one picture' }).click()
  const card = page.getByRole('region', { name: 'Trial' }).getByRole('article')
  await card.getByText('see https://evil.example').waitFor()
  expect(await card.locator('a, b, i, img[src="x"]').count()).toBe(0)
})
