import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { makeTempFolder } from '../../support/temp-folder.ts'

const script = join(import.meta.dirname, '../../../scripts/join-packages.ts')

const sha512Of = (text: string) => createHash('sha512').update(text).digest('base64')
const versionsOf = (version: string, file: string, content = file) =>
  `version: ${version}\nfiles:\n  - url: ${file}\n    sha512: ${sha512Of(content)}\n    size: ${content.length}\n`

/** What computers have made, a folder each; a package's content is its name. */
async function joined(computers: Record<string, Record<string, string>>) {
  const folder = await makeTempFolder('packages')
  for (const [computer, files] of Object.entries(computers)) {
    await mkdir(join(folder, 'from', computer), { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'from', computer, name), text)
  }
  const to = join(folder, 'to')
  const run = promisify(execFile)(process.execPath, [script, join(folder, 'from'), to])
  const failure = await run.then(
    () => null,
    ({ stderr }) => stderr.trim(),
  )
  return { to, failure }
}

test('two computers made packages for macOS: each is found in the one list', async () => {
  const { to, failure } = await joined({
    'mac-arm64': { 'a-arm64.zip': 'a-arm64.zip', 'latest-mac.yml': versionsOf('1.2.3', 'a-arm64.zip') },
    'mac-x64': { 'a-x64.zip': 'a-x64.zip', 'latest-mac.yml': versionsOf('1.2.3', 'a-x64.zip') },
    'linux-x64': { 'a.AppImage': 'a.AppImage', 'latest-linux.yml': versionsOf('1.2.3', 'a.AppImage') },
  })
  expect(failure).toBeNull()
  expect((await readdir(to)).sort()).toEqual([
    'a-arm64.zip',
    'a-x64.zip',
    'a.AppImage',
    'latest-linux.yml',
    'latest-mac.yml',
  ])
  const { version, files } = parse(await readFile(join(to, 'latest-mac.yml'), 'utf8'))
  expect(version).toBe('1.2.3')
  expect(files.map(({ url, sha512 }: Record<string, string>) => [url, sha512])).toEqual([
    ['a-arm64.zip', sha512Of('a-arm64.zip')],
    ['a-x64.zip', sha512Of('a-x64.zip')],
  ])
})

test.for([
  [
    'a wrong checksum',
    { 'a.exe': 'other bytes', 'latest.yml': versionsOf('1.2.3', 'a.exe') },
    'another checksum for a.exe',
  ],
  ['a package that is not there', { 'latest.yml': versionsOf('1.2.3', 'a.exe') }, 'a.exe, which is not there'],
  ['no list at all', { 'a.exe': 'a.exe' }, 'no lists of versions'],
] as const)('%s is not published', async ([, files, why]) => {
  expect((await joined({ 'win-x64': files })).failure).toContain(why)
})

test('computers that made different versions do not make one release', async () => {
  const { failure } = await joined({
    'mac-arm64': { 'a-arm64.zip': 'a-arm64.zip', 'latest-mac.yml': versionsOf('1.2.3', 'a-arm64.zip') },
    'mac-x64': { 'a-x64.zip': 'a-x64.zip', 'latest-mac.yml': versionsOf('1.2.2', 'a-x64.zip') },
  })
  expect(failure).toMatch(/two versions, 1\.2\.[23] and 1\.2\.[23]/)
})

test('the same package made twice is not published', async () => {
  const files = { 'a.deb': 'a.deb' }
  expect((await joined({ one: files, two: files })).failure).toBe('a.deb was made twice.')
})
