import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.ts'
import { beginImport, ended, ledgerOf, makePictures, query, tilesOf, untilSync } from '../support/app.ts'
import { startCloud } from '../support/inngest-server/cloud.ts'
import { startCloudApp } from '../support/inngest-server/cloud-app.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const numbered = (count: number) =>
  makePictures(Object.fromEntries(Array.from({ length: count }, (_, i) => [`picture ${i}.png`, i + 1])))

test('an import goes on after Inngest was away in the midst of it: nothing is lost, and nothing there twice', async () => {
  const cloud = await startCloud()
  const app = await startCloudApp(cloud)
  const syncId = await beginImport(app, await numbered(60))
  await untilSync(app, syncId, ({ imported }) => imported >= 10)
  await cloud.leave()
  expect(app.library.syncs.get(syncId)).toMatchObject({ state: 'running' })
  await expect.poll(() => app.reported, { timeout: 20_000 }).toEqual([expect.stringContaining('cannot be reached')])
  const { pending } = app.library.syncs.get(syncId) ?? {}
  expect(pending).toBeGreaterThan(0)
  await cloud.comeBack()
  const { sync } = await ended(app, syncId)
  expect(sync).toMatchObject({ state: 'completed', found: 60, imported: 60, duplicates: 0, failed: 0, error: null })
  expect(ledgerOf(app, syncId).map(({ outcome }) => outcome)).toEqual(Array(60).fill('imported'))
  expect(await tilesOf(app)).toHaveLength(60)
  expect(query(app, 'SELECT COUNT(*) AS count FROM media')).toEqual([{ count: 60 }])
  expect(app.reported).toHaveLength(1)
})

test('what is asked for while Inngest is away is done when it is there', async () => {
  const cloud = await startCloud()
  await cloud.leave()
  const app = await startCloudApp(cloud)
  const early = await beginImport(app, await numbered(3))
  await expect.poll(() => app.reported, { timeout: 20_000 }).toHaveLength(1)
  const late = await beginImport(app, await makePictures({ 'another.png': 100 }))
  await cloud.comeBack()
  expect((await ended(app, early)).sync).toMatchObject({ state: 'completed', imported: 3 })
  expect((await ended(app, late)).sync).toMatchObject({ state: 'completed', imported: 1 })
})

// The thread of the connection is a file of its own in the build.
test('the built program imports by an Inngest elsewhere, and ends', async () => {
  await ensureBuilt()
  const cloud = await startCloud()
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const env = {
    ...process.env,
    INNGEST_BASE_URL: cloud.url,
    INNGEST_EVENT_KEY: cloud.eventKey,
    INNGEST_SIGNING_KEY: cloud.signingKey,
  }
  const cli = join(import.meta.dirname, '../../out/main/cli.js')
  const program = spawn(process.execPath, [cli, 'import', await numbered(5), '--library', libraryFolder], { env })
  let said = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', chunk => (said += chunk))
  const [code] = await once(program, 'close')
  expect(said).toContain('5 found: 5 imported')
  expect(code).toBe(0)
  expect(cloud.received.some(({ what }) => what === 'WORKER_REPLY')).toBe(true)
})
