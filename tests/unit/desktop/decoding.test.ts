import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodingBeside } from '../../../src/main/desktop/decoding.ts'
import { hills, makeFolder, openImaging, targetsIn } from '../../support/pictures.ts'
import { utilityProcess } from '../../support/utility-process.ts'

const child = new URL('../../../src/main/imaging/child.ts', import.meta.url).href
const unpackedEntry = 'app.asar.unpacked/out/main/imaging-child.js'

/** A folder as a package has it, with what decodes beside the archive. */
async function makeResources(): Promise<string> {
  const folder = await makeFolder()
  await mkdir(join(folder, 'app.asar.unpacked/out/main'), { recursive: true })
  await writeFile(join(folder, 'app.asar.unpacked/package.json'), '{ "type": "module" }')
  await writeFile(join(folder, unpackedEntry), `import ${JSON.stringify(child)}`)
  await symlink(process.execPath, join(folder, 'node'))
  return folder
}

const forks: { entry: string; execArgv: string[] | undefined }[] = []
const forkUtility: typeof utilityProcess.fork = (entry, args, options) => {
  forks.push({ entry, execArgv: options?.execArgv })
  return utilityProcess.fork(entry, args, options)
}

async function derive(platform: NodeJS.Platform, resourcesFolder: string) {
  const folder = await makeFolder()
  await writeFile(join(folder, 'original'), await hills(60, 40, 1).png().toBuffer())
  forks.length = 0
  const imaging = openImaging(decodingBeside({ platform, resourcesFolder, forkUtility }))
  return imaging.derive(join(folder, 'original'), targetsIn(folder)).catch((error: Error) => error)
}

test('on Linux the packaged Node decodes, by what lies beside the archive', async () => {
  expect(await derive('linux', await makeResources())).toMatchObject({ width: 60, height: 40 })
  expect(forks).toEqual([])
})

test.each(['darwin', 'win32'] as const)(
  'on %s a process of Electron decodes, without a Node of its own',
  async platform => {
    const resources = await makeResources()
    await rm(join(resources, 'node'))
    expect(await derive(platform, resources)).toMatchObject({ width: 60, height: 40 })
    expect(forks).toEqual([{ entry: join(resources, unpackedEntry), execArgv: [] }])
  },
)

test('a package whose Node or entry is missing says which, and blames no picture', async () => {
  const message = 'The process that decodes pictures does not start.'
  const resources = await makeResources()
  await rm(join(resources, 'app.asar.unpacked'), { recursive: true })
  for (const platform of ['linux', 'win32'] as const) {
    const error = await derive(platform, resources)
    expect(error, platform).toMatchObject({ name: 'Error', message })
    expect(String((error as Error).cause)).toMatch(/Cannot find module '.*app\.asar\.unpacked/)
  }
  await rm(join(resources, 'node'))
  const error = await derive('linux', resources)
  expect(error).toMatchObject({ name: 'Error', message })
  expect(String((error as Error).cause)).toMatch(/could not be started: spawn .*node ENOENT/)
})
