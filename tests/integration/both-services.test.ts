import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ask, faultsOf } from '../support/library-facts.ts'
import { faults, startOpenAiServer } from '../support/openai-server/index.ts'
import { discs } from '../support/pictures.ts'
import { putsOf, secret, startStore } from '../support/storage.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { until } from '../support/watched-rooms.ts'

const count = 200
const kills = 3
/** Debian's package openclipart-png. */
const clipArt = '/usr/share/openclipart/png'

/** Real pictures where they are installed, drawn ones elsewhere; no two of them alike. */
async function fillFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (!existsSync(clipArt)) {
    for (let i = 0; i < count; i++) await writeFile(join(folder, `${i}.png`), await discs(300, 200, i).png().toBuffer())
    return
  }
  const found = (await readdir(clipArt, { recursive: true })).filter(name => name.endsWith('.png')).sort()
  const step = Math.floor(found.length / count)
  for (let i = 0; i < count; i++) {
    const name = found[i * step] as string
    await copyFile(join(clipArt, name), join(folder, `${i} ${basename(name)}`))
  }
}

test(`${count} pictures are imported, kept in a store and described, and killed ${kills} times no picture is sent or paid twice`, async () => {
  const root = await makeTempFolder('both')
  const [libraryFolder, pictures] = [join(root, 'Library'), join(root, 'pictures')]
  await fillFolder(pictures)
  const store = await startStore({ latencyMs: 20 })
  const openAi = await startOpenAiServer({ latencyMs: 200, requestsPerMinute: 100_000, tokensPerMinute: 1_000_000_000 })
  onTestFinished(() => openAi.close())
  const given = {
    libraryFolder,
    pictures,
    storage: store.settings,
    analysis: { analyser: 'openai', model: 'gpt-5-mini', isAutomatic: true, dayCapUsd: 100 },
    openAiUrl: openAi.url,
  }

  function run(): ChildProcess {
    const environment = { ...process.env, STORAGE_SECRET_ACCESS_KEY: secret, OPENAI_API_KEY: openAi.key }
    const args = ['tests/support/both-services-child.ts', JSON.stringify(given)]
    const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'inherit', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }

  const sql = 'SELECT count(*) AS count FROM analyses WHERE model IS NOT NULL AND result IS NOT NULL'
  const described = () =>
    existsSync(join(libraryFolder, 'library.db')) ? (ask<{ count: number }>(libraryFolder, sql)[0]?.count ?? 0) : 0

  for (let kill = 1; kill <= kills; kill++) {
    const enough = Math.round((count * kill) / (kills + 2))
    const child = run()
    const hasGone = () => child.exitCode !== null
    await until(() => openAi.answers.count >= enough || hasGone())
    // From here on questions wait. What was answered is recorded before the kill: an answer that is lost on its way to the
    // database is paid again, and nobody can prevent that.
    openAi.failNext(faults.hang(), { times: Number.POSITIVE_INFINITY })
    const isRecorded = () => openAi.answering === 0 && described() === openAi.answers.count
    await until(() => isRecorded() || hasGone())
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
    openAi.failNoMore()
  }
  const [exitCode] = await once(run(), 'exit')
  expect(exitCode).toBe(0)

  const media = ask<{ sha256: string; key: string; url: string; analysis: string }>(
    libraryFolder,
    'SELECT sha256, spaces_key AS key, spaces_url AS url, ai_analysis AS analysis FROM media ORDER BY sha256',
  )
  expect(media.every(({ key, url }) => key && url.endsWith(key))).toBe(true)
  expect((await store.server.contents()).length).toBe(media.length)
  expect(described()).toBe(media.length)
  expect(openAi.answers.paidTwice()).toEqual([])
  expect(openAi.answers.count).toBe(media.length)
  // An upload that was cut off by a kill was never whole and is sent again; what the store has is not.
  expect(store.proxy.count('put')).toBeLessThanOrEqual(media.length + kills * 8)
  expect(putsOf(store.proxy).size).toBe(media.length)
  expect(faultsOf(libraryFolder)).toEqual([])
}, 300_000)
