import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.ts'
import { makePictures } from '../support/app.ts'
import { standIn } from '../support/inngest-server/index.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

const cli = join(import.meta.dirname, '../../out/main/cli.js')

/** The built program in the terminal, with Inngest's server as its engine. */
async function importWith(
  environment: Record<string, string>,
  folder: string,
  libraryFolder: string,
  during = () => {},
) {
  const env = { ...process.env, STAND_IN_RETRIES_AT_ONCE: '1', BURG_INK_ENGINE: 'server', ...environment }
  const program = spawn(process.execPath, [cli, 'import', folder, '--library', libraryFolder], { env })
  let said = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', chunk => (said += chunk))
  during()
  const [code] = await once(program, 'close')
  return { code, said }
}

test('a folder is imported by Inngest’s server, which is killed meanwhile and forgets everything', async () => {
  await ensureBuilt()
  const folder = await makePictures(
    Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`picture ${i}.png`, i + 1])),
  )
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const note = join(libraryFolder, '.inngest/inngest-server.json')
  let killed = 0
  const killWhenUp = (): void => {
    const timer = setInterval(() => {
      try {
        killed = JSON.parse(readFileSync(note, 'utf8')).pid
        setTimeout(() => process.kill(killed, 'SIGKILL'), 2500)
        clearInterval(timer)
      } catch {
        // It is not there yet.
      }
    }, 50)
  }
  const { code, said } = await importWith({ INNGEST_CLI: standIn }, folder, libraryFolder, killWhenUp)
  expect(killed).toBeGreaterThan(0)
  expect(said).toMatch(/is started again.*60 found: 60 imported/s)
  expect(code).toBe(0)
})

test('without the program of Inngest it says what to do, and an engine that there is not is named', async () => {
  await ensureBuilt()
  const folder = await makePictures({ 'one.png': 1 })
  const libraryFolder = join(await makeTempFolder('library'), 'Library')
  const missing = await importWith({ PATH: '' }, folder, libraryFolder)
  expect(missing).toMatchObject({ code: 1, said: expect.stringMatching(/was not found.*INNGEST_CLI.*embedded engine/) })
  const unknown = await importWith({ BURG_INK_ENGINE: 'cloudy' }, folder, libraryFolder)
  expect(unknown).toMatchObject({ code: 1, said: expect.stringContaining('It can be embedded, server or cloud.') })
})
