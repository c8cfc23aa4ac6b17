import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../src/main/server/index.ts'
import { ended, startApp, untilSync } from '../support/app.ts'
import { startGoogle } from '../support/google.ts'
import { anna, ben } from '../support/google-auth-server.ts'
import { hills } from '../support/pictures.ts'

/** An app without an account, a folder of two pictures in Drive, and a token for it that somebody got elsewhere. */
async function unconnected() {
  const google = await startGoogle()
  onTestFinished(google.stop)
  const app = await startApp({ google: google.config })
  const folderId = google.world.addFolder('Studio')
  for (const seed of [1, 2]) {
    google.world.addFile(`${seed}.png`, await hills(60, 40, seed).png().toBuffer(), folderId)
  }
  const latest = () => app.library.syncs.list(1)[0]
  const done = async () => {
    await expect.poll(latest, { timeout: 20_000 }).toMatchObject({ state: 'completed' })
    return ended(app, latest()?.id ?? 0)
  }
  const accountsOf = async () => (await app.handlers['accounts.list']({})).accounts
  return { google, app, folderId, token: google.auth.issueAccessToken(anna), latest, done, accountsOf }
}

test('a request brings its own access, which serves it and nothing after it', async () => {
  const { google, app, folderId, token, done, accountsOf } = await unconnected()
  await app.serverParts.triggerDriveSync(1, folderId, token)
  expect((await done()).ledger).toEqual(['1.png: imported', '2.png: imported'])
  expect(google.auth.requests).toEqual([])

  const [account] = await accountsOf()
  expect(account).toMatchObject({ email: anna.email, name: anna.name, state: 'reconnect' })
  const accountId = account?.id ?? 0
  const refused = expect.objectContaining({ message: expect.stringContaining('Reconnect the account') })
  await expect(app.handlers['drive.browse']({ accountId, place: { kind: 'my-drive' } })).rejects.toEqual(refused)
  const importAgain = async () => app.handlers['drive.import']({ accountId, folderId })
  await expect.poll(() => importAgain().catch(cause => cause)).toEqual(refused)
})

test('the token is nowhere in the clear: not in the library, its jobs, its events, nor in what is said', async () => {
  const { app, folderId, token, done } = await unconnected()
  const said: unknown[] = []
  app.subscribe(event => said.push(event))
  await app.serverParts.triggerDriveSync(1, folderId, token)
  await done()
  await app.stop()
  const files = await readdir(app.libraryFolder, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(
    files.filter(file => file.isFile()).map(file => readFile(join(file.parentPath, file.name), 'latin1')),
  )
  // What is searched has the event in it.
  expect(texts.some(text => text.includes(folderId) && text.includes('sealed.'))).toBe(true)
  expect(texts.some(text => text.includes(token))).toBe(false)
  expect(JSON.stringify(said)).not.toContain(token)
})

test('work on the same folder goes by the account again once the request is answered', async () => {
  const { google, app, folderId, token, done } = await unconnected()
  await app.handlers['account.connect']({})
  const before = google.auth.requests.length
  await app.serverParts.triggerDriveSync(1, folderId, token)
  expect((await done()).sync.imported).toBe(2)
  google.auth.endGrant(anna)
  const { accounts } = await app.handlers['accounts.list']({})
  expect(accounts).toMatchObject([{ email: anna.email, state: 'connected' }])
  expect(google.auth.requests).toHaveLength(before)
  const again = app.handlers['drive.import']({ accountId: accounts[0]?.id ?? 0, folderId })
  await expect(again).rejects.toThrow('Google has ended the access')
})

test('a token that dies on the way leaves the work waiting, and whoever signs in with that address takes it on', async () => {
  const { google, app, folderId, token, latest, accountsOf } = await unconnected()
  google.drive.watch(({ kind }) => {
    if (kind === 'files.media' && google.drive.count('files.media') === 1) google.auth.endGrant(anna)
  })
  await app.serverParts.triggerDriveSync(1, folderId, token)
  await expect.poll(latest, { timeout: 20_000 }).toMatchObject({ state: 'paused' })
  const syncId = latest()?.id ?? 0
  const paused = await untilSync(app, syncId, sync => sync.state === 'paused')
  expect(paused.error).toContain('Reconnect the account; what waits for it goes on after that.')
  const [noted] = await accountsOf()
  expect(await app.handlers['account.connect']({})).toMatchObject({ id: noted?.id, state: 'connected' })
  expect((await ended(app, syncId)).sync).toMatchObject({ imported: 2, failed: 0 })
  expect(await accountsOf()).toHaveLength(1)
})

test('a keychain that does not answer at first is asked again', async () => {
  const google = await startGoogle()
  onTestFinished(google.stop)
  const { openSecrets = () => Promise.reject(new Error('There is none.')) } = google.config
  let times = 0
  const openLate = () => (++times === 1 ? Promise.reject(new Error('It is locked.')) : openSecrets())
  const app = await startApp({ google: { ...google.config, openSecrets: openLate } })
  const ask = async () => app.handlers['accounts.list']({})
  await expect(ask()).rejects.toThrow('It is locked.')
  expect(await ask()).toMatchObject({ accounts: [] })
})

test("another person's token is another account", async () => {
  const { google, app, folderId, done, accountsOf } = await unconnected()
  await app.handlers['account.connect']({})
  await app.serverParts.triggerDriveSync(1, folderId, google.auth.issueAccessToken(ben))
  await done()
  expect(await accountsOf()).toMatchObject([
    { email: anna.email, state: 'connected' },
    { email: ben.email, state: 'reconnect' },
  ])
})

test('nothing is begun for a user who does not exist, nor by a token that Google does not know', async () => {
  const { google, app, folderId, token, accountsOf, done } = await unconnected()
  await app.serverParts.triggerDriveSync(2, folderId, token)
  await app.serverParts.triggerDriveSync(1, folderId, 'ya29.unknown')
  await expect.poll(() => google.drive.count('about.get')).toBe(1)
  expect(await accountsOf()).toEqual([])
  await app.serverParts.triggerDriveSync(1, folderId, token)
  await done()
  expect(app.library.syncs.list(10)).toHaveLength(1)
})

test('over HTTP it is answered at once with the id of the event, and the status shows the sync', async () => {
  const { app, folderId, token, done, accountsOf } = await unconnected()
  const server = await startServer(app.serverParts, 0)
  onTestFinished(() => server.stop())
  const ask = (path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${app.serverParts.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  for (const bad of [
    null,
    {},
    { folderId: "x' or '1" },
    { folderId, userId: 'anna' },
    { folderId, accessToken: 'a\nb' },
  ]) {
    const answer = await ask('/api/drive/sync', bad)
    expect({ bad, status: answer.status }).toEqual({ bad, status: 400 })
    expect(await answer.json()).toMatchObject({ success: false, error: expect.any(String) })
  }
  const answer = await ask('/api/drive/sync', { userId: 1, folderId, accessToken: token })
  expect(answer.status).toBe(202)
  expect(await answer.json()).toMatchObject({ success: true, eventId: expect.stringMatching(/./) })
  const { sync } = await done()
  const status = await (await ask('/api/inngest/status')).text()
  const root = `${(await accountsOf())[0]?.id}/${folderId}`
  expect(JSON.parse(status)).toMatchObject({
    media: { stats: { completed: 2 } },
    recentSyncs: [{ id: sync.id, folderPath: root, state: 'completed', imported: 2, failed: 0 }],
  })
  expect(status).not.toContain(token)
})
