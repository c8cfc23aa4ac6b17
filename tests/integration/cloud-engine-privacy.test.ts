import { rename } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { beginImport, ended, pictureBytes, put, untilSync } from '../support/app.ts'
import { startGoogle } from '../support/google.ts'
import { anna } from '../support/google-auth-server.ts'
import { type Cloud, startCloud } from '../support/inngest-server/cloud.ts'
import { startCloudApp } from '../support/inngest-server/cloud-app.ts'
import { hills } from '../support/pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

/** What of the picture's bytes could have been sent: as they are, or as text. */
function tracesOf(picture: Buffer): string[] {
  const middle = picture.subarray(picture.length >> 1, (picture.length >> 1) + 24)
  return [middle.toString('latin1'), middle.toString('hex'), middle.toString('base64').slice(4, 24)]
}

/** Everything that has left is searched, byte for byte: heads and bodies of requests, and frames. */
function expectNothingOf(cloud: Cloud, secrets: string[]): void {
  const found = cloud.received.flatMap(({ what, bytes }) =>
    secrets
      .flatMap(secret => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      .filter(text => bytes.includes(text) || bytes.toString('latin1').includes(text))
      .map(text => `${what}: ${text} in …${around(bytes.toString(), text)}…`),
  )
  expect(found).toEqual([])
}

function around(whole: string, part: string): string {
  const at = whole.indexOf(part)
  return whole.slice(Math.max(0, at - 120), at + part.length + 80)
}

test('of an import, nothing leaves but ids and counts', async () => {
  const cloud = await startCloud()
  const app = await startCloudApp(cloud)
  const folder = join(await makeTempFolder('sources'), 'Die geheime Mappe')
  const picture = await hills(300, 200, 7).png().toBuffer()
  await put(folder, 'Frau Müller im Bade.png', picture)
  await put(folder, 'Testament/Haus am See.jpg', await hills(300, 200, 8).jpeg().toBuffer())
  await put(folder, 'Testament/noch einmal.png', picture)
  await put(folder, 'zerbrochen.png', picture.subarray(0, 300))
  await put(folder, 'Brief an Klara.txt', 'Liebe Klara')
  const { sync } = await ended(app, await beginImport(app, folder, true))
  expect(sync).toMatchObject({ imported: 2, duplicates: 1, failed: 1 })
  await app.stop()
  // What is searched has the import in it.
  expect(cloud.received.some(({ bytes }) => bytes.includes(`"syncId":${sync.id}`))).toBe(true)
  const names = ['Müller', 'Testament', 'Haus am See', 'noch einmal', 'zerbrochen', 'Klara']
  const places = [folder, app.libraryFolder, 'geheime Mappe', hostname(), cloud.signingKey]
  expectNothingOf(cloud, [...names, ...places, ...tracesOf(picture)])
})

test('of a folder of Google Drive, its id leaves, and the token sealed', async () => {
  const cloud = await startCloud()
  const google = await startGoogle()
  onTestFinished(google.stop)
  const app = await startCloudApp(cloud, google.config)
  const folderId = google.world.addFolder('Die geheime Mappe')
  const picture = await hills(300, 200, 9).png().toBuffer()
  google.world.addFile('Frau Müller im Bade.png', picture, folderId)
  const token = google.auth.issueAccessToken(anna)
  await app.serverParts.triggerDriveSync(1, folderId, token)
  await expect
    .poll(() => app.library.syncs.list(1)[0], { timeout: 20_000 })
    .toMatchObject({ state: 'completed', imported: 1 })
  await app.stop()
  expect(cloud.received.some(({ bytes }) => bytes.includes(folderId) && bytes.includes('sealed.'))).toBe(true)
  expectNothingOf(cloud, [token, anna.email, 'Müller', 'geheime Mappe', app.libraryFolder, ...tracesOf(picture)])
})

test('of an import that halts, nothing leaves of why', async () => {
  const cloud = await startCloud()
  const app = await startCloudApp(cloud)
  const sources = await makeTempFolder('sources')
  const folder = join(sources, 'Die geheime Mappe')
  for (let i = 0; i < 200; i++) await put(folder, `Akt ${i}.png`, await pictureBytes(i))
  const syncId = await beginImport(app, folder)
  await untilSync(app, syncId, ({ imported }) => imported > 0)
  await rename(folder, join(sources, 'anderswo'))
  await untilSync(app, syncId, ({ state }) => state === 'paused')
  await app.stop()
  expect(cloud.received.some(({ bytes }) => bytes.includes('StepFailed'))).toBe(true)
  expectNothingOf(cloud, ['geheime Mappe', 'Akt ', app.libraryFolder, process.cwd()])
})
