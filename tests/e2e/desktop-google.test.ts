/** Signing in to Google from the desktop program: by the system's browser, into the system's keychain. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { smallPicture } from '../support/drawn-folder.ts'
import { type Desktop, launchDesktop } from '../support/electron-app.ts'
import { startGoogle } from '../support/google.ts'
import { anna, browse } from '../support/google-auth-server.ts'
import { startGoogleNetwork } from '../support/google-network.ts'
import { startSecretService, whyNoSecretService } from '../support/secret-service.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

declare global {
  var shownOutside: string[]
}

const whyNot = await whyNoSecretService()
if (whyNot) console.error(`No keychain to sign in to: ${whyNot}`)

async function startWorld() {
  const google = await startGoogle()
  onTestFinished(google.stop)
  const network = await startGoogleNetwork(google, await makeTempFolder('network'))
  onTestFinished(network.stop)
  const dataFolder = await makeTempFolder('data')
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const launch = async (): Promise<Desktop> => {
    const desktop = await launchDesktop({ dataFolder, libraryFolder, env: network.environment })
    onTestFinished(() => desktop[Symbol.asyncDispose]())
    await desktop.app.evaluate(({ shell }) => {
      globalThis.shownOutside = []
      shell.openExternal = async (url: string) => {
        globalThis.shownOutside.push(url)
      }
    })
    return desktop
  }
  return { google, network, launch, folders: [dataFolder, libraryFolder] }
}

/** Every file of these folders that holds the text. */
async function filesWith(folders: string[], text: string): Promise<string[]> {
  const lists = folders.map(folder => readdir(folder, { recursive: true, withFileTypes: true }))
  const files = (await Promise.all(lists)).flat().filter(entry => entry.isFile())
  const paths = files.map(file => join(file.parentPath, file.name))
  const held = await Promise.all(paths.map(async path => (await readFile(path)).includes(text)))
  return paths.filter((_, i) => held[i])
}

test.skipIf(whyNot !== null)(
  'sign in by the browser, look through Drive, and be signed in at the next start',
  async () => {
    const keyring = await startSecretService()
    onTestFinished(keyring.stop)
    const { google, network, launch, folders } = await startWorld()
    const studio = google.world.addFolder('Studio')
    google.world.addFile('Boat.png', await smallPicture(1, 'png'), studio)

    const first = await launch()
    const { page } = first
    await page.evaluate(() => {
      location.hash = '#/drive'
    })
    await page.getByLabel('Client ID').fill(google.auth.client.id)
    await page.getByLabel('Client secret').fill(google.auth.client.secret)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Connect a Google account' }).click()

    const shown = () => first.app.evaluate(() => globalThis.shownOutside)
    await expect.poll(async () => (await shown()).length).toBe(1)
    const [consent = ''] = await shown()
    const asked = new URL(consent)
    expect(asked.origin + asked.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      code_challenge_method: 'S256',
      access_type: 'offline',
    })
    expect(asked.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+/)
    const { page: goodbye } = await browse(google.auth.endpoints.authorizeUrl + asked.search)
    expect(goodbye).toMatch(/close this window/)

    await page.getByRole('button', { name: anna.name }).waitFor()
    await page.getByRole('option').filter({ hasText: 'Studio' }).click()
    await page.getByText('1 picture').first().waitFor()
    expect(network.refused).toEqual([])
    await first.app.close()

    const second = await launch()
    await second.page.evaluate(() => {
      location.hash = '#/drive'
    })
    await second.page.getByRole('option').filter({ hasText: 'Studio' }).waitFor()
    expect(await second.app.evaluate(() => globalThis.shownOutside)).toEqual([])
    await second.app.close()

    expect(google.auth.secrets.size).toBeGreaterThan(2)
    for (const secret of google.auth.secrets) {
      expect(await filesWith(folders, secret)).toEqual([])
    }
  },
)
